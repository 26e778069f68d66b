"""What needs the host, and nothing else: answers to judge, disputed cells, venues whose marks wait. At most a page of each."""

from collections import Counter

from quizserver.battle.kinds import kind_of
from quizserver.battle.marking import answers_that_count
from quizserver.battle.questions import Question
from quizserver.battle.sheets import CellState, cell
from quizserver.battle.state import BattleState, Mark
from quizserver.battle.views.parts import plain
from quizserver.battle.views.patch import View

MOST_ROWS = 50


def attention_part(state: BattleState) -> View:
    """Every list with its true length, so that a cut list says so."""
    judging, disputes = to_judge(state), disputed_cells(state)
    waiting = sorted(state.waiting)
    return {
        "judge": {"count": len(judging), "rows": judging[:MOST_ROWS]},
        "disputes": {"count": len(disputes), "rows": disputes[:MOST_ROWS]},
        "waiting": [{"venue": venue, "scope": scope} for venue, scope in waiting[:MOST_ROWS]],
    }


def to_judge(state: BattleState) -> list[View]:
    """What was said to the round's sealed questions and is neither right nor ruled upon, most frequent first; then what is."""
    rows: list[View] = []
    playing = state.current_round
    for question in playing.questions if playing else ():
        rows.extend(_said_of(state, question))
    return rows


def _said_of(state: BattleState, asked: Question) -> list[View]:
    kind, rulings, marks = kind_of(asked), state.rulings.get(asked.id, {}), state.marks.get(asked.id, {})
    counts: Counter[str] = Counter()
    said_as: dict[str, object] = {}
    for team, row in answers_that_count(state, asked.id).items():
        said = kind.said(asked, row.value)
        if said in rulings or (kind.is_judged and marks[team].mark is Mark.WRONG):
            counts[said] += 1
            said_as.setdefault(said, row.value)
    return [
        {"question": asked.id, "said": said, "value": plain(said_as[said]), "count": count}
        | ({"accepted": rulings[said]} if said in rulings else {})
        for said, count in sorted(counts.items(), key=lambda pair: (pair[0] in rulings, -pair[1], pair[0]))
    ]


def disputed_cells(state: BattleState) -> list[View]:
    """Cells in dispute with what each person wrote, in a stable order."""
    found = ((key, cell(known)) for key, known in state.cells.items())
    return [
        {
            "team": team,
            "name": state.teams[team].name.text,
            "round": playing,
            "question": question,
            "present": [{"name": op.name, "who": op.who, "value": op.value} for op in each.present],
        }
        for (team, playing, question), each in sorted(found, key=lambda pair: pair[0])
        if each.state is CellState.DISPUTED
    ]

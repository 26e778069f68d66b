"""What needs the host, and nothing else: answers to judge, disputed cells, venues and late sheets whose marks wait, names to
approve, what a restored ledger may have lost. At most a page of each."""

from collections import Counter
from collections.abc import Sequence

from quizserver.battle.ids import QuestionId
from quizserver.battle.kinds import kind_of
from quizserver.battle.marking import answered_parts, sheet_is_in, values_of
from quizserver.battle.remembering import Parts, remembered
from quizserver.battle.settings import Source
from quizserver.battle.sheets import CellState
from quizserver.battle.state import BattleState, Mark
from quizserver.battle.typed import cell_of
from quizserver.battle.views.cells import signed_part
from quizserver.battle.views.late import late_part
from quizserver.battle.views.parts import plain
from quizserver.battle.views.patch import View

MOST_ROWS = 50
MOST_NAMES = 12
SINCE = "since_ms"


def attention_part(state: BattleState) -> View:
    """Every list with its true length, so that a cut list says so."""
    judging, disputes = to_judge(state), disputed_cells(state)
    waiting = sorted(state.waiting)
    ruled = sum(1 for row in judging if "accepted" in row)
    part: View = {
        "judge": {"count": len(judging) - ruled, "ruled": ruled, "rows": judging[:MOST_ROWS]},
        "disputes": {"count": len(disputes), "rows": disputes[:MOST_ROWS]},
        "waiting": [{"venue": venue, "scope": scope} for venue, scope in waiting[:MOST_ROWS]],
        "sheets": missing_sheets(state)[:MOST_ROWS],
        "late": late_part(state, MOST_ROWS),
    }
    if state.settings.approval:
        part["names"] = names_to_approve(state)
    return {**part, "restored": restoration(state)} if state.restored else part


def names_to_approve(state: BattleState) -> View:
    """Names that nobody but the host sees yet, oldest first: as many as one look takes in."""
    waiting = [team for team in state.teams.values() if team.awaits_approval]
    return {"count": len(waiting), "rows": [{"team": team.id, "name": team.name.text} for team in waiting[:MOST_NAMES]]}


def restoration(state: BattleState) -> View:
    """Since when something may be missing, and the questions that were open then, as far as their answers came back. Once no more
    can come, also who has no answer there: perhaps it was lost, perhaps there never was one, and the host can ask."""
    boxes = [(*key.rsplit(".", 1), answers) for key, answers in state.restored.items() if key != SINCE]
    return {
        "since": int(state.restored.get(SINCE, 0)),
        "open": [
            {"question": asked.id, "number": playing.questions.index(asked) + 1, "answers": int(answers)}
            | _without_answer(state, asked.id, int(opening))
            for playing, asked in state.plan.questions
            for question, opening, answers in boxes
            if question == asked.id
        ],
    }


def _without_answer(state: BattleState, question: QuestionId, opening: int) -> View:
    """The online teams that have no answer in a sealed box."""
    box = state.boxes.get((question, opening))
    if box is None or not box.sealed:
        return {}
    at = state.plan.positions[question]
    missing = [team for team in state.teams.values() if team.source(at) is Source.ONLINE and team.id not in box.answers]
    return {"missing": {"count": len(missing), "rows": [{"team": each.id, "name": each.name.text} for each in missing[:MOST_ROWS]]}}


def missing_sheets(state: BattleState) -> Sequence[View]:
    """Sheets of collected rounds that are not in yet, or not whole: by round and venue, oldest round first."""
    return _missing_sheets(state)


def _parts_of_sheets(state: BattleState) -> Parts:
    counted = (state.collected, state.waiting, state.accepted, state.collection_ended)
    return state.teams, state.venues, state.cells, state.kept_out, state.voided, *counted


@remembered(_parts_of_sheets)
def _missing_sheets(state: BattleState) -> Sequence[View]:
    rows: list[View] = []
    for number, playing in enumerate(state.pack.rounds, 1):
        if state.scope(playing, playing.questions[-1].id) not in state.collection_ended:
            continue
        positions = [state.plan.positions[question.id] for question in playing.questions]
        missing = Counter(team.venue for team in state.paper_teams(*positions) if not sheet_is_in(state, team.id, playing))
        rows.extend(
            {"round": playing.id, "number": number, "venue": venue, "count": missing[venue]}
            for venue in state.venues
            if missing[venue]
        )
    return rows


def to_judge(state: BattleState) -> list[View]:
    """What was said to the round's sealed questions and is neither right nor ruled upon, most frequent first; then what was typed
    from paper of another round, which comes whenever it comes; then what is ruled upon. `paper`: how many wrote it there."""
    rows: list[View] = []
    for playing in sorted(state.pack.rounds, key=lambda playing: playing is not state.current_round):
        is_here = playing is state.current_round
        asked = (each.id for each in playing.questions if is_here or kind_of(each).takes_text)
        rows.extend(row for question in asked for row in _said_of(state, question) if is_here or "paper" in row)
    return sorted(rows, key=lambda row: "accepted" in row)


@remembered(lambda state, question: (*answered_parts(state, question), state.rulings.get(question), state.ticked.get(question)))
def _said_of(state: BattleState, question: QuestionId) -> Sequence[View]:
    _, asked = state.plan.questions[state.plan.positions[question]]
    kind, rulings, marks = kind_of(asked), state.rulings.get(asked.id, {}), state.marks.get(asked.id, {})
    counts: Counter[str] = Counter()
    paper: Counter[str] = Counter()
    said_as: dict[str, object] = {}
    for team, value in values_of(state, asked.id).items() if marks else ():
        said = kind.said(asked, value)
        if said in rulings or (kind.is_judged and marks[team].mark is Mark.WRONG):
            counts[said] += 1
            paper[said] += state.teams[team].source(state.plan.positions[question]) is Source.PAPER
            said_as.setdefault(said, value)
    ticked, accept = state.ticked.get(asked.id, ()), plain(kind.solution_view(asked, state.solution(asked.id)).get("accept"))
    return [
        {"question": asked.id, "said": said, "value": plain(said_as[said]), "count": count, "ticked": said in ticked}
        | ({"paper": paper[said]} if paper[said] else {})
        | ({"accept": accept} if accept else {})
        | ({"accepted": rulings[said]} if said in rulings else {})
        for said, count in sorted(counts.items(), key=lambda pair: (pair[0] in rulings, -pair[1], pair[0]))
    ]


def disputed_cells(state: BattleState) -> list[View]:
    """Cells in dispute with what each person wrote, in a stable order."""
    found = ((key, cell_of(state, key, state.counting(key))) for key in state.cells)
    return [
        {
            "team": team,
            "name": state.teams[team].name.text,
            "round": playing,
            "question": question,
            "venue": each.present[0].venue,
            "present": [signed_part(state, operation) for operation in each.present],
        }
        for (team, playing, question), each in sorted(found, key=lambda pair: pair[0])
        if each.state is CellState.DISPUTED
    ]

"""A team's own document: its answers where boxes are open, its marks and its place where solutions are revealed."""

from hashlib import blake2b

from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.standings import shown_standing
from quizserver.battle.state import BattleState, Place
from quizserver.battle.views import mine_view
from quizserver.battle.views.parts import plain
from quizserver.battle.views.patch import View
from quizserver.battle.views.team import visible_questions
from quizserver.services.open_answers import OpenAnswers
from quizserver.wire.codec import Encoding, encoded


class Places:
    """Every team's row of the latest standing that everybody may see, worked out once for all devices."""

    def __init__(self) -> None:
        self._state: BattleState | None = None
        self._table: tuple[Place, ...] = ()
        self._rows: dict[TeamId, tuple[Place, int | None]] = {}

    def row(self, state: BattleState, team: TeamId) -> tuple[Place | None, int | None]:
        """A team's shown place and its gap in hundredths to the next better one."""
        if state is not self._state:
            table = shown_standing(state)
            if table is not self._table:
                self._table, self._rows = table, _with_gaps(table)
            self._state = state
        return self._rows.get(team, (None, None))


def _with_gaps(table: tuple[Place, ...]) -> dict[TeamId, tuple[Place, int | None]]:
    rows: dict[TeamId, tuple[Place, int | None]] = {}
    better: Place | None = None
    last: Place | None = None
    for row in table:
        if last is not None and row.place != last.place:
            better = last
        rows[row.team] = (row, None if better is None else better.points - row.points)
        last = row
    return rows


def own_document(state: BattleState, team: TeamId, answers: OpenAnswers, places: Places) -> View:
    """`mine` of this team, whole. Costs a standing the first time after a change, and only once something is revealed."""
    place, gap = places.row(state, team) if state.revealed else (None, None)
    return mine_view(state, team, own_answers(state, team, answers), place, gap)


def own_answers(state: BattleState, team: TeamId, answers: OpenAnswers) -> dict[QuestionId, View]:
    """What the team has said to the visible questions that are not revealed, in their present openings."""
    asked = {each.id: state.openings[each.id] for each in visible_questions(state) if _is_asked(state, each.id)}
    unsealed, said = answers.of_team(team, asked), dict[QuestionId, View]()
    for question, opening in asked.items():
        answer = state.boxes[question, opening].answers.get(team) or unsealed.get(question)
        if answer is not None:
            said[question] = {"value": plain(answer.value), "revision": answer.revision, "opening": opening}
    return said


def _is_asked(state: BattleState, question: QuestionId) -> bool:
    return question in state.openings and question not in state.revealed


def revision_of(document: View) -> str:
    """Names a document by its content, which is made in one order: equal in every process, and after every restart."""
    return blake2b(encoded(Encoding.MSGPACK, document), digest_size=6).hexdigest()

"""A round of a team as one sign a question, in the order of the round: the field's exchange format.

`1` right, `½` half, `0` wrong, `-` nothing written (others write 0 for it), `?` disputed or before the judge, `X` taken out for
everybody, `.` not known, or not revealed.
"""

from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.marking import paper_cell
from quizserver.battle.questions import Round
from quizserver.battle.settings import Source
from quizserver.battle.sheets import CellState
from quizserver.battle.state import BattleState, Mark

RIGHT, HALF, WRONG, BLANK, ASK, REMOVED, UNKNOWN = "1½0-?X."
_SIGNS = {Mark.RIGHT: RIGHT, Mark.HALF: HALF, Mark.WRONG: WRONG, Mark.PENDING: ASK, Mark.REMOVED: REMOVED}


def mask(state: BattleState, team: TeamId, playing: Round) -> str:
    """One sign a question of what is revealed."""
    return "".join(sign(state, team, question.id) for question in playing.questions)


def sign(state: BattleState, team: TeamId, question: QuestionId) -> str:
    """What everybody may know of a team's question."""
    if question in state.voided:
        return REMOVED
    if question not in state.revealed:
        return UNKNOWN
    on_paper = state.teams[team].source(state.plan.positions[question]) is Source.PAPER
    if on_paper and paper_cell(state, team, question).state is CellState.EMPTY:
        return UNKNOWN
    marked = state.marks[question].get(team)
    return BLANK if marked is None else _SIGNS[marked.mark]

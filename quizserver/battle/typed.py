"""What a team wrote on paper, typed at a desk instead of being judged there: `=Tu-104`. It is marked as an online answer is.

To type it needs no solution, and what is entered tells nothing of one: whether it is right is said where the venue has collected.
"""

from functools import partial

from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.kinds import kind_of
from quizserver.battle.kinds.kind import TYPED
from quizserver.battle.questions import Question
from quizserver.battle.sheets import Cell, CellKey, Known, cell
from quizserver.battle.state import BattleState


def text_of(value: str) -> str | None:
    """What the team wrote, None for any other value of a mark."""
    return value.removeprefix(TYPED) if value.startswith(TYPED) else None


def said_in(state: BattleState, question: QuestionId, value: str) -> str:
    """What a mark says: of two spellings that are marked as one answer, the same."""
    text = text_of(value)
    if text is None:
        return value
    _, asked = state.plan.questions[state.plan.positions[question]]
    return TYPED + kind_of(asked).said(asked, text)


def cell_of(state: BattleState, key: CellKey, known: Known) -> Cell:
    """What these operations of a cell say."""
    return cell(known, partial(said_in, state, key[2]))


def is_right(state: BattleState, asked: Question, text: str) -> bool | None:
    """By the solution, and over it the judge's ruling; None where it waits for one."""
    kind = kind_of(asked)
    ruling = state.rulings.get(asked.id, {}).get(kind.said(asked, text))
    if ruling is not None:
        return ruling
    if kind.right(asked, state.solution(asked.id), {TeamId("any"): kind.read(asked, text)}):
        return True
    return None if kind.is_judged else False

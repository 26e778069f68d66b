"""What the marks of a line make, beside the total that stands behind them: a slip of the pen shows where both are there."""

from collections.abc import Mapping
from fractions import Fraction

from quizserver.battle.ids import QuestionId
from quizserver.battle.kinds.kind import MARK_BLANK, MARK_HALF, MARK_RIGHT, MARK_WRONG
from quizserver.battle.kinds.number import canonical
from quizserver.battle.marking import half_of
from quizserver.battle.questions import POINT, Question, Round
from quizserver.marks_in.failed import Failed


def check_total(playing: Round, marks: Mapping[QuestionId, str], total: str) -> None:
    """Raises Failed where the two differ."""
    made = sum_of(playing, marks)
    if made is not None and made != Fraction(total) * POINT:
        raise Failed("line_total_differs", f"{total} ≠ {canonical(f'{made / POINT:.2f}')}")


def sum_of(playing: Round, marks: Mapping[QuestionId, str]) -> int | None:
    """In hundredths; None unless all are there and each says right, half, wrong or nothing."""
    worth = [_worth(question, marks.get(question.id, "")) for question in playing.questions]
    return None if None in worth else sum(each for each in worth if each)


def _worth(question: Question, mark: str) -> int | None:
    worth = {MARK_RIGHT: question.points, MARK_HALF: half_of(question), MARK_WRONG: -question.penalty, MARK_BLANK: 0}
    return worth.get(mark)

"""The steps from a round's beginning to its boxes' seals."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command, Press
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import QuestionId


class StartRound(Press):
    """Begins the next round."""


class ShowQuestion(Press):
    """Shows the next question; unless the host opens by hand, answers open by themselves after the reading time."""


class OpenAnswers(Press):
    """Opens the shown question for answers now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAnswers(Press):
    """Closes now. `greatest_stamp_ms`: the greatest stamp accepted so far, since what was acknowledged stays."""

    greatest_stamp_ms: int = 0


class CallLast(Press):
    """Starts the one clock that all questions of a round share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeUp(Command):
    """The clock ran out. `clock`: which clock, so that a timer set for another one changes nothing."""

    clock: int
    greatest_stamp_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealBox(Command):
    """The box is final: all its answers, superseded ones included, in canonical order (stamp, id), and their digest."""

    question: QuestionId
    opening: int
    rows: tuple[AnswerRow, ...]


class GoBack(Press):
    """Shows what was shown before. It never changes what counts."""


class Reopen(Press):
    """Opens a closed, unrevealed question (or round) once more, as a new opening."""

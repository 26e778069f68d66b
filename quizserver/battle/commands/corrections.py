"""Marks from sheets, rulings, and everything a host mends afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import QuestionId, TeamId, VenueId
from quizserver.battle.sheets import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterMarks(Command):
    """What a desk entered. Known operations change nothing, so a desk may send all it has, twice, in any order."""

    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptMarks(Command):
    """The host lets the marks of a venue count that had not confirmed before the reveal."""

    venue: VenueId
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidQuestion(Command):
    """Takes a question out for everybody (or puts it back)."""

    question: QuestionId
    voided: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswer(Command):
    """Accepts or rejects what was said, for all who said it; None takes the ruling back."""

    question: QuestionId
    said: str
    accepted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TickAnswer(Command):
    """The host's tick under a wrong text: screens may show it."""

    question: QuestionId
    said: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmitMissed(Command):
    """Lets an answer count that was in time and arrived after the seal."""

    question: QuestionId
    opening: int
    row: AnswerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustPoints(Command):
    """Bonus or penalty in hundredths, not zero, always with a reason."""

    team: TeamId
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRestored(Command):
    """The ledger came back from the archive up to version `upto`; what was lost after it is listed."""

    epoch: int
    upto: int
    lost: Mapping[str, str]

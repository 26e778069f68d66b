"""Marks came from sheets, answers were ruled upon, something was mended afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizserver.battle.events.event import AnswerRow, Event
from quizserver.battle.ids import QuestionId, TeamId, VenueId
from quizserver.battle.sheets import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksEntered(Event):
    """`late`: the names of those that came after their gate. They count once the host has let them in."""

    operations: tuple[Operation, ...]
    late: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksAccepted(Event):
    venue: VenueId
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionVoided(Event):
    question: QuestionId
    voided: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRuled(Event):
    question: QuestionId
    said: str
    accepted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTicked(Event):
    """Screens may show this wrong text (or may no longer)."""

    question: QuestionId
    said: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedAdmitted(Event):
    question: QuestionId
    opening: int
    row: AnswerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsAdjusted(Event):
    team: TeamId
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored(Event):
    """`lost`: `since_ms`, after which whatever was acknowledged may be missing, and by "<question>.<opening>" of each box that was
    open then how many answers were put back into it."""

    epoch: int
    upto: int
    lost: Mapping[str, str]

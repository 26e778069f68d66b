"""What happened from a round's beginning to its boxes' seals."""

from dataclasses import dataclass

from quizserver.battle.events.event import AnswerRow, Event
from quizserver.battle.ids import QuestionId, RoundId
from quizserver.battle.questions import Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundStarted(Event):
    round: RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown(Event):
    """`again`: it was shown before and its answers are not touched. `shows_at_ms`: when phones and screens show it, so that all do
    at one moment; 0: as soon as they have it."""

    question: QuestionId
    again: bool = False
    shows_at_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersOpened(Event):
    """Answers stamped from opens_at_ms on count. cut_off_ms is None while only the round's end closes them."""

    question: QuestionId
    opening: int
    opens_at_ms: int
    deadline_ms: int
    cut_off_ms: int | None
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCallStarted(Event):
    round: RoundId
    deadline_ms: int
    cut_off_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCallWithdrawn(Event):
    round: RoundId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionClosed(Event):
    """`early`: before the shown deadline, so that devices must be told."""

    question: QuestionId
    opening: int
    cut_off_ms: int
    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundClosed(Event):
    """All boxes of the round share this cut-off."""

    round: RoundId
    cut_off_ms: int
    early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersRecorded(Event):
    """A part of a box, at most 500 rows, superseded revisions included, in canonical order (stamp, id)."""

    question: QuestionId
    opening: int
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSealed(Event):
    """`digest`: sha256 over all rows in canonical order (answers.digest_of_rows)."""

    question: QuestionId
    opening: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WentBack(Event):
    """The stage shows an earlier phase; `phase` is one of phases.Phase. What counts is untouched."""

    phase: str
    round: int
    question: int | None

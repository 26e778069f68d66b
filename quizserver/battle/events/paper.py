"""Who plays on paper from now on, and whose the sheets with a spare number are."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event
from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.settings import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChanged(Event):
    team: TeamId
    round: RoundId
    question: QuestionId
    source: Source
    only_this_round: bool
    reason: str
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SparesReserved(Event):
    """The next `count` numbers of sheets are spares of this venue."""

    venue: VenueId
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareAssigned(Event):
    """The sheets of this number are this team's, beside those it had."""

    team: TeamId
    spare: int

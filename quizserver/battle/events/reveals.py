"""What was collected and revealed, and the ends of round and battle."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event
from quizserver.battle.ids import QuestionId, RoundId, VenueId


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueCollected(Event):
    """`late`: after the reveal; this venue's marks then wait for the host."""

    venue: VenueId
    scope: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionEnded(Event):
    """Everything is collected, or the host went on over these venues."""

    scope: str
    over: tuple[VenueId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionRevealed(Event):
    question: QuestionId
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEnded(Event):
    """`standing`: sha256 of the standing at this moment (standings.digest), so that a verifier can hold it against its own."""

    round: RoundId
    standing: str
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PodiumShown(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class BattleFinished(Event):
    standing: str

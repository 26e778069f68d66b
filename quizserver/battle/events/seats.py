"""A team's devices and their tokens."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event
from quizserver.battle.ids import SeatId, TeamId


@dataclass(frozen=True, slots=True)
class Seat:
    """One device of a team, known by the hash of its token."""

    team: TeamId
    seat: SeatId
    token_hash: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A new token for the seat of the one `before` it; both are hashes."""

    before: str
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsTaken(Event):
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensOffered(Event):
    """Both tokens of each offer open the seat, until the new one is first used."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensUsed(Event):
    """These were offered and have come back: the tokens before them open nothing any more."""

    token_hashes: tuple[str, ...]

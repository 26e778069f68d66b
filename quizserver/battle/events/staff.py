"""The keys of desks and screens."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event
from quizserver.battle.ids import VenueId


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAdmitted(Event):
    role: str
    token_hash: str
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRevoked(Event):
    token_hash: str

"""Where people play together."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event
from quizserver.battle.ids import VenueId


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueAdded(Event):
    venue: VenueId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueRenamed(Event):
    venue: VenueId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueDescribed(Event):
    """`starts` "HH:MM" by the venue's own clocks, `zone_min` minutes east of UTC."""

    venue: VenueId
    city: str
    starts: str
    zone_min: int

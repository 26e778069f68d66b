"""Where people play together."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.ids import VenueId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddVenue(Command):
    venue: VenueId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameVenue(Command):
    venue: VenueId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeVenue(Command):
    """Its city, and when it begins by its own clocks: `starts` "HH:MM", "" with everybody; `zone_min`: its minutes east of UTC."""

    venue: VenueId
    city: str = ""
    starts: str = ""
    zone_min: int = 0

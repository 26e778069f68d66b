"""Who sat down at a venue's desk."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event, Name
from quizserver.battle.ids import ScorekeeperId, VenueId


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorekeeperNamed(Event):
    """Somebody sat down at a venue's desk. `person`: the first scorekeeper of this name there, itself if it is new: what both enter
    is entered by one person. It stands here, for names may be forgotten, and the marks must still say the same."""

    scorekeeper: ScorekeeperId
    venue: VenueId
    name: Name
    person: ScorekeeperId

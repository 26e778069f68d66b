"""Who sits at a venue's desk."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.events import Name
from quizserver.battle.ids import ScorekeeperId, VenueId


@dataclass(frozen=True, slots=True, kw_only=True)
class NameScorekeeper(Command):
    """Somebody sits down at a desk of this venue. A scorekeeper that is known keeps the name it gave first."""

    scorekeeper: ScorekeeperId
    venue: VenueId
    name: Name

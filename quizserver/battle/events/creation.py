"""How a battle began."""

from dataclasses import dataclass

from quizserver.battle.events.event import Event
from quizserver.battle.ids import BattleId, VenueId
from quizserver.battle.questions import Pack
from quizserver.battle.settings import BattleSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class BattleCreated(Event):
    battle: BattleId
    pin: str
    pack: Pack
    settings: BattleSettings
    venue: VenueId
    venue_name: str

"""How a battle begins."""

from dataclasses import dataclass

from quizserver.battle.commands.command import Command
from quizserver.battle.ids import BattleId, VenueId
from quizserver.battle.questions import Pack
from quizserver.battle.settings import BattleSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateBattle(Command):
    battle: BattleId
    pin: str
    pack: Pack
    settings: BattleSettings
    venue: VenueId
    venue_name: str

"""How a battle begins."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome
from quizserver.battle.refusals import not_now, wrong
from quizserver.battle.state import BattleState


def create(state: BattleState | None, command: ask.Command) -> Outcome:
    """The first entry of a ledger. Creating the same battle again is no news; anything else needs a battle."""
    if not isinstance(command, ask.CreateBattle):
        return wrong("no_battle")
    if state is not None:
        return () if state.battle == command.battle else not_now("battle_exists")
    if not command.pack.rounds or any(not playing.questions for playing in command.pack.rounds):
        return wrong("pack_is_empty")
    return (
        did.BattleCreated(
            by=command.by,
            battle=command.battle,
            pin=command.pin,
            pack=command.pack,
            settings=command.settings,
            venue=command.venue,
            venue_name=command.venue_name,
        ),
    )

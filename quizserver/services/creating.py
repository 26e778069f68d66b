"""Making a battle: its id, its PIN, its first entry."""

import secrets
from dataclasses import dataclass

from quizserver.battle.commands import CreateBattle
from quizserver.battle.ids import BattleId, VenueId
from quizserver.battle.questions import Pack
from quizserver.battle.refusals import Fault, Refused
from quizserver.battle.settings import BattleSettings
from quizserver.services.battles import LiveBattle
from quizserver.services.clock import BattleClock
from quizserver.services.ports import Ledger
from quizserver.services.seating import new_id

PIN_DIGITS = 6
TRIES = 50
FIRST_VENUE = {"ru": "Зал", "en": "Hall"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a host chose for a new battle."""

    pack: Pack
    settings: BattleSettings
    venue_name: str = ""


async def create(wish: Wish, ledger: Ledger, clock: BattleClock, by: str = "") -> LiveBattle | Refused:
    """A new battle in its lobby with one venue, under a PIN no other battle has. Raises StoreGone."""
    battle = BattleId(new_id())
    for _ in range(TRIES):
        pin = "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
        if await ledger.register(battle, pin):
            return await _begun(battle, pin, wish, LiveBattle(battle, ledger, clock), by)
    return Refused("no_free_pin", Fault.SERVER, temporary=True)


async def _begun(battle: BattleId, pin: str, wish: Wish, live: LiveBattle, by: str) -> LiveBattle | Refused:
    venue_name = wish.venue_name or FIRST_VENUE.get(wish.settings.language, FIRST_VENUE["en"])
    done = await live.ask(
        CreateBattle(
            by=by, battle=battle, pin=pin, pack=wish.pack, settings=wish.settings, venue=VenueId(new_id()), venue_name=venue_name
        )
    )
    return done if isinstance(done, Refused) else live

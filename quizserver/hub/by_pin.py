"""Whoever knows a battle's PIN, and how often somebody may be wrong about one: on the socket and before there is any."""

from typing import Any

from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.state import BattleState
from quizserver.battle.views.parts import battle_part
from quizserver.hub.house import House
from quizserver.services.battles import LiveBattle

TOO_FAST = Refused("too_fast", temporary=True)
UNKNOWN_PIN = wrong("unknown_pin")


def battle_by_pin(house: House, pin: str, address: str) -> LiveBattle | Refused:
    """A finished battle is as unknown as one that never was, which counts against this address."""
    if not house.doors.may_try(address):
        return TOO_FAST
    live = house.running.by_pin(pin)
    if live is None or live.known.phase is Phase.FINISHED:
        house.doors.was_wrong(address)
        return UNKNOWN_PIN
    return live


def on_the_door(state: BattleState) -> dict[str, Any]:
    """What its PIN tells of a battle."""
    battle = battle_part(state)
    return {key: battle[key] for key in ("pin", "title", "languages", "language", "theme")}

"""Who asks over HTTP with a key of staff: the same keys, and the same patience with unknown ones, as on the socket."""

from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.hub.by_pin import TOO_FAST
from quizserver.hub.connection import Identity
from quizserver.hub.house import House
from quizserver.hub.pressing import NO_BATTLE
from quizserver.hub.replies import UNAVAILABLE
from quizserver.services.ports import BrokenChain, StoreGone
from quizserver.services.seating import token_hash
from quizserver.wire.allowed import Role

STAFF = frozenset({Role.HOST, Role.DESK})
UNKNOWN = wrong("unknown_token")
NOT_ALLOWED = wrong("not_allowed")


async def staff_by(house: House, token: str, battle: str, address: str) -> Identity | Refused:
    """A host in this battle, or a desk of it. Refused as `unknown_token` (which counts against this address),
    `not_allowed` for a team's or a screen's, `no_battle`, `too_fast`, `store_gone`."""
    if not house.doors.may_show_a_token(address):
        return TOO_FAST
    try:
        identity = await _known(house, token, battle)
    except (StoreGone, BrokenChain):
        return UNAVAILABLE
    if identity is None:
        house.doors.was_unknown(address)
        return UNKNOWN
    if identity.role not in STAFF:
        return NOT_ALLOWED
    if identity.live is None or identity.live.id != battle:
        return NO_BATTLE
    return identity if identity.live.state else not_now("store_gone")


async def _known(house: House, token: str, battle: str) -> Identity | None:
    """Another process may know it, or its battle, since a moment ago."""
    if not (house.is_host(token) or await house.backstage.signed_in([token_hash(token)])):
        if found := house.record_of(token):
            return found
        await house.running.catch_up()
        return house.record_of(token)
    if house.battle(battle) is None:
        await house.running.catch_up()
    return Identity(Role.HOST, house.battle(battle))

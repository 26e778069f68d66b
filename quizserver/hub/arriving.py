"""From a socket to somebody: hello, looking for a battle, joining it, and what a newcomer is told."""

from collections.abc import Callable
from dataclasses import replace

from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.views.parts import battle_part
from quizserver.hub.by_pin import TOO_FAST, battle_by_pin, on_the_door
from quizserver.hub.connection import GUEST, Connection, Identity
from quizserver.hub.credits import Credits
from quizserver.hub.doors import crowded
from quizserver.hub.house import House
from quizserver.hub.missed import tell_all_missed
from quizserver.hub.replies import refuse
from quizserver.hub.round_trips import RoundTrips
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import BrokenChain, StoreGone
from quizserver.services.seating import Seated, token_hash
from quizserver.wire import closing
from quizserver.wire.allowed import Role
from quizserver.wire.from_client import Hello, Join, Look, Resume, SignIn
from quizserver.wire.to_client import Joined, Lobby, Pairing, Welcome

NO_ROOM = frozenset({"lobby_locked", "too_many_waiting", "battle_is_full", "too_many_devices"})
"""What is no mistake of whoever wants to join."""


def hello(house: House, who: Connection, said: Hello, stamp_ms: int) -> None:
    """Who is it? The answer is at hand, or the store is asked once more before a token is called unknown."""
    if house.running.hearing.is_cut_off and not _is_known(house, said.token):
        house.send_on(who)
    elif said.token is None:
        _greet_guest(house, who, said.pair)
    elif house.is_host(said.token) and (said.battle is None or house.battle(said.battle)):
        greet_host(house, who, said, lambda: house.start(_sign_in(house, who, said.browser), who, said))
    elif identity := house.record_of(said.token):
        _return(house, who, identity, said)
    else:
        who.busy = True
        house.start(_look_again(house, who, said), who, said)


def look(house: House, who: Connection, said: Look, stamp_ms: int) -> None:
    """Is there a battle?"""
    live = battle_by_pin(house, said.pin, who.address)
    if isinstance(live, Refused):
        refuse(who, said, live)
    else:
        who.say(Lobby(**on_the_door(live.known), locked=live.known.lobby_locked))


def join(house: House, who: Connection, said: Join, stamp_ms: int) -> None:
    """A seat in a new team, or in the team whose code this is."""
    live = battle_by_pin(house, said.pin, who.address)
    if isinstance(live, Refused):
        refuse(who, said, live)
        return
    if not house.doors.may_join(who.address) or not (said.code or house.doors.has_room(live.id, who.address)):
        house.came.refused(live.id)
        refuse(who, said, TOO_FAST)
        return
    who.busy = True
    house.start(_seat(house, who, live, said), who, said)


def settle(house: House, who: Connection, identity: Identity, resume: Resume | None = None) -> None:
    """A guest becomes somebody: it is told who it is, and what it lacks."""
    if who.closed:
        return
    house.doors.settled(who.address)
    house.pairings.forget(who)
    who.identity, who.busy = identity, False
    who.credits = Credits(house.limits.messages[identity.role], house.now_s())
    if identity.team is not None and identity.live is not None and identity.live.known.settings.gives_time:
        who.trips = RoundTrips()
    house.seats.take(who)
    house.screens.arrive(who)
    who.say(_welcome(house, who))
    follower = house.follower_of(who)
    if follower is not None:
        follower.enter(who, resume)


def leave(house: House, who: Connection) -> None:
    """The other end of it all: the connection is gone."""
    house.consoles.leave(who)
    if who.identity is GUEST:
        house.doors.settled(who.address)
        house.pairings.forget(who)
    elif (follower := house.follower_of(who)) is not None:
        follower.leave(who)
        house.screens.leave(who)
        house.seats.leave(who)


def show_code(house: House, who: Connection) -> None:
    """A screen's code, and another one when its time has run out."""
    if not who.closed and who.identity is GUEST:
        who.say(Pairing(code=house.pairings.show(who), lasts_s=house.limits.pairing_s))
        house.call_later(who, house.limits.pairing_s, lambda: show_code(house, who))


def _return(house: House, who: Connection, identity: Identity, said: Hello) -> None:
    """By its token somebody is known again. A hall that comes back after an outage comes at once."""
    if identity.live and house.running.seating.is_new(identity.live, said.token or ""):
        who.busy = True
        house.start(_use_successor(house, who, identity.live, said), who, said)
    else:
        _greet(house, who, identity, lambda: _settle_again(house, who, said))


def _is_known(house: House, token: str | None) -> bool:
    """Without a look at the store."""
    return token is not None and (house.is_host(token) or house.record_of(token) is not None)


def _greet(house: House, who: Connection, identity: Identity, greeting: Callable[[], None]) -> None:
    """Tells it nothing that may be older than what it has been told elsewhere."""
    who.busy = True
    house.greetings.greet(who, identity, greeting)


def _settle_again(house: House, who: Connection, said: Hello) -> None:
    identity = house.record_of(said.token or "")
    if identity is None:
        who.close(closing.UNKNOWN_TOKEN)  # since a moment ago: it has a successor, or it was revoked
        return
    settle(house, who, identity, said.resume)
    live, token, now_ms = identity.live, said.token or "", house.running.clock.now_ms()
    if live and not who.closed and house.running.seating.is_old(live, token, now_ms):
        house.start(_renew(house, who, live, token), who, None)


async def _use_successor(house: House, who: Connection, live: LiveBattle, said: Hello) -> None:
    """The token before it must open nothing, durably, before this one opens anything."""
    await house.running.seating.use(live, said.token or "")
    identity = house.record_of(said.token or "")
    if identity is None:
        who.close(closing.UNKNOWN_TOKEN)  # another successor was quicker
    elif house.running.seating.is_new(live, said.token or ""):
        who.close(closing.STORE_GONE)
    else:
        _greet(house, who, identity, lambda: settle(house, who, identity, said.resume))


async def _renew(house: House, who: Connection, live: LiveBattle, token: str) -> None:
    """Nobody waits for it: the old token is good until the new one is used."""
    successor = await house.running.seating.renew(live, token)
    if successor:
        who.say(replace(_welcome(house, who), token=successor))


def _greet_guest(house: House, who: Connection, pair: bool) -> None:
    who.busy = False
    who.say(_welcome(house, who))
    if pair:
        show_code(house, who)


def greet_host(house: House, who: Connection, said: Hello | SignIn, also: Callable[[], None] = lambda: None) -> None:
    """Whoever has shown to be a host is one, or sits down at the desk it asks for. `also`: what is done when it is in."""
    live = house.battle(said.battle)
    if live is None and said.battle is not None:
        who.close(closing.NO_SUCH_BATTLE)
    elif said.desk is None:
        host = Identity(Role.HOST, live)
        _greet(house, who, host, lambda: _settle_host(house, who, host, said, also))
    elif live is not None and (venue := VenueId(said.desk)) in live.known.venues:
        desk = Identity(Role.DESK, live, venue=venue, referee=True)
        _greet(house, who, desk, lambda: _settle_host(house, who, desk, said, also))
    else:
        who.busy = False
        refuse(who, said, wrong("unknown_venue"))
        also()


def _settle_host(house: House, who: Connection, identity: Identity, said: Hello | SignIn, also: Callable[[], None]) -> None:
    if who.closed:
        return
    settle(house, who, identity, said.resume if isinstance(said, Hello) else None)
    if identity.role is Role.HOST and identity.live is not None:
        house.start(tell_all_missed(house, who, identity.live), who, said)
    also()


async def _sign_in(house: House, who: Connection, browser: str) -> None:
    """The host key dies with this server; the token that is given for it does not."""
    token = await house.backstage.sign_in(browser)
    if token and not who.closed:
        give_token(house, who, token)


def give_token(house: House, who: Connection, token: str) -> None:
    """What a console says next time."""
    house.consoles.arrive(who, token_hash(token))
    who.say(replace(_welcome(house, who), token=token))


async def _look_again(house: House, who: Connection, said: Hello) -> None:
    """Another process may know it, or its battle, since a moment ago. Only a store that answered may say that nobody does."""
    token = said.token or ""
    if not house.doors.may_show_a_token(who.address):
        who.close(crowded())
        return
    try:
        signed_in = await house.backstage.signed_in([token_hash(token)])
        if house.is_host(token) or signed_in:
            if said.battle and house.battle(said.battle) is None:
                await house.running.catch_up()
            if not who.closed:
                if signed_in:
                    house.consoles.arrive(who, token_hash(token))
                greet_host(house, who, said)
            return
        await house.running.catch_up()
    except (StoreGone, BrokenChain):
        who.close(closing.STORE_GONE)
        return
    if identity := house.record_of(token):
        _return(house, who, identity, said)
    elif any(live.state is None for live in house.running.battles.values()):
        who.close(closing.STORE_GONE)
    else:
        house.doors.was_unknown(who.address)
        _greet_guest(house, who, pair=True) if said.pair else who.close(closing.UNKNOWN_TOKEN)


async def _seat(house: House, who: Connection, live: LiveBattle, said: Join) -> None:
    seating = house.running.seating
    try:
        if said.code is not None:
            seated = await seating.add_device(live, said.code, once=said.id or "")
        else:
            seated = await seating.join(live, said.name or "", once=said.id or "")
    finally:
        who.busy = False
    if isinstance(seated, Refused):
        if seated.code == "unknown_code":
            house.doors.was_wrong(who.address)
        if seated.code in NO_ROOM:
            house.came.refused(live.id)
        refuse(who, said, seated)
    else:
        house.came.joined(live.id)
        _seated(house, who, live, seated)


def _seated(house: House, who: Connection, live: LiveBattle, seated: Seated) -> None:
    who.say(Joined(battle=live.id, token=seated.token, team=seated.team, seat=seated.seat, code=seated.code))
    settle(house, who, Identity(Role.TEAM, live, team=seated.team, seat=seated.seat))


def _welcome(house: House, who: Connection) -> Welcome:
    identity, now = who.identity, house.running.clock.now_ms()
    if identity.live is None:
        return Welcome(role=identity.role.value, now=now)
    state = identity.live.known
    return Welcome(
        role=identity.role.value,
        now=now,
        battle=identity.live.id,
        epoch=identity.live.head.epoch,
        title=battle_part(state)["title"],
        team=identity.team,
        seat=identity.seat,
        venue=identity.venue,
    )

"""The hub: a connection's life from its first byte to its last. `received` in, `write` out, both at once; nobody is waited for.

What comes in is bounded, understood, allowed, and only then done; whatever breaks on the way is said in one sentence to the sender
and in one line to the log, and three times is enough.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from quizserver.battle.refusals import Fault, Refused, wrong
from quizserver.hub import answers, arriving, pages, signing_in, staff
from quizserver.hub.backstage import Backstage, NoBackstage
from quizserver.hub.connection import Connection, Outlet
from quizserver.hub.credits import Credits
from quizserver.hub.doors import crowded, sent_off
from quizserver.hub.house import House
from quizserver.hub.limits import Limits
from quizserver.hub.replies import BROKEN, BUSY, refuse
from quizserver.services.running import Running
from quizserver.wire import closing
from quizserver.wire.allowed import LIMIT, Role, may_say
from quizserver.wire.closing import Closing
from quizserver.wire.codec import Encoding, WireError, decoded
from quizserver.wire.from_client import ClockAsked, FromClient, Hello, Leave, understood
from quizserver.wire.to_client import Clock, denied

log = logging.getLogger("quizserver")
GOODBYE_S = 1.0  # for goodbyes to reach those who read

TOO_FAST = Refused("too_fast", Fault.SENDER, temporary=True)
ENDINGS = {**dict.fromkeys(("malformed", "too_deep", "bad_value"), closing.MALFORMED), "too_big": closing.TOO_BIG}
"""How it ends with those who do not stop, by what they did last; all else is forbidden."""


class Hub:
    """One a server; made inside the running loop after `Running.open`, closed before it."""

    def __init__(self, running: Running, host_key: str, limits: Limits | None = None, backstage: Backstage | None = None) -> None:
        self.house = House(running, host_key, limits or Limits(), backstage or NoBackstage())
        self._closes, self._all_gone = False, asyncio.Event()
        self._crowd = 0
        running.hearing.on_silence.append(self._send_everybody_on)

    def connected(self, outlet: Outlet, encoding: Encoding, address: str, is_open: bool = False) -> Connection:
        """A new socket. It has 5 s to say hello. If there are too many it is closed at once. `is_open`: others on the way can read
        it."""
        house = self.house
        who = Connection(outlet, encoding, address, Credits(house.limits.messages[Role.GUEST], house.now_s()), is_open=is_open)
        if self._closes:
            who.close(self._restarting())
        elif house.doors.let_in(address):
            house.connections[who] = None
            house.call_later(who, house.limits.hello_s, lambda: who.close(closing.NO_HELLO))
        else:
            who.close(crowded())
        return who

    def received(self, who: Connection, raw: bytes, stamp_ms: int) -> None:
        """A whole message. `stamp_ms`: battle time at which it was read. Never raises."""
        if who.closed or not self._has_credit(who):
            return
        try:
            said = understood(decoded(who.encoding, raw, LIMIT[who.role]))
            self._obey(who, said, stamp_ms)
            if who.is_untold:
                self.house.seats.spoke(who)
        except WireError as error:
            self._strike(who, wrong(error.code, error.detail), "")
        except Exception:
            log.exception("a message of a %s in battle %s failed", who.role.value, _battle_of(who))
            who.say(denied("", BROKEN))

    def refill(self, who: Connection) -> None:
        """The latest of everything, for a connection whose transport had to drop patches and can write again."""
        if follower := self.house.follower_of(who):
            follower.refill(who)

    def send_away(self, who: Connection, ending: Closing) -> None:
        """Ends it with somebody who broke the language, with one line in the log."""
        if who.closed:
            return
        log.warning("a %s at %s was sent away: %s", who.role.value, who.address, ending.reason)
        who.close(ending)

    def now_ms(self) -> int:
        """Battle time: what a transport stamps messages with when it reads them."""
        return self.house.running.clock.now_ms()

    def lost(self, who: Connection) -> None:
        """The socket is gone, whoever ended it. Saying it twice changes nothing."""
        if who not in self.house.connections:
            return
        del self.house.connections[who]
        who.end()
        self.house.cancel_timer(who)
        arriving.leave(self.house, who)
        if self._closes and not self.house.connections:
            self._all_gone.set()

    async def close(self) -> None:
        """Sends everybody away to come back, and ends what is in progress. To be called while the server still serves: a server
        that stops says a goodbye of its own. Waits 1 s for goodbyes to be sent; whoever comes meanwhile is sent away too."""
        self._closes = True
        if self._send_everybody_on in self.house.running.hearing.on_silence:
            self.house.running.hearing.on_silence.remove(self._send_everybody_on)
        self._crowd = len(self.house.connections)
        for who in list(self.house.connections):
            who.close(self._restarting())
        if self.house.connections:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_gone.wait(), GOODBYE_S)
        await self.house.close()

    def _restarting(self) -> Closing:
        return sent_off(closing.RESTARTING, self._crowd)

    def _send_everybody_on(self) -> None:
        """We are cut off from the store, and others may hear it: nothing that is said here now would be known to last."""
        if self.house.connections:
            log.warning("this server does not hear its store, and sends %d connections to others", len(self.house.connections))
        for who in list(self.house.connections):
            self.house.greetings.send_on(who, who.identity)

    def _obey(self, who: Connection, said: FromClient, stamp_ms: int) -> None:
        refused = _not_now(who, said)
        if refused is None:
            _DO[said.t](self.house, who, said, stamp_ms)
        elif refused.temporary:
            refuse(who, said, refused)
        else:
            self._strike(who, refused, said.t)

    def _has_credit(self, who: Connection) -> bool:
        if self.house.has_credit(who):
            who.floods = max(0, who.floods - 1)
            return True
        who.floods += 1
        if who.floods > self.house.limits.floods:
            who.close(closing.FORBIDDEN)
        else:
            who.say(denied("", TOO_FAST))
        return False

    def _strike(self, who: Connection, refused: Refused, to: str) -> None:
        """Says why not, and counts it: what breaks the language is no accident three times over."""
        who.say(denied(to, refused))
        who.strikes += 1
        if who.strikes >= self.house.limits.strikes:
            self.send_away(who, ENDINGS.get(refused.code, closing.FORBIDDEN))


def _not_now(who: Connection, said: FromClient) -> Refused | None:
    """Why this may not be said by this connection, or not yet."""
    if said.t == "hello":
        return wrong("hello_again") if who.greeted else None
    if not who.greeted:
        return wrong("hello_first")
    if said.t == "leave" or said.t == "clock":
        return None
    if who.busy:
        return BUSY
    return None if may_say(who.role, said.t, said.of if said.t == "page" else "") else wrong("not_allowed")


def _hello(house: House, who: Connection, said: Hello, stamp_ms: int) -> None:
    house.cancel_timer(who)
    who.greeted = True
    arriving.hello(house, who, said, stamp_ms)


def _clock(house: House, who: Connection, said: ClockAsked, stamp_ms: int) -> None:
    who.say(Clock(sent=said.sent, now=house.running.clock.now_ms()))


def _leave(house: House, who: Connection, said: Leave, stamp_ms: int) -> None:
    who.close(closing.GOODBYE)


_DO: Mapping[str, Callable[[House, Connection, Any, int], None]] = {
    "hello": _hello,
    "sign_in": signing_in.sign_in,
    "look": arriving.look,
    "join": arriving.join,
    "answer": answers.answer,
    "page": pages.page,
    "sit": staff.sit,
    "marks": staff.marks,
    "collected": staff.collected,
    "do": staff.do,
    "clock": _clock,
    "leave": _leave,
}


def _battle_of(who: Connection) -> str:
    return who.identity.live.id if who.identity.live else "-"

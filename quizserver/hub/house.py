"""What all connections of a server share: the battles that are followed, who sits where, the doors, and the work in progress."""

import asyncio
import hmac
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from quizserver.battle.ids import BattleId, TeamId
from quizserver.hub.arrivals import Arrivals
from quizserver.hub.backstage import Backstage
from quizserver.hub.connection import Connection, Identity
from quizserver.hub.consoles import Consoles
from quizserver.hub.credits import Credits
from quizserver.hub.doors import Doors, sent_off
from quizserver.hub.follower import Follower
from quizserver.hub.greetings import Greetings
from quizserver.hub.guesses import Guesses
from quizserver.hub.limits import Limits
from quizserver.hub.pairing import Pairings
from quizserver.hub.replies import BROKEN, UNAVAILABLE, refuse
from quizserver.hub.screens import Screens
from quizserver.hub.seats import Seats
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import Recorded, StoreGone
from quizserver.services.running import Running
from quizserver.services.seating import token_hash
from quizserver.wire import closing
from quizserver.wire.allowed import Role
from quizserver.wire.from_client import FromClient

GOODBYE_S = 2.0  # for stores that answer slowly; people who wait for a server to stop wait no longer

log = logging.getLogger("quizserver")


class House:
    """One a server. `host_key`: whoever sends it is the host."""

    def __init__(self, running: Running, host_key: str, limits: Limits, backstage: Backstage) -> None:
        self.running, self.limits, self.backstage = running, limits, backstage
        self._host_key = host_key
        self.now_s: Callable[[], float] = asyncio.get_running_loop().time
        self.doors = Doors(limits, self.now_s)
        self.came = Arrivals(self.now_s)
        self.guesses = Guesses(limits.guesses_at_once)
        self.pairings = Pairings()
        self.consoles = Consoles(backstage, limits.consoles_s)
        self.screens = Screens(running.clock.now_ms)
        self.greetings = Greetings(running, self.send_on)
        self.connections: dict[Connection, None] = {}
        self.seats = Seats(running.taken_seats, running.clock.now_ms)
        self.followers: dict[BattleId, Follower] = {}
        self._teams: dict[tuple[BattleId, TeamId], Credits] = {}
        self._work: set[asyncio.Task[None]] = set()
        running.on_answers.append(self._answered)
        running.round_trips = self._round_trips

    def start(self, work: Coroutine[Any, Any, None], who: Connection, said: FromClient | None) -> None:
        """Does what must wait for a store, because of a message, which is refused if that breaks; None: it has its reply already.
        Whoever asked may be gone when it is done."""
        task = asyncio.create_task(_guarded(work, who, said), name=f"{said.t if said else 'news'} of a {who.role.value}")
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    @property
    def in_progress(self) -> int:
        """How much work waits for a store."""
        return len(self._work)

    def call_later(self, who: Connection, after_s: float, call: Callable[[], None]) -> None:
        """Sets the one timer of a connection; it ends with it."""
        self.cancel_timer(who)
        who.timer = asyncio.get_running_loop().call_later(after_s, call)

    def cancel_timer(self, who: Connection) -> None:
        """Forgets what the timer of a connection was set for."""
        if who.timer is not None:
            who.timer.cancel()
            who.timer = None

    def send_on(self, who: Connection) -> None:
        """To another server, or to this one when it hears its store again."""
        who.close(sent_off(closing.STORE_GONE, len(self.connections)))

    async def close(self) -> None:
        """Hears no more of battles, and waits for what is in progress: 2 s, then it is ended. Closing twice changes nothing."""
        if self._answered in self.running.on_answers:
            self.running.on_answers.remove(self._answered)
        self.consoles.close()
        self.seats.close()
        await self.greetings.close()
        for battle in list(self.followers):
            self.followers.pop(battle).close()
        if self._work:
            await asyncio.wait(self._work, timeout=GOODBYE_S)
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    def has_credit(self, who: Connection) -> bool:
        """Takes one message of this connection, and of its team."""
        now_s, live, team = self.now_s(), who.identity.live, who.identity.team
        if not who.credits.take(now_s):
            return False
        if live is None or team is None:
            return True
        key = (live.id, team)
        shared = self._teams.get(key)
        if shared is None:
            shared = self._teams[key] = Credits(self.limits.messages_of_team, now_s)
        return shared.take(now_s)

    # --- who is who ---

    def is_host(self, token: str) -> bool:
        """True for the host key."""
        return hmac.compare_digest(token.encode(), self._host_key.encode())

    def record_of(self, token: str) -> Identity | None:
        """Whose token this is, as far as this process knows."""
        sealed = token_hash(token)
        for live in self.running.battles.values():
            if live.state is None:
                continue
            if seat := live.state.seats.get(live.state.successors.get(sealed, sealed)):
                return Identity(Role.TEAM, live, team=seat.team, seat=seat.seat)
            if staff := live.state.staff.get(sealed):
                return Identity(Role(staff.role), live, venue=staff.venue, key=sealed)
        return None

    def battle(self, wanted: str | None) -> LiveBattle | None:
        """The battle a console asks for, or the newest; only one that has begun."""
        begun = {battle: live for battle, live in self.running.battles.items() if live.state}
        if wanted is not None:
            return begun.get(BattleId(wanted))
        return next(reversed(begun.values()), None)

    def follower(self, live: LiveBattle) -> Follower:
        """The follower of a battle, from the first time somebody needs it."""
        if live.id not in self.followers:
            answers, now_ms = self.running.open_answers[live.id], self.running.clock.now_ms
            self.followers[live.id] = Follower(live, answers, self.limits.pulse_s, now_ms)
        return self.followers[live.id]

    def follower_of(self, who: Connection) -> Follower | None:
        """The follower of the battle a connection is in."""
        return self.follower(who.identity.live) if who.identity.live else None

    # --- what is heard ---

    def _round_trips(self, battle: BattleId) -> Mapping[TeamId, int]:
        return self.followers[battle].devices.round_trips() if battle in self.followers else {}

    def _answered(self, battle: BattleId, changed: list[Recorded]) -> None:
        if battle in self.followers:
            self.followers[battle].answered(changed)


async def _guarded(work: Coroutine[Any, Any, None], who: Connection, said: FromClient | None) -> None:
    """Whatever breaks is told to whoever asked; a bug of ours is one entry in the log besides, and nobody else's affair."""
    try:
        await work
    except StoreGone:
        refused = UNAVAILABLE
    except Exception:
        log.exception("%s of a %s failed", said.t if said else "news", who.role.value)
        refused = BROKEN
    else:
        return
    if said:
        refuse(who, said, refused)

"""Those who come back wait here until it is known that what they will be told is the present.

Another process may have acknowledged a moment ago what this one, cut off from its store or just behind, has not heard of; and
nobody is shown less than was acknowledged to it. So the store is looked at after somebody came and before it is greeted, once for
all who came meanwhile. A process that is alone knows the present, and greets at once, also while its store hangs.

Where the present is not to be had the others may have it, and who comes is sent on. Who comes again has found nobody better, and is
kept waiting for a while, each time for longer: a store that is gone for everybody chases nobody from server to server, and when it
is back most are here already.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from quizserver.battle.ids import BattleId
from quizserver.hub.connection import Connection, Identity
from quizserver.hub.turns import Turns
from quizserver.services.running import Running

Greeting = Callable[[], None]
LOOKS_AGAIN_S = 0.1
FIRST_KEPT_S, LONGEST_KEPT_S = 1.0, 16.0  # the others may be well again: nobody waits for us alone any longer than that


def kept_s(times: int) -> float:
    """How long somebody waits here who was sent on so often before."""
    return min(LONGEST_KEPT_S, FIRST_KEPT_S * 2.0 ** (times - 1)) if times else 0.0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """`until_s`: when it is sent on, in the loop's time."""

    who: Connection
    identity: Identity
    greeting: Greeting
    until_s: float


class Greetings:
    """Of one server. `send_away`: what to do with those who cannot be told the present here."""

    def __init__(self, running: Running, send_away: Callable[[Connection], None]) -> None:
        self._running, self._send_away = running, send_away
        self._loop = asyncio.get_running_loop()
        self._turns = Turns()
        self._waiting: dict[BattleId, list[_Waiting]] = {}
        self._looking: dict[BattleId, asyncio.Task[None]] = {}
        self._sent_on: Counter[Identity] = Counter()

    def __len__(self) -> int:
        """How many wait."""
        return len(self._turns) + sum(map(len, self._waiting.values()))

    def greet(self, who: Connection, identity: Identity, greeting: Greeting) -> None:
        """Does the greeting of whoever this will be when it may be done; it must not raise."""
        if identity.live is None or self._running.hearing.is_alone:
            self._turns.do(greeting)
            return
        battle, until_s = identity.live.id, self._loop.time() + kept_s(self._sent_on[identity])
        self._waiting.setdefault(battle, []).append(_Waiting(who, identity, greeting, until_s))
        if battle not in self._looking:
            self._looking[battle] = asyncio.create_task(self._look(battle), name=f"look before greeting in {battle}")

    def send_on(self, who: Connection, identity: Identity) -> None:
        """To another server; if there is none that is better it comes back, and is known to have tried."""
        self._sent_on[identity] += 1
        self._send_away(who)

    async def close(self) -> None:
        """Greets nobody any more."""
        for task in self._looking.values():
            task.cancel()
        await asyncio.gather(*self._looking.values(), return_exceptions=True)

    async def _look(self, battle: BattleId) -> None:
        try:
            while came := self._waiting.pop(battle, None):
                present_ms = await self._running.present_ms(battle)
                if present_ms is not None:
                    self._greet_all(came, present_ms)
                elif kept := self._kept(came):
                    await asyncio.sleep(LOOKS_AGAIN_S)
                    self._waiting[battle] = kept + self._waiting.get(battle, [])
        finally:
            del self._looking[battle]

    def _greet_all(self, came: list[_Waiting], present_ms: int) -> None:
        self._sent_on.clear()  # the next silence is another one
        for each in came:
            each.who.came_ms = present_ms
            self._turns.do(each.greeting)

    def _kept(self, came: list[_Waiting]) -> list[_Waiting]:
        """Those who wait on; the others are sent on."""
        there, now_s = [each for each in came if not each.who.closed], self._loop.time()
        for each in there:
            if each.until_s <= now_s:
                self.send_on(each.who, each.identity)
        return [each for each in there if not each.who.closed]

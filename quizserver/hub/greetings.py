"""Those who come back wait here until it is known that what they will be told is the present.

Another process may have acknowledged a moment ago what this one, cut off from its store or just behind, has not heard of; and
nobody is shown less than was acknowledged to it. So the store is looked at after somebody came and before it is greeted, once for
all who came meanwhile. A process that is alone knows the present, and greets at once, also while its store hangs.
"""

import asyncio
from collections.abc import Callable

from quizserver.battle.ids import BattleId
from quizserver.hub.connection import Connection
from quizserver.hub.turns import Turns
from quizserver.services.running import Running

Greeting = Callable[[], None]


class Greetings:
    """Of one server. `send_away`: what to do with those who cannot be told the present here."""

    def __init__(self, running: Running, send_away: Callable[[Connection], None]) -> None:
        self._running, self._send_away = running, send_away
        self._turns = Turns()
        self._waiting: dict[BattleId, list[tuple[Connection, Greeting]]] = {}
        self._looking: dict[BattleId, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        """How many wait."""
        return len(self._turns) + sum(map(len, self._waiting.values()))

    def greet(self, who: Connection, battle: BattleId | None, greeting: Greeting) -> None:
        """Does the greeting when it may be done; it must not raise. None: what is told is of no battle."""
        if battle is None or self._running.hearing.is_alone:
            self._turns.do(greeting)
            return
        self._waiting.setdefault(battle, []).append((who, greeting))
        if battle not in self._looking:
            self._looking[battle] = asyncio.create_task(self._look(battle), name=f"look before greeting in {battle}")

    async def close(self) -> None:
        """Greets nobody any more."""
        for task in self._looking.values():
            task.cancel()
        await asyncio.gather(*self._looking.values(), return_exceptions=True)

    async def _look(self, battle: BattleId) -> None:
        try:
            while came := self._waiting.pop(battle, None):
                present_ms = await self._running.present_ms(battle)
                for who, greeting in came:
                    if present_ms is None:
                        self._send_away(who)
                    else:
                        who.came_ms = present_ms
                        self._turns.do(greeting)
        finally:
            del self._looking[battle]

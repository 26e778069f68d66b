"""The port `Presence` in memory, on a clock of the test's own."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Sign
from tests.support.fakes.memory import Memory

LEASE_MS = 3_000


def wall_clock_ms() -> int:
    return time.time_ns() // 1_000_000


class FakePresence:
    """Signs of life and what has drained are kept here: processes that shall see those of each other share one."""

    def __init__(self, memory: Memory, clock_ms: Callable[[], int] = wall_clock_ms, lease_ms: int = LEASE_MS) -> None:
        self._memory, self._lease_ms = memory, lease_ms
        self._seen_ms = 0

        def now_ms() -> int:
            self._seen_ms = memory.ahead_ms
            return clock_ms() + memory.ahead_ms

        self._clock_ms = now_ms
        self._drained: defaultdict[tuple[BattleId, str], set[str]] = defaultdict(set)
        self._alive: dict[BattleId, int] = {}

    async def now_ms(self) -> int:
        self._memory.check()
        return self._clock_ms()

    async def put_right(self, by_ms: int) -> None:
        self._memory.check()
        if self._memory.ahead_ms == self._seen_ms:
            self._memory.ahead_ms += by_ms

    async def renew(self, process: str, battles: Sequence[BattleId]) -> None:
        self._memory.check()
        for battle in battles:
            self._memory.leases[battle][process] = self._clock_ms() + self._lease_ms

    async def leave(self, process: str, battles: Sequence[BattleId]) -> None:
        self._memory.check()
        for battle in battles:
            self._memory.leases[battle].pop(process, None)

    async def leases(self, battle: BattleId) -> frozenset[str]:
        self._memory.check()
        return frozenset(process for process, ends_ms in self._memory.leases[battle].items() if ends_ms > self._clock_ms())

    async def drained(self, battle: BattleId, process: str, clock: str) -> None:
        self._memory.check()
        self._drained[battle, clock].add(process)

    async def have_drained(self, battle: BattleId, clock: str) -> frozenset[str]:
        self._memory.check()
        return frozenset(self._drained[battle, clock])

    async def alive(self, battle: BattleId, process: str) -> Sign:
        self._memory.check()
        before_ms, self._alive[battle] = self._alive.get(battle, 0), self._clock_ms()
        return Sign(before_ms, self._alive[battle])

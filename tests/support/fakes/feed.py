"""The port `Feed` in memory: it hears at once what the store tells it, and notices at once a ledger that is another one."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Head, Moved
from tests.support.fakes.memory import FakeLog, Memory

LOOKS_EVERY_S = 0.002
WATCHES_EVERY_S = 0.05  # nobody tells it of `watch`


@dataclass
class _Place:
    head: Head
    answers: int | None = None


class FakeFeed:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._places: dict[BattleId, _Place] = {}
        self._is_told = True

    def watch(self, battle: BattleId, head: Head) -> None:
        self._places[battle] = _Place(head)

    async def abreast(self, battle: BattleId) -> None:
        self._memory.check()
        log = self._memory.logs.get(battle, FakeLog())
        head, answers = _head_at(log, len(log.entries)), len(log.answers)
        while not self._has_told(battle, head, answers):
            await asyncio.sleep(LOOKS_EVERY_S)

    def _has_told(self, battle: BattleId, head: Head, answers: int) -> bool:
        place = self._places.get(battle)
        if not self._is_told or place is None or place.answers is None or place.head.epoch != head.epoch:
            return False
        return place.answers >= answers and place.head.version >= head.version

    async def follow(self, positions: Mapping[BattleId, Head]) -> AsyncGenerator[Moved, None]:
        for battle, head in positions.items():
            self.watch(battle, head)
        announced: set[BattleId] = set()
        while True:
            moved = None if self._memory.gone else self._next(announced)
            if moved:
                self._is_told = False
                yield moved
                self._is_told = True
                continue
            # No wait_for inside the lock: where it runs out while the lock is taken again, the lock is left without being held.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(WATCHES_EVERY_S), self._memory.news:
                    await self._memory.news.wait()

    def _next(self, announced: set[BattleId]) -> Moved | None:
        for battle in self._memory.battles:
            if battle not in self._places and battle not in announced:
                announced.add(battle)
                return Moved(battle)
        return next((moved for battle in list(self._places) if (moved := self._news_of(battle))), None)

    def _news_of(self, battle: BattleId) -> Moved | None:
        place, log = self._places[battle], self._memory.logs.get(battle, FakeLog())
        if _head_at(log, place.head.version) != place.head:
            del self._places[battle]
            return Moved(battle, reset=True)
        gap = place.answers is None or place.answers > len(log.answers)
        answers = () if gap else tuple(log.answers[place.answers :])
        place.answers = len(log.answers)
        entries = tuple(log.entries[place.head.version :])
        place.head = _head_at(log, place.head.version + len(entries))
        return Moved(battle, entries, answers, gap=gap) if entries or answers or gap else None


def _head_at(log: FakeLog, version: int) -> Head:
    """The head when the ledger had this version; one that fits nothing if it never had."""
    if version == 0:
        return Head(log.epoch)
    return Head(log.epoch, version, log.entries[version - 1].hash) if version <= len(log.entries) else Head(-1)

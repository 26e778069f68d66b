"""News of all battles: `XREAD BLOCK` on their ledgers and their answers, and a look at their heads once a second.

The look is needed because a Redis that was emptied or restored says nothing to one who waits for a higher number. What is passed
on continues what was known, entry by entry; where that fails the battle is reported as `reset`, never repaired here.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from time import monotonic

from redis.asyncio import Redis

from quizserver.battle.ids import BattleId
from quizserver.services.outages import Outages
from quizserver.services.ports import Head, Moved, StoreGone
from quizserver.stores import keys
from quizserver.stores.asking import Word, ask, ask_all, store_gone
from quizserver.stores.followed import LOOK_FIELDS, Followed, Raw
from quizserver.stores.heard import Heard
from quizserver.stores.ledger import battles_of

LOOKS_EVERY_S = 1.0
OVERDUE_S = 2.5  # a blocking read that is so late hangs on a dead connection
RETRIES_EVERY_S = 0.2
BREATH_S = 0.01  # what comes join by join is read together
ANSWERS_EVERY_S = 0.05  # what comes answer by answer, too: our own process knows its own, and no step of the evening waits for it
AT_ONCE = 100  # entries of a stream a read: a batch of answers or a part of a box can have 100 KB


class RedisFeed:
    """The port `Feed`. `commands` and `reads`: clients of clients.for_commands and clients.for_blocking_reads. `outages`: those of
    the process, so that a Redis that is gone is one line in its log. `heard`: that of its boxes."""

    def __init__(self, commands: Redis, reads: Redis, outages: Outages | None = None, heard: Heard | None = None) -> None:
        self._commands, self._reads = commands, reads
        self._outage = (outages or Outages()).of("the feed")
        self._followed: dict[BattleId, Followed] = {}
        self._heard = heard or Heard()
        self._answers_at = 0.0
        self._is_told, self._told = True, asyncio.Condition()

    def watch(self, battle: BattleId, head: Head) -> None:
        self._followed[battle] = Followed(battle, head, self._heard)

    async def abreast(self, battle: BattleId) -> None:
        [fields] = await ask_all(self._commands, [("HMGET", keys.head(battle), *LOOK_FIELDS)])
        async with self._told:
            await self._told.wait_for(lambda: self._has_told(battle, fields))

    async def follow(self, positions: Mapping[BattleId, Head]) -> AsyncGenerator[Moved, None]:
        for battle, head in positions.items():
            self.watch(battle, head)
        announced: set[BattleId] = set()
        while True:
            try:
                for moved in await self._look(announced):
                    yield moved
                await self._all_told()
                self._outage.ends()
                look_again_at = monotonic() + LOOKS_EVERY_S
                while (left_s := look_again_at - monotonic()) > 0:
                    for moved in await self._read(left_s):
                        yield moved
                    await self._all_told()
                    await asyncio.sleep(BREATH_S)
            except StoreGone as why:
                self._outage.begins(why)
                for one in self._followed.values():
                    one.batch = None  # it may come back without its last writes, and count on from there
                await asyncio.sleep(RETRIES_EVERY_S)

    async def _look(self, announced: set[BattleId]) -> list[Moved]:
        """Compares every head with what is known of it, and names battles that nobody follows, each once."""
        followed = list(self._followed.values())
        looks = [("HMGET", keys.head(one.battle), *LOOK_FIELDS) for one in followed]
        registered, *heads = await ask_all(self._commands, [("HGETALL", keys.BATTLES), *looks])
        news = [battle for battle in battles_of(registered) if battle not in announced and battle not in self._followed]
        announced.update(news)
        fields = dict(zip((one.battle for one in followed), heads, strict=True))
        return [Moved(battle) for battle in news] + self._judged(followed, lambda one: one.compare(fields[one.battle]))

    async def _read(self, at_most_s: float) -> list[Moved]:
        """What is new, as soon as there is anything; where there were answers a moment ago, what else is new until that is over."""
        followed, calm_s = list(self._followed.values()), self._answers_at - monotonic()
        if calm_s > 0:
            at_most_s = min(at_most_s, calm_s)
        streams = {key: place for one in followed for key, place in one.streams(with_answers=calm_s <= 0).items()}
        if not streams:
            await asyncio.sleep(at_most_s)
            return []
        block_ms = max(1, int(at_most_s * 1000))  # 0 would be for ever
        command: list[Word] = ["XREAD", "COUNT", AT_ONCE, "BLOCK", block_ms, "STREAMS", *streams, *streams.values()]
        with store_gone():
            async with asyncio.timeout(at_most_s + OVERDUE_S):
                found = await ask(self._reads, *command)
        new: dict[str, list[Raw]] = {key.decode(): entries for key, entries in found}
        if any(keys.answers(one.battle) in new for one in followed):
            self._answers_at = monotonic() + ANSWERS_EVERY_S
        return self._judged(
            followed, lambda one: one.advance(new.get(keys.ledger(one.battle), []), new.get(keys.answers(one.battle), []))
        )

    def _judged(self, followed: list[Followed], judge: Callable[[Followed], Moved | None]) -> list[Moved]:
        """What there is to say of each, but for those that `watch` put elsewhere in the meantime."""
        moves = [moved for one in followed if self._followed.get(one.battle) is one and (moved := judge(one))]
        self._is_told = False  # until whoever follows has taken them in, and asks for more
        for moved in moves:
            if moved.reset:  # before anybody is told, who then watches it again
                del self._followed[moved.battle]
        return moves

    async def _all_told(self) -> None:
        async with self._told:
            self._is_told = True
            self._told.notify_all()

    def _has_told(self, battle: BattleId, fields: Sequence[bytes | None]) -> bool:
        one = self._followed.get(battle)
        return self._is_told and one is not None and one.has(fields)

"""The clock as somebody who asks: calls time when it is up, and seals what is closed. Every process does; one of them wins."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from quizserver.battle.commands import SealBox, TimeUp
from quizserver.battle.ids import BattleId
from quizserver.battle.refusals import Refused
from quizserver.battle.state import Box
from quizserver.services.answering import Answering
from quizserver.services.battles import LiveBattle
from quizserver.services.clock import BattleClock
from quizserver.services.ports import Boxes, Presence, StoreGone
from quizserver.services.write_pace import WritePace

POLL_S = 0.02
RETRY_S = 0.2


class Deadlines:
    """One a battle and process. `ready` is asked before any decision that lost time could make unjust."""

    def __init__(
        self,
        process: str,
        live: LiveBattle,
        clock: BattleClock,
        boxes: Boxes,
        presence: Presence,
        answering: Answering,
        ready: Callable[[BattleId], Awaitable[None]],
        pace: WritePace,
    ) -> None:
        self._process, self._live, self._clock = process, live, clock
        self._boxes, self._presence, self._answering, self._ready = boxes, presence, answering, ready
        self._pace = pace
        self._changed = asyncio.Event()
        live.listeners.append(lambda news: self._changed.set())

    async def run(self) -> None:
        """Until cancelled. What fails because the store is gone is tried again."""
        while True:
            self._changed.clear()
            try:
                if await self._all_sealed():
                    await self._wait_for_the_clock()
                    continue
            except StoreGone:
                pass
            await asyncio.sleep(RETRY_S)

    async def _wait_for_the_clock(self) -> None:
        """Until the state changes or the clock runs out, whichever is first."""
        state = self._live.state
        clock = state.clock if state and state.paused_at_ms is None else None
        if clock is None or not clock.closes:
            await self._changed.wait()
            return
        left_s = (clock.cut_off_ms - self._clock.now_ms()) / 1000
        try:
            # A stamp equal to the cut-off is in time: the clock is called out one millisecond later.
            await asyncio.wait_for(self._changed.wait(), max(0.0, left_s) + 0.001)
        except TimeoutError:
            await self._ready(self._live.id)
            done = await self._live.ask(TimeUp(by=self._process, clock=clock.id))
            if isinstance(done, Refused):
                await asyncio.sleep(POLL_S)

    async def _all_sealed(self) -> bool:
        """Seals what is closed. False if the ledger did not take it."""
        waiting = self._unsealed()
        if waiting:
            await self._drain(max(box.cut_off_ms or 0 for box in waiting))
        # Together, so that a whole round goes into one append and everybody hears of it once.
        return all(await asyncio.gather(*map(self._seal, waiting)))

    async def _seal(self, box: Box) -> bool:
        if box not in self._unsealed():  # another process has sealed it meanwhile
            return True
        rows = await self._boxes.seal(self._live.id, box.question, box.opening)
        seal = SealBox(by=self._process, question=box.question, opening=box.opening, rows=tuple(rows))
        return not isinstance(await self._live.ask(seal), Refused)

    def _unsealed(self) -> list[Box]:
        state = self._live.state
        return [box for box in state.boxes.values() if box.closed and not box.sealed] if state else []

    async def _drain(self, cut_off_ms: int) -> None:
        """Until every process with a lease has said that it holds no answer stamped up to then; on a good disk 2 s at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.drain_s):
                ahead_ms = cut_off_ms + 1 - self._clock.now_ms()  # the clock of whoever closed may be ahead of ours
                await asyncio.sleep(max(0, ahead_ms) / 1000)
                await self._answering.drained(self._live.id)
                await self._presence.drained(self._live.id, self._process, f"{cut_off_ms}")
                await self._others_drained(f"{cut_off_ms}")

    async def _others_drained(self, clock: str) -> None:
        while True:
            leases, drained = await self._presence.leases(self._live.id), await self._presence.have_drained(self._live.id, clock)
            if leases - drained <= {self._process}:
                return
            await asyncio.sleep(POLL_S)

"""Whether this process hears its store, and whether it is alone there: what it may say to whoever comes.

A process that is cut off does not know what others have acknowledged since. Looks that were not answered are counted, and not
seconds: whoever stood still has heard nothing either, and learns at its next look what it missed.
"""

import asyncio
from collections.abc import Callable, Mapping

from quizserver.battle.ids import BattleId
from quizserver.services import in_step
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import Presence, StoreGone

LOOKS_EVERY_S = 0.25
SILENT_LOOKS = 4  # a second, which a bad disk may take for one fsync
STILL_S = 1.0
LOOK_TAKES_S = 1.0  # at most: on a dead connection the next one is not waited for
ALONE_AFTER_S = 60.0  # a process that was there a minute ago is being started again, more likely than not


class Hearing:
    """Asks the store four times a second who else is there. `on_silence` is called where we are found cut off, once each time."""

    def __init__(
        self, process: str, presence: Presence, battles: Mapping[BattleId, LiveBattle], loop_time: Callable[[], float]
    ) -> None:
        self._process, self._presence, self._battles, self._loop_time = process, presence, battles, loop_time
        self._unanswered = 0
        self._ticked_at, self._others_at = loop_time(), float("-inf")
        self._stood_still = False
        self.on_silence: list[Callable[[], None]] = []

    @property
    def has_others(self) -> bool:
        """True if another process was there of late, which may still be."""
        return self._loop_time() - self._others_at <= ALONE_AFTER_S

    @property
    def is_alone(self) -> bool:
        """True where nobody else can have acknowledged anything: what we know is the present, also while the store hangs."""
        stands_still = self._stood_still or self._loop_time() - self._ticked_at > STILL_S
        return not stands_still and not self.has_others

    @property
    def is_cut_off(self) -> bool:
        """True where the store has been silent for a second, and another process may hear it."""
        return self._unanswered >= SILENT_LOOKS and self.has_others

    async def look(self) -> None:
        """Who else is there. Raises StoreGone. Every process follows every battle, so that one of them tells."""
        began_s = self._loop_time()
        for battle in list(self._battles)[:1]:
            if await self._presence.leases(battle) - {self._process}:
                self._others_at = self._loop_time()
        self._unanswered = 0
        if self._loop_time() - began_s < STILL_S:  # else the answer may be as old as our standing still
            self._stood_still = False

    async def tick(self) -> None:
        """Counts until cancelled, beside `go_on_looking`. Each is a task of its own: a group would pass a cancellation on only
        once, and a call to a store may swallow it."""
        while True:
            await in_step.pause(LOOKS_EVERY_S)
            now_s = self._loop_time()
            self._stood_still |= now_s - self._ticked_at > STILL_S
            self._ticked_at = now_s
            self._unanswered += 1
            if self._unanswered == SILENT_LOOKS and self.is_cut_off:
                for listener in self.on_silence:
                    listener()

    async def go_on_looking(self) -> None:
        """Looks until cancelled."""
        while True:
            try:
                async with asyncio.timeout(LOOK_TAKES_S):
                    await self.look()
            except (StoreGone, TimeoutError):
                pass  # the ticks count it, and the next look is the retry
            await in_step.pause(LOOKS_EVERY_S)

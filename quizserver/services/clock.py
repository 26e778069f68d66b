"""Battle time: the store's clock, carried by this process's monotonic one between two looks at it."""

import time
from collections.abc import Awaitable, Callable

SAMPLES = 5
RESAMPLE_S = 30.0


class BattleClock:
    """Milliseconds that all processes of a battle share. Never asks the wall clock of this machine; never goes back."""

    def __init__(self, store_now_ms: Callable[[], Awaitable[int]], monotonic_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self._store_now_ms, self._monotonic_ns = store_now_ms, monotonic_ns
        self._offset_ms: float | None = None
        self._latest_ms = 0

    async def sample(self) -> None:
        """Looks at the store's clock several times and believes the quickest answer. Raises StoreGone."""
        looks = [await self._look() for _ in range(SAMPLES)]
        self._offset_ms = min(looks)[1]

    async def _look(self) -> tuple[int, float]:
        sent = self._monotonic_ns()
        store_ms = await self._store_now_ms()
        received = self._monotonic_ns()
        # TIME is cut to a whole millisecond, so on average half of one has passed since.
        return received - sent, store_ms + 0.5 - (sent + received) / 2e6

    def now_ms(self) -> int:
        """Now. Only asked after the first `sample`."""
        if self._offset_ms is None:
            raise RuntimeError("battle time is asked before the first look at the store's clock")
        self._latest_ms = max(self._latest_ms, int(self._monotonic_ns() / 1e6 + self._offset_ms))
        return self._latest_ms

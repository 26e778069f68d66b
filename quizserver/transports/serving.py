"""uvicorn's server without its own signals and its ten looks a second: it is told to stop, and only then does.

Touches uvicorn's internals, so its version is pinned and tests/transports/test_serving.py holds what is used here.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn

from quizserver.services import in_step

DATES_EVERY_S = 1.0
SETS_THE_DATE = 0  # of the ticks that uvicorn counts, one in ten does


class Server(uvicorn.Server):
    """`serve`, until `stop`. Made inside a running loop."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """`serve` says goodbye to all connections and returns."""
        self.should_exit = True
        self._stopped.set()

    async def main_loop(self) -> None:
        """Sets the date of all replies once a second."""
        while not await self.on_tick(SETS_THE_DATE):
            with suppress(TimeoutError):
                async with asyncio.timeout(in_step.left_s(DATES_EVERY_S)):
                    await self._stopped.wait()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the signals to us. uvicorn would raise them again when it is done, and the exit code were not 0."""
        yield

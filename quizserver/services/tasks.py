"""Background work that outlives its own failures, and that ends when it is told to."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

from quizserver.services.ports import StoreGone

log = logging.getLogger("quizserver")
RETRY_S = 0.2
QUIET_S = 10.0


async def kept(name: str, run: Callable[[], Awaitable[None]]) -> None:
    """Runs until cancelled: work that fails is said so in one line and begun again."""
    failed_at, loop = float("-inf"), asyncio.get_running_loop()
    while True:
        try:
            await run()
        except Exception as trouble:
            if loop.time() > failed_at + QUIET_S:  # what goes on failing is said once
                log.warning("%s begins again: %s", name, trouble, exc_info=not isinstance(trouble, StoreGone))
            failed_at = loop.time()
        await asyncio.sleep(RETRY_S)


async def ended(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancels until they are done: before Python 3.12 a `wait_for` that has just got its answer, as in a call to a store, swallows
    the cancellation, and the task goes on."""
    running = set(tasks)
    while running:
        for task in running:
            task.cancel()
        _, running = await asyncio.wait(running, timeout=RETRY_S)

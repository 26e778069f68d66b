"""Waiting with an end: whatever a server does or leaves undone, a rehearsal says so in one line and goes home."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from quizserver.rehearsal.line import Changes, Follows


class Failed(Exception):
    """The evening cannot go on; one sentence for whoever reads the report."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one waits, in seconds of the real clock whatever the pace. `reply_s`: for an answer to what was sent; `step_s`: for
    the evening to go on beyond the moment at which it was due."""

    reply_s: float = 10.0
    step_s: float = 20.0


async def until(who: Changes, holds: Callable[[], bool], seconds: float, what: str) -> None:
    """Returns once `holds()`; looks again at every change. Raises Failed after `seconds`, saying what did not come."""
    try:
        async with asyncio.timeout(seconds):
            while not holds():
                await who.changed()
    except TimeoutError:
        raise Failed(f"For {seconds:.0f} s nothing came of this: {what}.") from None


async def reached(who: Follows, moment_ms: Callable[[], int]) -> None:
    """Sleeps until battle time is `moment_ms()`, which is asked again on waking, since a clock may have been moved."""
    while (left_ms := moment_ms() - who.now_ms()) > 0:  # noqa: ASYNC110 - it is the clock that is waited for
        await asyncio.sleep(left_ms / 1000)

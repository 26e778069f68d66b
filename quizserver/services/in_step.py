"""Pauses that end together.

Waking up costs a process more than most of what it then does: a look here, a sign of life there. So what is done again and again is
done at the full quarters of one clock, the loop's own, and all of it in one go.
"""

import asyncio

NEAR = 1 / 8
"""Of a pause: a moment nearer than that is left out, so that a timer which fired a millisecond early does not fire twice."""


def until_next(every_s: float, now_s: float) -> float:
    """Seconds from `now_s` to the next multiple of `every_s` that is not just about to come."""
    left_s = every_s - now_s % every_s
    return left_s if left_s > NEAR * every_s else left_s + every_s


def left_s(every_s: float) -> float:
    """The same from now on, by the running loop's clock."""
    return until_next(every_s, asyncio.get_running_loop().time())


async def pause(every_s: float) -> None:
    """Waits for it. Whoever works for less than seven eighths of `every_s` between two pauses begins once in each."""
    await asyncio.sleep(left_s(every_s))

"""Work that comes in floods, a few milliseconds at a time: between two turns the loop reads and writes for everybody else."""

import asyncio
from collections import deque
from collections.abc import Callable
from time import perf_counter

TURN_S = 0.004  # well under what an ack may take; some forty devices that come back


class Turns:
    """Does what it is given in the order in which it was given: at once while the turn lasts, else in the next ones."""

    def __init__(self, turn_s: float = TURN_S) -> None:
        self._loop, self._turn_s = asyncio.get_running_loop(), turn_s
        self._waiting: deque[Callable[[], None]] = deque()
        self._spent_s = 0.0
        self._is_set = False

    def __len__(self) -> int:
        return len(self._waiting)

    def do(self, piece: Callable[[], None]) -> None:
        """`piece` must not raise."""
        if self._waiting or self._spent_s >= self._turn_s:
            self._waiting.append(piece)
        else:
            self._do(piece)

    def _do(self, piece: Callable[[], None]) -> None:
        began = perf_counter()
        piece()
        self._spent_s += perf_counter() - began
        if not self._is_set:
            self._is_set = True
            self._loop.call_soon(self._next)

    def _next(self) -> None:
        self._is_set, self._spent_s = False, 0.0
        while self._waiting and self._spent_s < self._turn_s:
            self._do(self._waiting.popleft())

"""Guesses at a password are looked at one after the other: a flood of them keeps one thread busy, and not all memory."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class Guesses:
    """Of one server. `are_many`: the next one would wait too long, and is not let in."""

    def __init__(self, at_once: int) -> None:
        self._at_once, self._here, self._one = at_once, 0, asyncio.Lock()

    @property
    def are_many(self) -> bool:
        return self._here >= self._at_once

    def enter(self) -> None:
        """Takes a place in the queue, which `look` gives back."""
        self._here += 1

    async def look(self, at: Callable[[], Awaitable[T]]) -> T:
        """What comes of it, when those before it are done."""
        try:
            async with self._one:
                return await at()
        finally:
            self._here -= 1

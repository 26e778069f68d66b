"""Wakes everybody who waits for the next change; nobody who waits when it rings is left asleep."""

import asyncio


class Bell:
    """Made and rung inside one event loop."""

    def __init__(self) -> None:
        self._next: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def ring(self) -> None:
        rung, self._next = self._next, asyncio.get_running_loop().create_future()
        rung.set_result(None)

    async def rung(self) -> None:
        """Returns at the next ring."""
        await asyncio.shield(self._next)

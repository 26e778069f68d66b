"""The port `SeatNews` in memory."""

from collections.abc import Sequence

from quizserver.services.ports import SeatTaken
from tests.support.fakes.memory import Memory

MOST = 100


class FakeSeatNews:
    """A place is how many calls of `tell` came before it."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def tell(self, taken: Sequence[SeatTaken]) -> None:
        self._memory.check()
        self._memory.seats.append(tuple(taken))

    async def since(self, place: str) -> tuple[Sequence[SeatTaken], str]:
        self._memory.check()
        told = self._memory.seats
        after = int(place) if place else len(told)
        return [each for batch in told[after:][-MOST:] for each in batch], str(len(told))

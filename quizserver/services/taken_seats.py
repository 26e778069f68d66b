"""One device, one connection, also where there are several processes: what each tells the others of the seats that it gave.

All of a turn go together, so that a hall that comes back costs some calls and not one a device. Of two welcomes the one with the
greater time at the store stands, so that two processes that speak in one moment end one connection and not both. What gets lost on
the way leaves an old connection open, which does no harm; what comes late might end a new one where the store's clock was put back
meanwhile, so what could not be said or heard in its turn is not made up for. While no other process is there nothing is asked.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from quizserver.battle.ids import BattleId, SeatId
from quizserver.services import in_step
from quizserver.services.hearing import Hearing
from quizserver.services.ports import SeatNews, SeatTaken, StoreGone

TURN_S = 0.25  # told within it and heard within it: half a second


class TakenSeats:
    """One a process. `on_taken` is called with each seat that was taken at another process."""

    def __init__(self, process: str, news: SeatNews, hearing: Hearing) -> None:
        self.process, self._news, self._hearing = process, news, hearing
        self._to_tell: dict[tuple[BattleId, SeatId], int] = {}
        self._place = ""
        self.on_taken: list[Callable[[SeatTaken], None]] = []

    def tell(self, battle: BattleId, seat: SeatId, at_ms: int) -> None:
        """This device was welcomed here. `at_ms`: the store's clock, as in SeatTaken."""
        self._to_tell[battle, seat] = at_ms

    async def run(self) -> None:
        """A turn four times a second, until cancelled."""
        while True:
            await in_step.pause(TURN_S)
            await self.turn()

    async def turn(self) -> None:
        """Tells, and hears, what is new."""
        taken = [SeatTaken(battle, seat, at_ms, self.process) for (battle, seat), at_ms in self._to_tell.items()]
        self._to_tell.clear()
        place, self._place = self._place, ""
        if not self._hearing.has_others:
            return
        with suppress(StoreGone):  # then the next turn begins in its present
            if taken:
                await self._news.tell(taken)
            heard, self._place = await self._news.since(place)
            self._hear(heard)

    def _hear(self, heard: Iterable[SeatTaken]) -> None:
        for each in heard:
            if each.by != self.process:
                for listener in self.on_taken:
                    listener(each)

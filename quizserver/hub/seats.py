"""Who sits where. One device, one connection: an older one of the same seat is told to stay away, at this server or another.

A device that moved may leave behind a connection that nobody has noticed to be dead, and a greeting that it never heard. So a
connection is spoken of to others only once its device has said something since it was welcomed: nobody who is there is sent away
for the sake of one that is not.
"""

from collections.abc import Callable

from quizserver.battle.ids import BattleId, SeatId
from quizserver.hub.connection import Connection
from quizserver.services.ports import SeatTaken
from quizserver.services.taken_seats import TakenSeats
from quizserver.wire import closing

Seat = tuple[BattleId, SeatId]


class Seats:
    """Of one server. `now_ms`: battle time."""

    def __init__(self, elsewhere: TakenSeats, now_ms: Callable[[], int]) -> None:
        self._elsewhere, self._now_ms = elsewhere, now_ms
        self._here: dict[Seat, Connection] = {}
        elsewhere.on_taken.append(self._taken_elsewhere)

    def __len__(self) -> int:
        return len(self._here)

    def who_is_in(self, battle: BattleId, seat: SeatId) -> Connection | None:
        """The connection of this seat."""
        return self._here.get((battle, seat))

    def take(self, who: Connection) -> None:
        """It is about to be welcomed; if it has a seat, that is its own now."""
        seat = _seat_of(who)
        if seat is None:
            return
        who.is_untold = bool(who.came_ms)  # a greeting that needed no look: nobody else is there
        who.came_ms = who.came_ms or self._now_ms()
        before = self._here.get(seat)
        self._here[seat] = who
        if before is not None:
            before.close(closing.REPLACED)

    def spoke(self, who: Connection) -> None:
        """Its device has heard its welcome: now others may hear of it."""
        seat = _seat_of(who)
        if who.is_untold and seat is not None:
            who.is_untold = False
            self._elsewhere.tell(*seat, who.came_ms)

    def leave(self, who: Connection) -> None:
        """The other end of `take`, also for whoever has no seat, or lost it."""
        seat = _seat_of(who)
        if seat is not None and self._here.get(seat) is who:
            del self._here[seat]

    def close(self) -> None:
        """Hears no more of others."""
        if self._taken_elsewhere in self._elsewhere.on_taken:
            self._elsewhere.on_taken.remove(self._taken_elsewhere)

    def _taken_elsewhere(self, taken: SeatTaken) -> None:
        who = self._here.get((taken.battle, taken.seat))
        if who is not None and (who.came_ms, self._elsewhere.process) < (taken.at_ms, taken.by):
            who.close(closing.REPLACED)


def _seat_of(who: Connection) -> Seat | None:
    identity = who.identity
    return (identity.live.id, identity.seat) if identity.live and identity.seat else None

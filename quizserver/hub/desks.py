"""The desks of a battle's venues, as far as this server sees them: whether one is here, and since when it is silent."""

from collections import Counter
from collections.abc import Callable

from quizserver.battle import events as did
from quizserver.battle.ids import VenueId
from quizserver.battle.state import BattleState
from quizserver.battle.views.desks import desk_rows
from quizserver.battle.views.patch import View
from quizserver.hub.connection import Connection
from quizserver.services.battles import News
from quizserver.wire.allowed import Role


class Desks:
    """Of one battle. A venue whose desk was never here, or that speaks through another server, is not called silent."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._here: Counter[VenueId] = Counter()
        self._silent_since_ms: dict[VenueId, int] = {}

    def arrive(self, who: Connection) -> None:
        """A connection that may be a desk's."""
        if (venue := _venue_of(who)) is not None:
            self._here[venue] += 1
            self._silent_since_ms.pop(venue, None)

    def leave(self, who: Connection) -> None:
        """The other end of `arrive`."""
        if (venue := _venue_of(who)) is not None:
            self._here[venue] -= 1
            if not self._here[venue]:
                self._silent_since_ms[venue] = self._now_ms()

    def heard(self, news: News) -> None:
        """Whoever enters marks or confirms is not silent."""
        for venue in _speaking(news) if self._silent_since_ms else ():
            self._silent_since_ms.pop(venue, None)

    def rows(self, state: BattleState) -> list[View]:
        """Venues with teams on paper: `missing` sheets, whether a desk is `connected` here, `silent` since when (battle time)."""
        return [row | self._line(VenueId(row["venue"])) for row in desk_rows(state)]

    def _line(self, venue: VenueId) -> View:
        line: View = {"connected": self._here[venue] > 0}
        return {**line, "silent": self._silent_since_ms[venue]} if venue in self._silent_since_ms else line


def _venue_of(who: Connection) -> VenueId | None:
    return who.identity.venue if who.role is Role.DESK else None


def _speaking(news: News) -> set[VenueId]:
    confirmed = {event.venue for event in news.events if isinstance(event, did.VenueCollected)}
    entered = (event.operations for event in news.events if isinstance(event, did.MarksEntered))
    return confirmed | {operation.venue for operations in entered for operation in operations}

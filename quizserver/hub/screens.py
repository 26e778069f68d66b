"""The projectors that this server has seen, and since when one is gone: nobody sits at a screen to say that it has stopped."""

from collections.abc import Callable
from dataclasses import dataclass

from quizserver.battle.ids import BattleId, VenueId
from quizserver.battle.views.patch import View
from quizserver.hub.connection import Connection
from quizserver.wire.allowed import Role

FORGOTTEN_MS = 15 * 60_000  # a screen that is gone for so long was switched off, and is no news any more


@dataclass(slots=True)
class _Screen:
    """`pages`: how many of its pages are connected. `since_ms`: when the last of them came or went."""

    number: int
    venue: VenueId | None
    pages: int
    since_ms: int


class Screens:
    """Of one server since its start: what is connected elsewhere, or was before, it cannot know."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._of: dict[BattleId, dict[str, _Screen]] = {}

    def arrive(self, who: Connection) -> None:
        """A connection that may be a screen's."""
        if who.role is Role.SCREEN and who.identity.live is not None:
            known = self._of.setdefault(who.identity.live.id, {})
            screen = known.setdefault(who.identity.key, _Screen(len(known) + 1, who.identity.venue, 0, 0))
            screen.pages, screen.since_ms = screen.pages + 1, self._now_ms()

    def leave(self, who: Connection) -> None:
        """The other end of `arrive`."""
        if who.role is Role.SCREEN and who.identity.live is not None:
            screen = self._of[who.identity.live.id][who.identity.key]
            screen.pages, screen.since_ms = screen.pages - 1, self._now_ms()

    def rows(self, battle: BattleId) -> list[View]:
        """Those that are here or were a moment ago, in the order in which they came first."""
        known, now_ms = self._of.get(battle, {}).values(), self._now_ms()
        return [_row(screen) for screen in known if screen.pages or now_ms - screen.since_ms < FORGOTTEN_MS]


def _row(screen: _Screen) -> View:
    row: View = {"number": screen.number, "connected": screen.pages > 0, "since": screen.since_ms}
    return row if screen.venue is None else {**row, "venue": screen.venue}

"""How many came in of late, and how many were not let in: a flood is one line on the console, whatever its size."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from quizserver.battle.ids import BattleId
from quizserver.battle.views.patch import View

RECENTLY_S = 60
A_FLOOD = 50  # turned away within that time; people who mistype are fewer


@dataclass(slots=True)
class _Second:
    at_s: int
    joined: int = 0
    refused: int = 0


class Arrivals:
    """Of one server. Nothing of whoever came is kept, only how many."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._of: dict[BattleId, deque[_Second]] = {}

    def joined(self, battle: BattleId) -> None:
        """One more team or device is in."""
        self._this_second(battle).joined += 1

    def refused(self, battle: BattleId) -> None:
        """One more knew the PIN and was not let in."""
        self._this_second(battle).refused += 1

    def rows(self, battle: BattleId) -> list[View]:
        """One row {joined, refused} of the last minute while there is a flood, else none."""
        seconds = self._recent(battle)
        joined, refused = sum(each.joined for each in seconds), sum(each.refused for each in seconds)
        return [{"joined": joined, "refused": refused}] if refused >= A_FLOOD else []

    def _this_second(self, battle: BattleId) -> _Second:
        now_s, seconds = int(self._now_s()), self._of.setdefault(battle, deque(maxlen=RECENTLY_S))
        if not seconds or seconds[-1].at_s != now_s:
            seconds.append(_Second(now_s))
        return seconds[-1]

    def _recent(self, battle: BattleId) -> list[_Second]:
        since_s = self._now_s() - RECENTLY_S
        return [each for each in self._of.get(battle, ()) if each.at_s > since_s]

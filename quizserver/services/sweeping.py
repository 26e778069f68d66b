"""Garbage is collected where nobody waits: soon after a solution was told, while no battle's answers are open.

The collector stays as Python sets it. But its longest walk comes when enough is new, which is while answers come in: with five
thousand teams it takes 30 ms, and whoever answers meanwhile has to wait. One that has just been made is not due again so soon.
"""

import asyncio
import gc
from collections.abc import Callable

from quizserver.battle.phases import ANSWERS_OPEN, Phase
from quizserver.services.battles import News
from quizserver.services.running import Running

SETTLED_S = 0.3  # after which everybody has been told a solution, however many they are


class Sweeping:
    """One a process. `sweep` is the collector's walk."""

    def __init__(self, running: Running, sweep: Callable[[], object] = gc.collect) -> None:
        self._running, self._sweep = running, sweep
        self._due: asyncio.TimerHandle | None = None
        running.each_battle(lambda live: live.listeners.append(self._heard))

    def close(self) -> None:
        """Nothing is due any more."""
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _heard(self, news: News) -> None:
        was_revealed = news.before is not None and news.before.phase is Phase.REVEALED
        if news.after.phase is Phase.REVEALED and not was_revealed and self._due is None:
            self._due = asyncio.get_running_loop().call_later(SETTLED_S, self._walk)

    def _walk(self) -> None:
        self._due = None
        if not any(live.state and live.state.phase in ANSWERS_OPEN for live in self._running.battles.values()):
            self._sweep()

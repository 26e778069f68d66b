"""The live leaderboard in Redis: the standing as everybody may see it, at most a second behind, paper and phones in one.

Any process and anything that reads Redis has places without folding a ledger; who folds it anyway needs no cache. Each process
writes what it knows: equal versions hold equal places, and an older version never replaces a newer one.
"""

import asyncio

from quizserver.battle.ids import BattleId
from quizserver.battle.standings import STANDINGS, shown_standing
from quizserver.battle.state import Place
from quizserver.services.battles import LiveBattle, News
from quizserver.services.ports import Placed, StandingCache, StoreGone
from quizserver.services.running import Running

EVERY_S = 1.0


class Leaderboard:
    """One a process. `begin` after Running.open."""

    def __init__(self, running: Running, cache: StandingCache) -> None:
        self._running, self._cache = running, cache
        self._written: dict[tuple[BattleId, str], tuple[Place, ...]] = {}
        self._changed: dict[BattleId, None] = {}
        self._news = asyncio.Event()
        self._outage = running.outages.of("the leaderboard in Redis")
        running.each_battle(self._followed)

    def begin(self) -> None:
        """Writes from now on, as one of the process's tasks."""
        self._running.keep("leaderboard", self._run)

    async def write(self) -> None:
        """All that has changed. Raises StoreGone; then it is still to be written."""
        for battle in list(self._changed):
            await self._write(battle)
            self._changed.pop(battle, None)

    def _followed(self, live: LiveBattle) -> None:
        live.listeners.append(self._heard)
        self._touch(live.id)

    def _heard(self, news: News) -> None:
        self._touch(news.battle)

    def _touch(self, battle: BattleId) -> None:
        self._changed[battle] = None
        self._news.set()

    async def _run(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self.write()
                self._outage.ends()
            except StoreGone as gone:
                self._outage.begins(gone)
                self._news.set()
            await asyncio.sleep(EVERY_S)

    async def _write(self, battle: BattleId) -> None:
        live = self._running.battles.get(battle)
        state = live.state if live else None
        if state is None or not state.revealed:
            return  # nobody has any points that may be seen
        for which in STANDINGS:
            table = shown_standing(state, which)
            if table is not self._written.get((battle, which)):
                await self._cache.put(battle, which, state.version, {row.team: _placed(row) for row in table})
                self._written[battle, which] = table


def _placed(row: Place) -> Placed:
    return Placed(row.place, row.points, (row.possible.best, row.possible.worst) if row.possible and not row.is_certain else None)

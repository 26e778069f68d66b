"""As soon as a question opens, what this process knew of its teams' lines by then goes into the ledger.

Only what was measured before anybody could know of the question: the lines are read at the very moment at which the opening is
heard of, before it is told. A process that dies before that is written down gives its teams nothing for this question.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping

from quizserver.battle.commands import GiveTime
from quizserver.battle.ids import TeamId
from quizserver.battle.refusals import Refused
from quizserver.services.battles import LiveBattle, News
from quizserver.services.tasks import RETRY_S

MOST_TEAMS = 500  # of one entry, as of answers


class GivingTime:
    """One a battle in which time is given, and process. `round_trips`: in milliseconds, as they are known now."""

    def __init__(self, process: str, live: LiveBattle, round_trips: Callable[[], Mapping[TeamId, int]]) -> None:
        self._process, self._live, self._round_trips = process, live, round_trips
        self._waiting: asyncio.Queue[GiveTime] = asyncio.Queue()
        live.listeners.insert(0, self._heard)  # before whoever tells of the opening

    async def run(self) -> None:
        """Until cancelled. While the store is gone it is tried again; a box that was closed meanwhile takes no more."""
        while True:
            command = await self._waiting.get()
            done = await self._live.ask(command)
            if isinstance(done, Refused) and done.temporary:
                self._waiting.put_nowait(command)
                await asyncio.sleep(RETRY_S)

    def _heard(self, news: News) -> None:
        if news.before is None:
            return  # of a past that was read anew nobody knows what was measured before it
        opened = [key for key in news.after.boxes if key not in news.before.boxes]
        trips = self._round_trips() if opened else {}
        for question, opening in opened:
            for part in _parts(trips):
                self._waiting.put_nowait(GiveTime(by=self._process, question=question, opening=opening, trips=part))


def _parts(trips: Mapping[TeamId, int]) -> Iterator[Mapping[TeamId, int]]:
    teams = list(trips)
    for start in range(0, len(teams), MOST_TEAMS):
        yield {team: trips[team] for team in teams[start : start + MOST_TEAMS]}

"""The port `StandingCache` in memory."""

from collections.abc import Mapping, Sequence

from quizserver.battle.ids import BattleId, TeamId
from quizserver.services.ports import Placed
from tests.support.fakes.memory import Memory


class FakeStandingCache:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._kept: dict[tuple[BattleId, str], tuple[int, Mapping[TeamId, Placed]]] = {}

    async def put(self, battle: BattleId, which: str, version: int, places: Mapping[TeamId, Placed]) -> None:
        self._memory.check()
        if self._kept.get((battle, which), (0, {}))[0] <= version:
            self._kept[battle, which] = version, dict(places)

    async def places(self, battle: BattleId, which: str, teams: Sequence[TeamId]) -> Mapping[TeamId, Placed]:
        self._memory.check()
        _, places = self._kept.get((battle, which), (0, {}))
        return {team: places[team] for team in teams if team in places}

    async def top(self, battle: BattleId, which: str, start: int, count: int) -> Sequence[TeamId]:
        self._memory.check()
        _, places = self._kept.get((battle, which), (0, {}))
        return sorted(places, key=lambda team: (places[team][0], team))[start : start + count]

"""The standing out of the real cache: everybody's own place and the top page, out of very many teams."""

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import uvloop

from quizserver.battle.ids import BattleId, TeamId
from quizserver.services.ports import Placed
from quizserver.services.seating import new_id
from quizserver.stores import clients
from quizserver.stores.embedded import start_redis
from quizserver.stores.standings import RedisStandingCache
from tests.bench import machine

TOP = 20
TIED = 3  # teams on a place


def standing(teams: int, own: int, rounds: int) -> dict[str, Any]:
    """`ms`: one batch of own places and the top page, median."""
    with machine.on_core(machine.SERVER_CORE), asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        return {"teams": teams, "own": own, "ms": round(loop.run(_median_ms(teams, own, rounds)), 2)}


async def _median_ms(teams: int, own: int, rounds: int) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-standing-") as folder:
        with machine.on_core(machine.CLIENT_CORE):
            redis = await start_redis(Path(folder), None)
        try:
            async with clients.for_commands(redis.url) as commands:
                return median(await _measured(RedisStandingCache(commands), teams, own, rounds))
        finally:
            await redis.stop()


async def _measured(cache: RedisStandingCache, teams: int, own: int, rounds: int) -> list[float]:
    battle, everybody = BattleId(new_id()), [TeamId(new_id()) for _ in range(teams)]
    places = {team: Placed(1 + at // TIED * TIED, 100 * (teams - at // TIED)) for at, team in enumerate(everybody)}
    await cache.put(battle, "total", 1, places)
    asking = everybody[:: teams // own][:own]
    took_ms: list[float] = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        found = await cache.places(battle, "total", asking)
        top = await cache.top(battle, "total", 0, TOP)
        took_ms.append(1000 * (time.perf_counter() - began))
        assert len(found) == own and len(top) == TOP
    return took_ms[1:]

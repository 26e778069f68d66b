"""The standing as sorted sets. A version is written beside the one that is read, then the pointer moves: nobody reads a half."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from redis.asyncio import Redis

from quizserver.battle.ids import BattleId, TeamId
from quizserver.services.ports import Placed
from quizserver.stores import keys
from quizserver.stores.asking import Word, ask, ask_all
from quizserver.stores.lua import packed, script

AT_ONCE = 1_000  # teams a command, so that neither Redis nor our loop stands still
KEPT_S = 24 * 3600  # a standing can be computed again at any time
STILL_READ_S = 10  # a version that was replaced while somebody was about to read it
UNFINISHED_KEPT_S = 60  # a version whose writer died

T = TypeVar("T")


class RedisStandingCache:
    """The port `StandingCache`. `redis`: a client of clients.for_commands."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._add, self._switch = script(redis, "standing_add"), script(redis, "standing_switch")

    async def put(self, battle: BattleId, which: str, version: int, places: Mapping[TeamId, Placed]) -> None:
        """Equal versions hold equal places, so two processes may write one at the same time."""
        by_place, by_points = keys.places(battle, which, version), keys.points(battle, which, version)
        for some in _chunks(list(places.items())):
            scores: list[Word] = [word for team, placed in some for word in (placed.place, team)]
            points: list[Word] = [word for team, placed in some for word in (team, _word(placed))]
            await self._add([by_place, by_points], [packed(scores), packed(points), UNFINISHED_KEPT_S])
        await self._switch([keys.standing(battle, which), by_place, by_points], [version, KEPT_S, STILL_READ_S])

    async def places(self, battle: BattleId, which: str, teams: Sequence[TeamId]) -> Mapping[TeamId, Placed]:
        version = await self._version(battle, which)
        by_place, by_points = keys.places(battle, which, version), keys.points(battle, which, version)
        found: dict[TeamId, Placed] = {}
        for some in _chunks(teams):
            places, points = await ask_all(self._redis, [("ZMSCORE", by_place, *some), ("HMGET", by_points, *some)])
            three = zip(some, places, points, strict=True)
            found |= {team: _placed(place, own) for team, place, own in three if place is not None and own is not None}
        return found

    async def top(self, battle: BattleId, which: str, start: int, count: int) -> Sequence[TeamId]:
        version = await self._version(battle, which)
        if count <= 0:
            return ()
        found = await ask(self._redis, "ZRANGE", keys.places(battle, which, version), start, start + count - 1)
        return [TeamId(team.decode()) for team in found]

    async def _version(self, battle: BattleId, which: str) -> int:
        """0, which nobody writes, while there is none."""
        return int(await ask(self._redis, "GET", keys.standing(battle, which)) or 0)


def _word(placed: Placed) -> Word:
    """Points, and behind them the places that are possible: most teams have none most of the time, and a number takes least."""
    return placed.points if placed.possible is None else f"{placed.points} {placed.possible[0]} {placed.possible[1]}"


def _placed(place: float | bytes, word: bytes) -> Placed:
    points, *possible = map(int, word.split())
    return Placed(int(place), points, (possible[0], possible[1]) if possible else None)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))

"""Which processes are there: leases and signs of life, all by the clock of Redis."""

from collections.abc import Sequence

from redis.asyncio import Redis

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Sign
from quizserver.stores import keys
from quizserver.stores.asking import ask, ask_all
from quizserver.stores.lua import script

LEASE_MS = 3_000
LEASES_KEPT_MS = 60_000  # of a battle that nobody runs any more
DRAINED_KEPT_S = 600  # a seal waits 2 s for them


class RedisPresence:
    """The port `Presence`. `redis`: a client of clients.for_commands; `lease_ms` is shorter in tests only."""

    def __init__(self, redis: Redis, lease_ms: int = LEASE_MS) -> None:
        self._redis, self._lease_ms = redis, lease_ms
        self._alive, self._put_right = script(redis, "alive"), script(redis, "put_right")
        self._lease, self._leases = script(redis, "lease"), script(redis, "leases")
        self._ahead_ms = 0
        self._calls = 0
        self._unanswered: dict[tuple[BattleId, str], str] = {}

    async def now_ms(self) -> int:
        ahead, (seconds, microseconds) = await ask_all(self._redis, [("GET", keys.CLOCK), ("TIME",)])
        self._ahead_ms = int(ahead or 0)
        return int(seconds) * 1000 + int(microseconds) // 1000 + self._ahead_ms

    async def put_right(self, by_ms: int) -> None:
        await self._put_right([keys.CLOCK], [self._ahead_ms, self._ahead_ms + by_ms])

    async def renew(self, process: str, battles: Sequence[BattleId]) -> None:
        await self._lease([keys.CLOCK, *map(keys.leases, battles)], [process, self._lease_ms, LEASES_KEPT_MS])

    async def leave(self, process: str, battles: Sequence[BattleId]) -> None:
        await ask_all(self._redis, [("ZREM", keys.leases(battle), process) for battle in battles])

    async def leases(self, battle: BattleId) -> frozenset[str]:
        found = await self._leases([keys.CLOCK, keys.leases(battle)], [])
        return frozenset(process.decode() for process in found)

    async def drained(self, battle: BattleId, process: str, clock: str) -> None:
        key = keys.drained(battle, clock)
        await ask_all(self._redis, [("SADD", key, process), ("EXPIRE", key, DRAINED_KEPT_S)])

    async def have_drained(self, battle: BattleId, clock: str) -> frozenset[str]:
        found = await ask(self._redis, "SMEMBERS", keys.drained(battle, clock))
        return frozenset(process.decode() for process in found)

    async def alive(self, battle: BattleId, process: str) -> Sign:
        self._calls += 1
        token = self._unanswered.setdefault((battle, process), f"{process} {self._calls}")
        before, at, ahead = await self._alive([keys.alive(battle), keys.CLOCK], [token])
        self._unanswered.pop((battle, process), None)
        self._ahead_ms = int(ahead)
        return Sign(int(before), int(at))

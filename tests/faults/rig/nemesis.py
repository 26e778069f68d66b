"""Draws faults out of a seed, and does them. What is done to one thing is done one after the other, so that each is healed."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from random import Random

from tests.faults.rig.history import Book
from tests.faults.rig.own_redis import OwnRedis, can_have_a_small_disk, can_lose_power
from tests.faults.rig.own_server import OwnServer
from tests.faults.rig.proxy import Proxy, Weather

PLAYS_S = 8.0  # in which faults begin
FEWEST, MOST = 2, 5
SHORTEST_S, LONGEST_S = 0.2, 2.5
JUMPS_S = (-3600.0, -5.0, 5.0, 3600.0)

WEIGHTS = {
    "kill server": 6,
    "terminate server": 2,
    "stop server": 3,
    "kill redis": 5,
    "power loss": 4,
    "hang redis": 2,
    "no memory": 2,
    "full disk": 2,
    "clock jump": 1,
    "storm": 2,
    "half-open": 2,
    "slow close": 1,
    "silent network": 2,
    "slow network": 2,
    "refusing network": 1,
    "store refuses": 2,
    "store silent": 2,
    "store slow": 2,
}
OF_REDIS = ("kill redis", "power loss", "hang redis", "no memory", "full disk", "clock jump")
NEEDS: dict[str, Callable[[], bool]] = {
    "power loss": can_lose_power,
    "clock jump": can_lose_power,
    "full disk": can_have_a_small_disk,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`at_s`: after play began. `server`: whose, or whose network; Redis there is but one. `amount`: seconds or a share."""

    at_s: float
    kind: str
    server: int
    for_s: float
    amount: float

    @property
    def target(self) -> str:
        return "redis" if self.kind in OF_REDIS else f"{'store of ' if self.kind.startswith('store') else ''}server {self.server}"


def can_be_done(kind: str) -> bool:
    """On this machine."""
    return NEEDS.get(kind, lambda: True)()


def schedule(seed: int, servers: int, kinds: Sequence[str] = tuple(WEIGHTS)) -> tuple[Fault, ...]:
    """The same for the same seed, on every machine."""
    random = Random(f"{seed} nemesis")
    drawn = random.choices(kinds, [WEIGHTS[kind] for kind in kinds], k=random.randint(FEWEST, MOST))
    return tuple(sorted((_fault(random, kind, servers) for kind in drawn), key=lambda fault: fault.at_s))


def _fault(random: Random, kind: str, servers: int) -> Fault:
    at_s, for_s = random.uniform(0.3, PLAYS_S), random.uniform(SHORTEST_S, LONGEST_S)
    jump_s, server = random.choice(JUMPS_S), random.randrange(servers)
    return Fault(round(at_s, 3), kind, server, round(for_s, 3), jump_s if kind == "clock jump" else round(random.random(), 3))


class Nemesis:
    """`doors` and `stores`: the proxies before each server, and between it and Redis."""

    def __init__(
        self, servers: Sequence[OwnServer], redis: OwnRedis, doors: Sequence[Proxy], stores: Sequence[Proxy], book: Book
    ) -> None:
        self._servers, self._redis, self._doors, self._stores, self._book = servers, redis, doors, stores, book
        self._one_at_a_time: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.done: Counter[str] = Counter()
        self.healed_at = time.monotonic()
        self._ways: dict[str, Callable[[Fault], Awaitable[None]]] = {
            "kill server": self._kill_server,
            "terminate server": self._terminate_server,
            "stop server": self._stop_server,
            "kill redis": self._kill_redis,
            "power loss": self._power_loss,
            "hang redis": self._hang_redis,
            "no memory": self._no_memory,
            "full disk": self._full_disk,
            "clock jump": self._clock_jump,
            "storm": self._storm,
            "half-open": self._half_open,
        }

    async def haunt(self, faults: Sequence[Fault]) -> None:
        """Returns when the last one is healed."""
        async with asyncio.TaskGroup() as tasks:
            for fault in faults:
                tasks.create_task(self._one(fault))

    async def _one(self, fault: Fault) -> None:
        await asyncio.sleep(fault.at_s)
        async with self._one_at_a_time[fault.target]:
            if not can_be_done(fault.kind):
                self._book.write("note", text=f"{fault.kind} cannot be done on this machine")
                return
            self._book.write("fault", fault=fault.kind, target=fault.target, ended=False, **asdict(fault))
            await self._ways.get(fault.kind, self._weather)(fault)
            self.done[fault.kind] += 1
            self.healed_at = time.monotonic()
            self._book.write("fault", fault=fault.kind, target=fault.target, ended=True)

    async def _kill_server(self, fault: Fault) -> None:
        await self._servers[fault.server].child.kill()
        await asyncio.sleep(fault.for_s / 4)
        await self._servers[fault.server].start()

    async def _terminate_server(self, fault: Fault) -> None:
        code = await self._servers[fault.server].child.terminate()
        self._book.write("note", text=f"a server that was asked to stop ended with {code}")
        await self._servers[fault.server].start()

    async def _stop_server(self, fault: Fault) -> None:
        """Long enough for its lease to end, now and then."""
        self._servers[fault.server].child.stop()
        await asyncio.sleep(fault.for_s * (1 + fault.amount))
        self._servers[fault.server].child.go_on()

    async def _kill_redis(self, fault: Fault) -> None:
        await self._redis.child.kill()
        await asyncio.sleep(fault.for_s)
        await self._redis.start()

    async def _power_loss(self, fault: Fault) -> None:
        lost = await self._redis.lose_power()
        self._book.write("note", text=f"{lost} bytes were not on the disk")
        await asyncio.sleep(fault.for_s)
        await self._redis.start()

    async def _hang_redis(self, fault: Fault) -> None:
        self._redis.child.stop()
        await asyncio.sleep(2 * fault.for_s)
        self._redis.child.go_on()

    async def _no_memory(self, fault: Fault) -> None:
        await self._redis.limit_memory(True)
        await asyncio.sleep(fault.for_s)
        await self._redis.limit_memory(False)

    async def _full_disk(self, fault: Fault) -> None:
        """A Redis that must write ends; one that need not lives on."""
        self._redis.fill_disk()
        await asyncio.sleep(fault.for_s)
        self._redis.make_room()
        if not self._redis.child.runs:
            await self._redis.child.ended()
            await self._redis.start()

    async def _clock_jump(self, fault: Fault) -> None:
        self._redis.set_clock(fault.amount)

    async def _storm(self, fault: Fault) -> None:
        for door in self._doors:
            door.reset()

    async def _half_open(self, fault: Fault) -> None:
        self._doors[fault.server].half_open()

    async def _weather(self, fault: Fault) -> None:
        proxy = (self._stores if fault.kind.startswith("store") else self._doors)[fault.server]
        match fault.kind:
            case "slow close":
                proxy.weather = Weather(closes_after_s=fault.for_s)
            case "silent network" | "store silent":
                proxy.weather = Weather(blackhole=True)
            case "slow network":
                proxy.weather = Weather(latency_s=fault.amount / 2, jitter_s=fault.amount / 10, bytes_per_s=200_000)
            case "store slow":
                proxy.weather = Weather(latency_s=fault.amount / 10, jitter_s=fault.amount / 50)
            case "refusing network" | "store refuses":
                proxy.weather = Weather(refuses=True)
                proxy.reset()
        await asyncio.sleep(fault.for_s)
        proxy.clear()

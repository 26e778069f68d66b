"""Two server processes on one store, as objects: in memory, or on a real Redis."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from quizserver.services.running import Running, Stores
from quizserver.stores import clients
from quizserver.stores.battle_secrets import RedisSecrets
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.feed import RedisFeed
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.presence import RedisPresence
from quizserver.stores.seats import RedisSeatNews
from tests.support.fakes.boxes import FakeBoxes
from tests.support.fakes.feed import FakeFeed
from tests.support.fakes.ledger import FakeLedger
from tests.support.fakes.memory import Memory
from tests.support.fakes.presence import FakePresence
from tests.support.fakes.seats import FakeSeatNews
from tests.support.fakes.secrets import FakeSecrets

LEASE_MS = 3_000


@asynccontextmanager
async def two_processes(redis_url: str | None = None) -> AsyncIterator[tuple[Running, Running]]:
    """Both open; each with clients of its own. Without a URL on fakes that share one memory."""
    memory = Memory()
    async with AsyncExitStack() as stack:
        runnings = []
        for _ in range(2):
            stores = fake_stores(memory) if redis_url is None else await redis_stores(redis_url, stack)
            running = Running(stores)
            await running.open()
            stack.push_async_callback(running.close)
            runnings.append(running)
        yield runnings[0], runnings[1]


def fake_stores(memory: Memory) -> Stores:
    """The ports of one process in memory."""
    presence = FakePresence(memory, lease_ms=LEASE_MS)
    return Stores(FakeLedger(memory), FakeBoxes(memory), FakeFeed(memory), presence, FakeSecrets(memory), FakeSeatNews(memory))


async def redis_stores(url: str, stack: AsyncExitStack) -> Stores:
    """The ports of one process on a real server."""
    redis = await stack.enter_async_context(clients.for_commands(url))
    reads = await stack.enter_async_context(clients.for_blocking_reads(url))
    return Stores(
        RedisLedger(redis),
        RedisBoxes(redis),
        RedisFeed(redis, reads),
        RedisPresence(redis, LEASE_MS),
        RedisSecrets(redis),
        RedisSeatNews(redis),
    )

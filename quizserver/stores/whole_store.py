"""The store of a data folder for somebody who is not the server: joined where it runs, else started for as long as it is looked at.

Only the store itself has everything that was acknowledged; after a crash the archive may be two seconds behind it.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from quizserver.stores import clients
from quizserver.stores.data_folder import DataFolder
from quizserver.stores.embedded import start_redis


@asynccontextmanager
async def whole_store(data: Path, redis_url: str | None) -> AsyncIterator[Redis | None]:
    """A client of the Redis of this address, else of the one that has its files in the data folder; None where there are none.

    Raises RedisUnavailable."""
    if not redis_url and not _has_one(data):
        yield None
        return
    async with AsyncExitStack() as stack:
        server = await start_redis(data, redis_url)
        stack.push_async_callback(server.stop)
        yield await stack.enter_async_context(clients.for_commands(server.url))


def _has_one(data: Path) -> bool:
    return any(DataFolder(data.resolve()).redis.glob("appendonlydir/*"))

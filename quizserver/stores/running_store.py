"""A look into the store of a server that runs, from outside of it. Starts nothing and writes nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from quizserver.services.ports import StoreGone
from quizserver.stores import clients, redis_child
from quizserver.stores.data_folder import DataFolder
from quizserver.stores.ledger import RedisLedger


@asynccontextmanager
async def running_ledger(data: Path, redis_url: str | None) -> AsyncIterator[RedisLedger | None]:
    """The ledgers of the server on this data folder, or in the Redis of this address; None where nobody answers."""
    folder = _folder(data)
    if not redis_url and not (await redis_child.answer(folder.socket)).startswith("+PONG"):
        yield None
        return
    async with clients.for_commands(redis_url or folder.url) as redis:
        ledger = RedisLedger(redis)
        yield ledger if await _answers(ledger) else None


async def _answers(ledger: RedisLedger) -> bool:
    try:
        await ledger.battles()
    except StoreGone:
        return False
    return True


def _folder(data: Path) -> DataFolder:
    """Without `prepare`, which would make it."""
    return DataFolder(data.resolve())

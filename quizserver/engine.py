"""Everything that runs behind the pages: Redis, the stores on it, the battles. Up in this order, down in the opposite one."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import BrokenChain, StoreGone
from quizserver.services.running import Running, Stores
from quizserver.settings import CannotStart, Settings
from quizserver.shelf import Shelf
from quizserver.stores import clients
from quizserver.stores.battle_secrets import RedisSecrets
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.embedded import RedisServer, start_redis, supervise
from quizserver.stores.feed import RedisFeed
from quizserver.stores.keyring import RedisKeyring
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.presence import RedisPresence
from quizserver.stores.redis_source import RedisUnavailable

log = logging.getLogger("quizserver")


@dataclass(frozen=True, slots=True)
class Engine:
    """What pages and sockets are given."""

    running: Running
    shelf: Shelf
    keyring: RedisKeyring

    async def trouble(self) -> str | None:
        """Why no battle can be played now, in one sentence; None while all is well."""
        try:
            await self.running.stores.presence.now_ms()
        except StoreGone as gone:
            return str(gone)
        return None

    def lobby(self) -> LiveBattle | None:
        """The newest battle that has not ended: the one whose PIN is worth showing."""
        going = [live for live in self.running.battles.values() if live.state and live.state.phase is not Phase.FINISHED]
        return going[-1] if going else None


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Engine]:
    """The engine with a battle in its lobby. Raises CannotStart with a sentence for the person at the keyboard."""
    async with AsyncExitStack() as stack:
        server = await _redis(settings, stack)
        running, keyring = _assembled(server, stack)
        try:
            await running.open()
        except (StoreGone, BrokenChain) as trouble:
            raise CannotStart(f"The battles in {settings.data} cannot be read: {trouble}.") from trouble
        stack.push_async_callback(running.close)
        engine = Engine(running, Shelf(settings.data, settings.pack), keyring)
        await _battle_in_lobby(engine, settings)
        yield engine


async def _redis(settings: Settings, stack: AsyncExitStack) -> RedisServer:
    try:
        server = await start_redis(settings.data, settings.redis_url)
    except RedisUnavailable as sentence:
        raise CannotStart(str(sentence)) from sentence
    stack.push_async_callback(server.stop)
    watching = asyncio.create_task(supervise(server), name="supervise Redis")
    stack.push_async_callback(_cancelled, watching)
    return server


async def _cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _assembled(server: RedisServer, stack: AsyncExitStack) -> tuple[Running, RedisKeyring]:
    commands, reads = clients.for_commands(server.url), clients.for_blocking_reads(server.url)
    stack.push_async_callback(commands.aclose)
    stack.push_async_callback(reads.aclose)
    stores = Stores(
        RedisLedger(commands), RedisBoxes(commands), RedisFeed(commands, reads), RedisPresence(commands), RedisSecrets(commands)
    )
    return Running(stores), RedisKeyring(commands)


async def _battle_in_lobby(engine: Engine, settings: Settings) -> None:
    """Somebody who has just started the server finds a battle ready; one that is going on is left as it is."""
    if engine.lobby() is not None:
        return
    made = await engine.shelf.make(engine.running, settings.pack, BattleSettings())
    if isinstance(made, Refused):
        raise CannotStart(f"The pack {settings.pack} cannot be played ({made.code}): {made.detail}. See `quizserver check`.")

"""Everything that runs behind the pages: Redis, the stores on it, the battles. Up in this order, down in the opposite one."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import MOST_LEAD_MS, BattleSettings
from quizserver.services.archiving import Archiving
from quizserver.services.battles import LiveBattle
from quizserver.services.leaderboard import Leaderboard
from quizserver.services.outages import Outages
from quizserver.services.ports import BrokenChain, StoreGone
from quizserver.services.restoring import Restoring
from quizserver.services.running import Running, Stores
from quizserver.services.seating import new_id
from quizserver.services.sweeping import Sweeping
from quizserver.services.tasks import ended
from quizserver.settings import CannotStart, Settings
from quizserver.shelf import Shelf
from quizserver.stores import clients, redis_child
from quizserver.stores.announcements import SqlAnnouncements
from quizserver.stores.archive import SqlArchive
from quizserver.stores.battle_secrets import RedisSecrets
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.embedded import RedisServer, start_redis, supervise
from quizserver.stores.feed import RedisFeed
from quizserver.stores.heard import Heard
from quizserver.stores.host_passwords import HostPasswords
from quizserver.stores.keyring import RedisKeyring
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.presence import RedisPresence
from quizserver.stores.receipt_key import receipt_key
from quizserver.stores.redis_source import RedisUnavailable
from quizserver.stores.seats import RedisSeatNews
from quizserver.stores.sql_source import ArchiveUnavailable, archive_url
from quizserver.stores.standings import RedisStandingCache

log = logging.getLogger("quizserver")


@dataclass(frozen=True, slots=True)
class Engine:
    """What pages and sockets are given."""

    running: Running
    shelf: Shelf
    keyring: RedisKeyring
    passwords: HostPasswords
    standings: RedisStandingCache
    archiving: Archiving
    people: SqlAnnouncements

    async def trouble(self) -> str | None:
        """Why no battle can be played now, in one sentence; None while all is well."""
        try:
            await self.running.stores.presence.now_ms()
        except StoreGone as gone:
            return str(gone)
        return None

    async def archive_trouble(self) -> str | None:
        """Why the archive falls behind; play does not wait for it."""
        return self.archiving.trouble or None

    def lobby(self) -> LiveBattle | None:
        """The newest battle that has not ended: the one whose PIN is worth showing."""
        going = [live for live in self.running.battles.values() if live.state and live.state.phase is not Phase.FINISHED]
        return going[-1] if going else None


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[Engine]:
    """The engine with a battle in its lobby. Raises CannotStart with a sentence for the person at the keyboard."""
    async with AsyncExitStack() as stack:
        server = await _redis(settings, stack)
        stores, keyring, standings = _stores(server, stack)
        archive = _archive(settings, stack)
        restoring = _restoring(server, archive, stack)
        await _restore(restoring, server.is_torn)
        running = await _running(stores, restoring, settings, stack)
        archiving = Archiving(running, archive)
        archiving.begin()
        stack.push_async_callback(archiving.finish)
        stack.push_async_callback(running.close)  # first: what it still writes is archived too
        Leaderboard(running, standings).begin()
        stack.callback(Sweeping(running).close)
        shelf, passwords = Shelf(settings.data, settings.pack), HostPasswords(settings.data)
        engine = Engine(running, shelf, keyring, passwords, standings, archiving, archive.announcements)
        await _battle_in_lobby(engine, settings)
        yield engine


def _archive(settings: Settings, stack: AsyncExitStack) -> SqlArchive:
    try:
        archive = SqlArchive(archive_url(settings.data, settings.database_url))
    except ArchiveUnavailable as sentence:
        raise CannotStart(str(sentence)) from sentence
    stack.push_async_callback(archive.close)
    return archive


def _restoring(server: RedisServer, archive: SqlArchive, stack: AsyncExitStack) -> Restoring:
    """Named as nobody else is: equal entries of two processes would look like one append that was repeated."""
    redis = clients.for_restoring(server.url)
    stack.push_async_callback(redis.aclose)
    by = f"restore {new_id()}"
    return Restoring(RedisLedger(redis), RedisBoxes(redis), RedisPresence(redis), RedisSecrets(redis), archive, by)


async def _restore(restoring: Restoring, is_torn: bool) -> None:
    """Battles that the archive has and the store has lost. An archive that is away keeps nobody from starting."""
    try:
        restored = await restoring.restore(is_torn)
    except StoreGone as gone:
        log.warning("the archive cannot be read, so nothing is restored from it: %s", gone)
        return
    for battle in restored:
        log.warning("%s", battle)


async def _running(stores: Stores, restoring: Restoring, settings: Settings, stack: AsyncExitStack) -> Running:
    try:
        key = receipt_key(settings.data)
    except OSError as fault:
        raise CannotStart(f"The folder {settings.data} cannot keep its receipt-key ({fault.strerror}): mend that.") from fault
    running = Running(stores, restoring, key)
    try:
        await running.open()
    except StoreGone as gone:
        raise CannotStart(f"The battles in {settings.data} cannot be read: {gone}.") from gone
    except BrokenChain as broken:
        raise CannotStart(_damaged(settings, broken)) from broken
    return running


def _damaged(settings: Settings, broken: BrokenChain) -> str:
    if settings.redis_url:
        advice = f"give it a backup of its own, or start with an empty one; {redis_child.COMES_BACK}"
        return f"The battles in your Redis cannot be read ({broken}): {advice}."
    return f"The battles in {settings.data} cannot be read ({broken}): {redis_child.put_aside(settings.data.resolve() / 'redis')}."


async def _redis(settings: Settings, stack: AsyncExitStack) -> RedisServer:
    try:
        server = await start_redis(settings.data, settings.redis_url)
    except RedisUnavailable as sentence:
        raise CannotStart(str(sentence)) from sentence
    stack.push_async_callback(server.stop)
    watching = asyncio.create_task(supervise(server), name="supervise Redis")
    stack.push_async_callback(ended, [watching])
    return server


def _stores(server: RedisServer, stack: AsyncExitStack) -> tuple[Stores, RedisKeyring, RedisStandingCache]:
    commands, reads = clients.for_commands(server.url), clients.for_blocking_reads(server.url)
    stack.push_async_callback(commands.aclose)
    stack.push_async_callback(reads.aclose)
    outages = Outages()
    heard = Heard()
    feed, boxes = RedisFeed(commands, reads, outages, heard), RedisBoxes(commands, heard)
    presence, secrets, seats = RedisPresence(commands), RedisSecrets(commands), RedisSeatNews(commands)
    stores = Stores(RedisLedger(commands), boxes, feed, presence, secrets, seats, outages)
    return stores, RedisKeyring(commands), RedisStandingCache(commands)


async def _battle_in_lobby(engine: Engine, settings: Settings) -> None:
    """Somebody who has just started the server finds a battle ready; one that is going on is left as it is."""
    if engine.lobby() is not None:
        return
    made = await engine.shelf.make(engine.running, settings.pack, BattleSettings(lead_ms=MOST_LEAD_MS))
    if isinstance(made, Refused):
        raise CannotStart(_no_battle(settings, made))


def _no_battle(settings: Settings, refused: Refused) -> str:
    match refused.code:
        case "broken_pack":
            return f"The pack {settings.pack} cannot be played, see all with `quizserver check {settings.pack}`: {refused.detail}"
        case "pictures_not_kept":
            advice = "make room there or choose another with --data FOLDER"
            return f"The folder {settings.data} cannot keep the pack's pictures ({refused.detail}): {advice}."
    return f"No battle could be made ({refused.code}): start again."

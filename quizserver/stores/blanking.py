"""Taking the names that stand beside entries out of Redis and out of the archive. The chain does not cover them, and stays.

Redis cannot change an entry of a stream: the ledger is copied without them, and the copy takes its place in one step. What a disk
keeps of the past goes too: the AOF is written anew, and SQLite overwrites what it deletes.
"""

import asyncio

from redis.asyncio import Redis
from sqlalchemy import text, update
from sqlalchemy.engine import URL
from sqlmodel import col, select

from quizserver.battle.ids import BattleId
from quizserver.services.ports import StoreGone
from quizserver.stores import announced_rows, keys
from quizserver.stores.asking import Word, ask, ask_all, store_gone
from quizserver.stores.database import Database
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.lua import script
from quizserver.stores.tables import BattleRow, EntryRow

REWRITTEN_WITHIN_S, LOOKS_EVERY_S = 60.0, 0.05
COPIED_AT_ONCE = 500  # entries, so that no call holds Redis for more than some milliseconds


class BlankingRedis:
    """`redis`: a client of clients.for_commands."""

    def __init__(self, redis: Redis) -> None:
        self._redis, self._ledger = redis, RedisLedger(redis)
        self._take_its_place = script(redis, "blank_names")

    async def blank(self, battle: BattleId) -> int:
        """How many entries had names beside them. Repeating changes nothing. Raises StoreGone."""
        copy, blanked, after = keys.without_names(battle), 0, 0
        await ask(self._redis, "DEL", copy)
        while True:
            while entries := await self._ledger.read(battle, after, COPIED_AT_ONCE):
                blanked += sum(bool(entry.beside) for entry in entries)
                after = entries[-1].version
                commands: list[tuple[Word, ...]] = [
                    ("XADD", copy, f"{each.version}-0", "body", each.body, "hash", each.hash, "beside", b"") for each in entries
                ]
                await ask_all(self._redis, commands)
            if not blanked or await self._take_its_place([keys.ledger(battle), copy], []):
                await ask(self._redis, "DEL", copy)
                return blanked

    async def write_anew(self) -> None:
        """The file of Redis, which has the names until then. Raises StoreGone, also where it takes longer than a minute."""
        await ask(self._redis, "BGREWRITEAOF")
        try:
            async with asyncio.timeout(REWRITTEN_WITHIN_S):
                while await self._is_rewriting():  # noqa: ASYNC110 - Redis tells nobody when it is done
                    await asyncio.sleep(LOOKS_EVERY_S)
        except TimeoutError:
            raise StoreGone("Redis has not written its file anew yet") from None

    async def _is_rewriting(self) -> bool:
        with store_gone():
            info = await self._redis.info("persistence")
        return bool(info["aof_rewrite_in_progress"] or info["aof_rewrite_scheduled"])


class BlankingArchive:
    """`url`: of sql_source.archive_url. Close it with `close`."""

    def __init__(self, url: URL) -> None:
        self._database, self._is_sqlite = Database(url), url.get_backend_name() == "sqlite"
        self.close = self._database.close

    async def blank(self, battle: BattleId) -> int:
        """How many entries had names beside them, also in pasts that were set aside; and whoever announced a team or represents a
        venue is deleted. Raises StoreGone."""
        pasts = select(BattleRow.number).where(col(BattleRow.battle) == battle)
        named = col(EntryRow.number).in_(pasts), col(EntryRow.beside) != b""
        async with self._database.transaction() as connection:
            if self._is_sqlite:
                await connection.execute(text("PRAGMA secure_delete = ON"))
            await announced_rows.forget(connection, battle)
            return (await connection.execute(update(EntryRow).where(*named).values(beside=b""))).rowcount

    async def write_anew(self) -> None:
        """Empties the log that SQLite writes ahead; PostgreSQL sees to it by itself. Raises StoreGone."""
        if self._is_sqlite:
            async with self._database.transaction() as connection:
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

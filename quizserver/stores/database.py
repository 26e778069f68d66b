"""The connection to the archive's database: opened when it is first needed, and what its callers see of its troubles."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from quizserver.services.ports import StoreGone
from quizserver.stores.migrating import migrate
from quizserver.stores.sql_source import engine_for


class Database:
    """One a process, since Alembic has globals. Nothing is tried before the first `transaction`: a database that is away keeps no
    server from starting."""

    def __init__(self, url: URL) -> None:
        self._engine = engine_for(url)
        self._opening = asyncio.Lock()
        self._is_open = False

    async def close(self) -> None:
        """Idempotent."""
        await self._engine.dispose()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """All of it or nothing, on tables that are up to date. Raises StoreGone."""
        with archive_gone():
            await self._open()
            async with self._engine.begin() as connection:
                yield connection

    async def _open(self) -> None:
        async with self._opening:
            if not self._is_open:
                async with self._engine.begin() as connection:
                    await connection.run_sync(migrate)
                self._is_open = True


@contextmanager
def archive_gone() -> Iterator[None]:
    """Turns a database that is away, locked, full, read-only or of a newer program into StoreGone with one sentence."""
    from alembic.util import CommandError

    try:
        yield
    except (SQLAlchemyError, CommandError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        first_line = next(iter(str(cause).splitlines()), "") or type(cause).__name__
        raise StoreGone(f"The archive did not do it: {first_line}", "the archive") from None

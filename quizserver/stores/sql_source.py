"""Where the archive is: `DATABASE_URL`, or a file in the data folder. And how a connection to it is made."""

import importlib.util
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

FILE = "archive.db"
WAITS_FOR_LOCK_S = 2  # another process's batch takes some milliseconds; who locks for longer is told of, and tried again
DRIVERS = {"sqlite": "aiosqlite", "postgresql": "asyncpg", "postgres": "asyncpg"}


class ArchiveUnavailable(Exception):
    """There can be no archive there. The message is one sentence for the person at the keyboard, with what to do."""


def archive_url(data: Path, database_url: str | None) -> URL:
    """The database that DATABASE_URL names, or SQLite's in the data folder. Raises ArchiveUnavailable."""
    if not database_url:
        return URL.create("sqlite+aiosqlite", database=str(data.resolve() / FILE))
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise ArchiveUnavailable(f"DATABASE_URL is no address of a database ({error}).") from error
    kind = url.get_backend_name()
    if kind not in DRIVERS:
        raise ArchiveUnavailable(f"The archive cannot be kept in {kind}: DATABASE_URL must name PostgreSQL or SQLite.")
    driver = DRIVERS[kind]
    if not installed(driver):
        raise ArchiveUnavailable(f"DATABASE_URL needs {driver}: run pip install 'quizserver[postgres]'.")
    return url.set(drivername=f"{'postgresql' if kind == 'postgres' else kind}+{driver}")


def may_be_there(url: URL) -> bool:
    """False for a file that does not exist: whoever only reads must not make one."""
    return url.get_backend_name() != "sqlite" or not url.database or Path(url.database).exists()


def installed(package: str) -> bool:
    """True if it can be imported."""
    return importlib.util.find_spec(package) is not None


def engine_for(url: URL) -> AsyncEngine:
    """Connects to nothing yet."""
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=2, pool_pre_ping=True)
    engine = create_async_engine(url, connect_args={"timeout": WAITS_FOR_LOCK_S})
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    return engine


def _set_up_sqlite(connection: Any, record: object) -> None:
    """Readers (an export) hold up nobody; a power cut may cost the last batch, which Redis still has, and never the file."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()

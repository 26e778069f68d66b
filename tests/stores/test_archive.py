"""The archive's database: where it is, what its troubles look like, and that its tables are those of the migrations."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Head, StoreGone
from quizserver.stores import sql_source
from quizserver.stores.archive import SqlArchive
from quizserver.stores.database import Database
from quizserver.stores.migrating import migrate
from quizserver.stores.sql_source import ArchiveUnavailable, archive_url
from tests.support.chains import chain

BATTLE = BattleId("battle")
ENTRIES = chain(Head(), "first", "second")


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[SqlArchive]:
    opened = SqlArchive(archive_url(tmp_path, None))
    yield opened
    await opened.close()


# --- where it is ---------------------------------------------------------------------------------------------------------


def test_without_a_database_url_it_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    assert archive_url(tmp_path, None).database == str(tmp_path / "archive.db")
    assert archive_url(tmp_path, "").drivername == "sqlite+aiosqlite"


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://me@db/quiz", "postgresql+asyncpg"),
        ("postgres://me@db/quiz", "postgresql+asyncpg"),
        ("postgresql+psycopg2://me@db/quiz", "postgresql+asyncpg"),
        ("sqlite:///other.db", "sqlite+aiosqlite"),
    ],
)
def test_a_database_url_is_given_the_driver_that_we_use(
    given: str, driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_source, "installed", lambda name: True)
    url = archive_url(tmp_path, given)
    assert url.drivername == driver
    assert url.database == make_url(given).database


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("nonsense", "is no address of a database"),
        ("mysql://db/quiz", "cannot be kept in mysql"),
        ("oracle://db", "cannot be kept in oracle"),
    ],
)
def test_a_database_that_we_cannot_use_is_a_sentence(given: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnavailable, match=sentence):
        archive_url(tmp_path, given)


def test_a_missing_driver_is_a_sentence_with_the_command_that_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_source, "installed", lambda name: False)
    with pytest.raises(ArchiveUnavailable, match=r"pip install 'quizserver\[postgres\]'"):
        archive_url(tmp_path, "postgresql://db/quiz")


# --- troubles ------------------------------------------------------------------------------------------------------------


async def test_a_locked_database_is_gone_for_a_while_and_then_goes_on(
    archive: SqlArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_source, "WAITS_FOR_LOCK_S", 0.1)
    hasty = SqlArchive(archive_url(tmp_path, None))
    await hasty.put(BATTLE, "1", 0, ENTRIES[:1])
    holder = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreGone, match="The archive did not do it: database is locked"):
        await hasty.put(BATTLE, "1", 0, ENTRIES)
    assert await hasty.head(BATTLE) == Head(0, 1, ENTRIES[0].hash)  # whoever only reads does not wait
    holder.execute("ROLLBACK")
    holder.close()
    await hasty.put(BATTLE, "1", 0, ENTRIES)
    assert (await hasty.head(BATTLE)).version == 2
    await hasty.close()


async def test_a_database_that_cannot_be_opened_is_gone_until_it_can(tmp_path: Path) -> None:
    folder = tmp_path / "not there yet"
    archive = SqlArchive(archive_url(folder, None))
    with pytest.raises(StoreGone, match="unable to open database file"):
        await archive.head(BATTLE)
    folder.mkdir()
    assert await archive.head(BATTLE) == Head()
    await archive.close()


async def test_a_read_only_database_is_gone_for_writing(archive: SqlArchive, tmp_path: Path) -> None:
    await archive.put(BATTLE, "1", 0, ENTRIES)
    database = tmp_path / "archive.db"
    read_only = SqlArchive(make_url(f"sqlite+aiosqlite:///file:{database}?mode=ro&uri=true"))
    assert await read_only.battles() == {BATTLE: "1"}
    with pytest.raises(StoreGone, match="attempt to write a readonly database"):
        await read_only.set_aside(BATTLE)
    await read_only.close()


async def test_a_file_that_is_no_database_is_gone(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"not a database at all, and long enough to be looked at twice" * 50)
    archive = SqlArchive(archive_url(tmp_path, None))
    with pytest.raises(StoreGone, match="file is not a database"):
        await archive.battles()
    await archive.close()


async def test_an_archive_of_a_newer_program_is_left_alone(archive: SqlArchive, tmp_path: Path) -> None:
    await archive.put(BATTLE, "1", 0, ENTRIES)
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from the future'")
    connection.close()
    later = SqlArchive(archive_url(tmp_path, None))
    with pytest.raises(StoreGone, match="from the future"):
        await later.battles()
    await later.close()


# --- tables --------------------------------------------------------------------------------------------------------------


async def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))

    database = Database(archive_url(tmp_path, None))
    async with database.transaction() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    database = Database(archive_url(tmp_path, None))
    async with database.transaction() as connection:
        await connection.execute(text("INSERT INTO battles (battle, pin, epoch, set_aside) VALUES ('b', '1', 0, false)"))
    async with database.transaction() as connection:
        await connection.run_sync(migrate)
        assert (await connection.execute(text("SELECT count(*) FROM battles"))).scalar_one() == 1
    await database.close()


async def test_what_is_asked_at_once_at_the_beginning_opens_it_once(archive: SqlArchive) -> None:
    assert await asyncio.gather(*(archive.head(BATTLE) for _ in range(3))) == [Head()] * 3


WRITER = """
import asyncio, sys
from pathlib import Path
from tests.stores.test_archive import BATTLE, ENTRIES, SqlArchive, StoreGone, archive_url

async def write():
    archive = SqlArchive(archive_url(Path(sys.argv[1]), None))
    sys.stdin.readline()
    while True:  # whoever comes second in a race is told so and tries again, as the archiving does
        try:
            await archive.put(BATTLE, "1", 0, ENTRIES)
            return await archive.close()
        except StoreGone:
            await asyncio.sleep(0.01)

asyncio.run(write())
"""


async def test_processes_that_open_one_archive_at_once_write_the_same_once(archive: SqlArchive, tmp_path: Path) -> None:
    command = (sys.executable, "-c", WRITER, str(tmp_path))
    root = Path(__file__).parents[2]
    writers = [await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, cwd=root) for _ in range(3)]
    async with asyncio.timeout(30):
        await asyncio.gather(*(writer.communicate(b"go\n") for writer in writers))
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert [entry async for entry in archive.read(BATTLE)] == ENTRIES
    assert await archive.battles() == {BATTLE: "1"}

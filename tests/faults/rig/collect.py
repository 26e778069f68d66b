"""What the checker needs beside the histories: the ledger while the store still runs, the archive when the server has stopped."""

from pathlib import Path

from quizserver.battle.ids import BattleId
from quizserver.services.ports import Entry
from quizserver.stores.archive import SqlArchive
from quizserver.stores.running_store import running_ledger
from quizserver.stores.sql_source import archive_url
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.history import read

AT_ONCE = 1000


async def ledger_of(battle: BattleId, data: Path, redis_url: str | None = None) -> tuple[list[Entry], int]:
    """All entries of a running store as they stand, also where they do not continue each other; and the epoch of its head."""
    async with running_ledger(data, redis_url) as ledger:
        assert ledger, f"no server runs on {data}"
        entries: list[Entry] = []
        while not len(entries) % AT_ONCE:
            some = await ledger.read(battle, entries[-1].version if entries else 0, AT_ONCE)
            if not some:
                break
            entries += some
        return entries, (await ledger.head(battle)).epoch


async def archive_of(battle: BattleId, data: Path, database_url: str | None = None) -> list[Entry]:
    """All archived entries; to be asked after the server has stopped."""
    archive = SqlArchive(archive_url(data, database_url))
    try:
        return [entry async for entry in archive.read(battle)]
    finally:
        await archive.close()


async def evidence(battle: BattleId, data: Path, books: Path, ledger: list[Entry], epochs: int) -> Evidence:
    """Everything together; `ledger` and `epochs` of `ledger_of`, from before the stop."""
    return Evidence(list(read(books)), ledger, await archive_of(battle, data), epochs)

"""Entries in the archive, within one transaction. A battle may have several pasts in it; one of them is going on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from quizserver.battle.ids import BattleId
from quizserver.services.entries import link
from quizserver.services.ports import BrokenChain, Entry, Head
from quizserver.stores.tables import BattleRow, EntryRow

WRITE_AT_ONCE = 1000  # rows a statement; SQLite takes 32,766 values in one


@dataclass(frozen=True, slots=True)
class Past:
    """The past of a battle that is going on, as it is archived; `number` stands for it in all tables."""

    number: int
    head: Head


async def past_of(connection: AsyncConnection, battle: BattleId) -> Past | None:
    """None for a battle that nothing is archived of."""
    going_on = col(BattleRow.battle) == battle, ~col(BattleRow.set_aside)
    found = (await connection.execute(select(col(BattleRow.number), col(BattleRow.epoch)).where(*going_on))).first()
    if found is None:
        return None
    newest = select(col(EntryRow.version), col(EntryRow.hash)).where(col(EntryRow.number) == found.number)
    last = (await connection.execute(newest.order_by(col(EntryRow.version).desc()).limit(1))).first()
    return Past(found.number, Head(found.epoch, last.version, last.hash) if last else Head(found.epoch))


async def begun(connection: AsyncConnection, battle: BattleId, pin: str) -> Past:
    """A new past without entries."""
    await connection.execute(insert(BattleRow).values(battle=battle, pin=pin, epoch=0, set_aside=False))
    past = await past_of(connection, battle)
    assert past is not None
    return past


def continuing(head: Head, entries: Sequence[Entry]) -> list[Entry]:
    """Those that are not archived yet. Raises BrokenChain where they, or the last known one among them, do not fit."""
    new: list[Entry] = []
    for entry in entries:
        if entry.version < head.version or (entry.version, entry.hash) == (head.version, head.hash):
            continue
        if entry.version != head.version + 1 or entry.hash != link(head.hash, entry.body):
            raise BrokenChain(f"entry {entry.version} does not continue entry {head.version} of the archive")
        head = Head(head.epoch, entry.version, entry.hash)
        new.append(entry)
    return new


async def add(connection: AsyncConnection, past: Past, epoch: int, entries: Sequence[Entry]) -> None:
    """Entries that continue this past."""
    for start in range(0, len(entries), WRITE_AT_ONCE):
        rows = [_columns(past.number, entry) for entry in entries[start : start + WRITE_AT_ONCE]]
        await connection.execute(insert(EntryRow), rows)
    if past.head.epoch != epoch:
        await connection.execute(update(BattleRow).where(col(BattleRow.number) == past.number).values(epoch=epoch))


async def read(connection: AsyncConnection, past: Past, after: int, most: int) -> list[Entry]:
    """Entries with version > after, in order."""
    wanted = select(col(EntryRow.version), col(EntryRow.body), col(EntryRow.hash), col(EntryRow.beside))
    here = wanted.where(col(EntryRow.number) == past.number, col(EntryRow.version) > after)
    return [Entry(*row) for row in await connection.execute(here.order_by(col(EntryRow.version)).limit(most))]


def _columns(number: int, entry: Entry) -> dict[str, Any]:
    return {"number": number, "version": entry.version, "hash": entry.hash, "body": entry.body, "beside": entry.beside}

"""The rows of people in the archive's database, within one transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from quizserver.battle.announcements import Announced, Fate, Said
from quizserver.battle.ids import BattleId, VenueId
from quizserver.services.ports import Tally
from quizserver.stores.inserting import insert_new
from quizserver.stores.tables import AnnouncedRow, RepresentativeRow

_SAID = ("name", "captain", "people", "venue", "contact")
_KEPT = ("at_ms", "fate", "into", "source", "link", "revision")
_NAMES = ("id", *_SAID, *_KEPT)
_COLUMNS = [getattr(AnnouncedRow, name) for name in _NAMES]
_OF = col(AnnouncedRow.battle), col(AnnouncedRow.id)


async def of_battle(connection: AsyncConnection, battle: BattleId) -> Sequence[Announced]:
    wanted = select(*_COLUMNS).where(_OF[0] == battle).order_by(col(AnnouncedRow.at_ms), _OF[1])
    return [_read(*row) for row in await connection.execute(wanted)]


def _read(id: str, name: str, captain: str, people: int, venue: Any, contact: str, at_ms: int, fate: str, *kept: Any) -> Announced:
    """Values in the order of _NAMES, without a look at these: a battle has thousands of rows. Raises ValueError."""
    return Announced(id, Said(name, captain, people, venue, contact), at_ms, Fate(fate), *kept)


async def tally(connection: AsyncConnection, battle: BattleId) -> Tally:
    undecided = func.count().filter(col(AnnouncedRow.fate) == Fate.WAITING.value)
    wanted = select(func.count(), func.coalesce(func.sum(col(AnnouncedRow.revision)), 0), undecided).where(_OF[0] == battle)
    rows, revisions, waiting = (await connection.execute(wanted)).one()
    return Tally(rows + revisions, waiting)


async def by_link(connection: AsyncConnection, link: str) -> tuple[BattleId, Announced] | None:
    wanted = select(_OF[0], *_COLUMNS).where(col(AnnouncedRow.link) == link)
    row = (await connection.execute(wanted)).first() if link else None
    return row and (BattleId(row.battle), _read(*row[1:]))


async def add(connection: AsyncConnection, battle: BattleId, rows: Sequence[Announced]) -> None:
    if rows:
        await insert_new(connection, AnnouncedRow, [{"battle": battle, **plain(row)} for row in rows])


async def change(connection: AsyncConnection, battle: BattleId, row: Announced) -> bool:
    here = _OF[0] == battle, _OF[1] == row.id, col(AnnouncedRow.revision) == row.revision
    changed = await connection.execute(update(AnnouncedRow).where(*here).values({**plain(row), "revision": row.revision + 1}))
    return bool(changed.rowcount)


async def representatives(connection: AsyncConnection, battle: BattleId) -> Mapping[VenueId, str]:
    wanted = select(col(RepresentativeRow.venue), col(RepresentativeRow.name)).where(col(RepresentativeRow.battle) == battle)
    return {VenueId(venue): name for venue, name in await connection.execute(wanted)}


async def name_representative(connection: AsyncConnection, battle: BattleId, venue: VenueId, name: str) -> None:
    here = col(RepresentativeRow.battle) == battle, col(RepresentativeRow.venue) == venue
    await connection.execute(delete(RepresentativeRow).where(*here))
    if name:
        await insert_new(connection, RepresentativeRow, [{"battle": battle, "venue": venue, "name": name}])


async def forget(connection: AsyncConnection, battle: BattleId) -> None:
    await connection.execute(delete(AnnouncedRow).where(_OF[0] == battle))
    await connection.execute(delete(RepresentativeRow).where(col(RepresentativeRow.battle) == battle))


def plain(row: Announced) -> dict[str, Any]:
    """A row as plain values; `announced` reads it again."""
    said = {name: getattr(row.said, name) for name in _SAID}
    return {"id": row.id, **said, **{name: getattr(row, name) for name in _KEPT}, "fate": row.fate.value}


def announced(row: Mapping[str, Any]) -> Announced:
    """Raises KeyError, ValueError for what is none."""
    return _read(*(row[name] for name in _NAMES))

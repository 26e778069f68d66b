"""People in SQL, in the database of the archive."""

from collections.abc import Mapping, Sequence

from quizserver.battle.announcements import Announced
from quizserver.battle.ids import BattleId, VenueId
from quizserver.services.ports import Tally
from quizserver.stores import announced_rows
from quizserver.stores.database import Database


class SqlAnnouncements:
    """The port `Announcements`. `database`: the archive's; whoever opened it closes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_battle(self, battle: BattleId) -> Sequence[Announced]:
        async with self._database.transaction() as connection:
            return await announced_rows.of_battle(connection, battle)

    async def tally(self, battle: BattleId) -> Tally:
        async with self._database.transaction() as connection:
            return await announced_rows.tally(connection, battle)

    async def add(self, battle: BattleId, rows: Sequence[Announced]) -> None:
        async with self._database.transaction() as connection:
            await announced_rows.add(connection, battle, rows)

    async def change(self, battle: BattleId, row: Announced) -> bool:
        async with self._database.transaction() as connection:
            return await announced_rows.change(connection, battle, row)

    async def by_link(self, link: str) -> tuple[BattleId, Announced] | None:
        async with self._database.transaction() as connection:
            return await announced_rows.by_link(connection, link)

    async def representatives(self, battle: BattleId) -> Mapping[VenueId, str]:
        async with self._database.transaction() as connection:
            return await announced_rows.representatives(connection, battle)

    async def name_representative(self, battle: BattleId, venue: VenueId, name: str) -> None:
        async with self._database.transaction() as connection:
            await announced_rows.name_representative(connection, battle, venue, name)

"""The archive in SQL: the same entries to the byte, the answers in boxes that are still open, and each battle's secret. What is
known of people is kept beside it."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.engine import URL
from sqlmodel import col

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import BattleId, QuestionId
from quizserver.services.ports import Entry, Head, Recorded
from quizserver.stores import archived_answers, archived_entries, archived_secrets
from quizserver.stores.announcements import SqlAnnouncements
from quizserver.stores.archived_entries import past_of
from quizserver.stores.database import Database
from quizserver.stores.tables import BattleRow

READ_AT_ONCE = 500  # entries; one of answers has up to 100 KB

Box = tuple[QuestionId, int]


class SqlArchive:
    """The port `Archive`. `url`: of sql_source.archive_url. Close it with `close`."""

    def __init__(self, url: URL) -> None:
        self._database = Database(url)
        self.close = self._database.close
        self.announcements = SqlAnnouncements(self._database)

    async def put(self, battle: BattleId, pin: str, epoch: int, entries: Sequence[Entry]) -> None:
        async with self._database.transaction() as connection:
            past = await past_of(connection, battle)
            if new := archived_entries.continuing(past.head if past else Head(), entries):
                past = past or await archived_entries.begun(connection, battle, pin)
                await archived_entries.add(connection, past, epoch, new)

    async def set_aside(self, battle: BattleId) -> None:
        async with self._database.transaction() as connection:
            if past := await past_of(connection, battle):
                await archived_answers.forget_all(connection, past.number)
                await connection.execute(update(BattleRow).where(col(BattleRow.number) == past.number).values(set_aside=True))

    async def head(self, battle: BattleId) -> Head:
        async with self._database.transaction() as connection:
            past = await past_of(connection, battle)
        return past.head if past else Head()

    async def battles(self) -> Mapping[BattleId, str]:
        wanted = select(col(BattleRow.battle), col(BattleRow.pin)).where(~col(BattleRow.set_aside))
        async with self._database.transaction() as connection:
            return {BattleId(battle): pin for battle, pin in await connection.execute(wanted.order_by(col(BattleRow.number)))}

    async def read(self, battle: BattleId) -> AsyncIterator[Entry]:
        """Holds some hundred entries, and no transaction while they are looked at."""
        after = 0
        while entries := await self._read_some(battle, after):
            for entry in entries:
                yield entry
            after = entries[-1].version

    async def _read_some(self, battle: BattleId, after: int) -> list[Entry]:
        async with self._database.transaction() as connection:
            past = await past_of(connection, battle)
            return await archived_entries.read(connection, past, after, READ_AT_ONCE) if past else []

    async def put_answers(self, battle: BattleId, answers: Sequence[Recorded]) -> None:
        async with self._database.transaction() as connection:
            if past := await past_of(connection, battle):
                await archived_answers.add(connection, past.number, answers)

    async def answers(self, battle: BattleId) -> Mapping[Box, Sequence[AnswerRow]]:
        async with self._database.transaction() as connection:
            past = await past_of(connection, battle)
            return await archived_answers.by_box(connection, past.number) if past else {}

    async def forget_answers(self, battle: BattleId, boxes: Collection[Box]) -> None:
        async with self._database.transaction() as connection:
            if past := await past_of(connection, battle):
                await archived_answers.forget(connection, past.number, boxes)

    async def put_secret(self, battle: BattleId, secret: bytes) -> None:
        async with self._database.transaction() as connection:
            await archived_secrets.put(connection, battle, secret)

    async def secret(self, battle: BattleId) -> bytes | None:
        async with self._database.transaction() as connection:
            return await archived_secrets.of_battle(connection, battle)

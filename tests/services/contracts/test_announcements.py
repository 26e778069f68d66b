"""The port `Announcements`: in memory, and in the archive's database."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from quizserver.battle.announcements import Announced, Fate, Said
from quizserver.battle.ids import BattleId, VenueId
from quizserver.services.announcing import Announcing
from quizserver.services.ports import Announcements
from quizserver.spreadsheets.opened import opened
from quizserver.stores import announced_rows
from quizserver.stores.archive import SqlArchive
from quizserver.stores.database import Database
from quizserver.stores.sql_source import archive_url
from tests.support.battles import Evening, a_round
from tests.support.fakes.announcements import FakeAnnouncements

BATTLE, OTHER, HALL = BattleId("one"), BattleId("other"), VenueId("hall")
GEESE = Announced("g", Said("Гуси", "Анна", 5, HALL, "+7"), 2**41, link="hash of a link")
SWANS = Announced("s", Said("Лебеди", "Олег", 7), 2**41 - 1, source="a line")


@pytest.fixture(params=["memory", "sqlite"])
async def people(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Announcements]:
    if request.param == "memory":
        yield FakeAnnouncements()
        return
    archive = SqlArchive(archive_url(tmp_path, None))
    yield archive.announcements
    await archive.close()


async def test_what_is_added_is_there_as_it_was_oldest_first_and_once(people: Announcements) -> None:
    await people.add(BATTLE, [])
    await people.add(BATTLE, [GEESE, SWANS])
    await people.add(BATTLE, [replace(GEESE, said=SWANS.said)])
    assert await people.of_battle(BATTLE) == [SWANS, GEESE]
    assert await people.of_battle(OTHER) == []


async def test_a_line_of_a_file_is_added_once_to_a_battle_and_what_no_file_says_as_often_as_it_comes(people: Announcements) -> None:
    await people.add(BATTLE, [SWANS, GEESE])
    await people.add(BATTLE, [replace(SWANS, id="again"), replace(GEESE, id="h")])
    await people.add(OTHER, [SWANS])
    assert {row.id for row in await people.of_battle(BATTLE)} == {"s", "g", "h"}
    assert await people.of_battle(OTHER) == [SWANS]


async def test_a_change_on_what_somebody_else_has_changed_is_refused(people: Announcements) -> None:
    await people.add(BATTLE, [GEESE])
    assert await people.change(BATTLE, replace(GEESE, fate=Fate.REFUSED))
    assert not await people.change(BATTLE, replace(GEESE, fate=Fate.WITHDRAWN))
    assert not await people.change(BATTLE, SWANS)
    assert await people.of_battle(BATTLE) == [replace(GEESE, fate=Fate.REFUSED, revision=1)]


async def test_a_tally_is_another_one_after_whatever_happens_and_counts_the_undecided(people: Announcements) -> None:
    assert await people.tally(BATTLE) == (0, 0)
    await people.add(BATTLE, [GEESE, SWANS])
    await people.add(OTHER, [GEESE])
    assert await people.tally(BATTLE) == (2, 2)
    await people.change(BATTLE, replace(GEESE, fate=Fate.REFUSED))
    assert await people.tally(BATTLE) == (3, 1)


async def test_a_private_link_leads_to_one_announcement_and_no_link_to_none(people: Announcements) -> None:
    await people.add(BATTLE, [GEESE, SWANS])
    assert await people.by_link("hash of a link") == (BATTLE, GEESE)
    assert await people.by_link("") is await people.by_link("another") is None


async def test_a_venue_has_one_representative_or_none(people: Announcements) -> None:
    await people.name_representative(BATTLE, HALL, "Анна")
    await people.name_representative(BATTLE, HALL, "Олег")
    await people.name_representative(BATTLE, VenueId("club"), "Вера")
    assert await people.representatives(BATTLE) == {HALL: "Олег", VenueId("club"): "Вера"}
    await people.name_representative(BATTLE, HALL, "")
    assert await people.representatives(BATTLE) == {VenueId("club"): "Вера"}


async def test_a_file_that_is_taken_twice_at_the_same_moment_is_taken_once(
    people: Announcements, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, all_of_them = people.of_battle, asyncio.Barrier(3)

    async def while_others_read(battle: BattleId) -> Sequence[Announced]:
        rows = await read(battle)
        await all_of_them.wait()
        return rows

    monkeypatch.setattr(people, "of_battle", while_others_read)
    state, announcing = Evening(a_round("r1", "one")).state, Announcing(people, lambda: 1)
    tables = opened("\n".join(f"Команда {n};Капитан {n};5" for n in range(50)).encode())
    told = await asyncio.gather(*(announcing.take_in(BATTLE, state, tables, really=True) for _ in range(3)))
    assert sorted((each["new"], each["known"]) for each in told) == [(0, 50), (0, 50), (50, 0)]
    assert len(await read(BATTLE)) == 50


async def test_rows_that_an_older_archive_has_twice_stay_and_one_keeps_its_line(tmp_path: Path) -> None:
    database = Database(archive_url(tmp_path, None))
    async with database.transaction() as connection:
        await connection.execute(text("DROP INDEX announced_once"))
        await connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
        for id in ("b", "a"):
            await announced_rows.add(connection, BATTLE, [replace(SWANS, id=id)])
    await database.close()
    archive = SqlArchive(archive_url(tmp_path, None))
    rows = await archive.announcements.of_battle(BATTLE)
    await archive.close()
    assert [(row.id, row.source) for row in rows] == [("a", "a line"), ("b", "")]


async def test_an_archive_of_the_version_before_is_brought_up_to_date_with_all_it_has(tmp_path: Path) -> None:
    database = Database(archive_url(tmp_path, None))
    async with database.transaction() as connection:
        await connection.execute(text("INSERT INTO battles (battle, pin, epoch, set_aside) VALUES ('b', '1', 0, false)"))
        for table in ("announced", "representatives"):
            await connection.execute(text(f"DROP TABLE {table}"))
        await connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    await database.close()
    archive = SqlArchive(archive_url(tmp_path, None))
    await archive.announcements.add(BATTLE, [GEESE])
    assert (await archive.announcements.of_battle(BATTLE), await archive.battles()) == ([GEESE], {BattleId("b"): "1"})
    await archive.close()

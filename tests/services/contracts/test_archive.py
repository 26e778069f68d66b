"""The port `Archive`: in memory, on SQLite, and on the PostgreSQL that QUIZ_TEST_POSTGRES names, if it names one."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, TeamId
from quizserver.battle.questions import Plain
from quizserver.services.ports import Archive, BrokenChain, Entry, Head, Recorded, Verdict
from quizserver.stores import archive as archive_module
from quizserver.stores import archived_answers, archived_entries
from quizserver.stores.archive import SqlArchive
from quizserver.stores.sql_source import archive_url, engine_for
from tests.support.chains import chain, head_after
from tests.support.fakes.archive import FakeArchive

POSTGRES = os.environ.get("QUIZ_TEST_POSTGRES", "")
BATTLE, OTHER = BattleId("one"), BattleId("other")
QUESTION = QuestionId("question")
ENTRIES = chain(Head(), "first", "second", "third", beside=b"names")


@pytest.fixture(params=["memory", "sqlite", *(["postgres"] if POSTGRES else [])])
async def archive(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Archive]:
    if request.param == "memory":
        yield FakeArchive()
        return
    url = archive_url(tmp_path, POSTGRES if request.param == "postgres" else None)
    await empty(url)
    opened = SqlArchive(url)
    yield opened
    await opened.close()


async def empty(url: URL) -> None:
    if url.get_backend_name() == "postgresql":
        engine = engine_for(url)
        async with engine.begin() as connection:
            await connection.execute(text("DROP TABLE IF EXISTS answers, entries, battles, secrets, alembic_version"))
        await engine.dispose()


async def read(archive: Archive, battle: BattleId = BATTLE) -> list[Entry]:
    return [entry async for entry in archive.read(battle)]


# --- entries -------------------------------------------------------------------------------------------------------------


async def test_what_was_put_is_read_to_the_byte(archive: Archive) -> None:
    await archive.put(BATTLE, "123", 4, ENTRIES[:2])
    await archive.put(BATTLE, "123", 4, ENTRIES[2:])
    assert await read(archive) == ENTRIES
    assert await archive.head(BATTLE) == Head(4, 3, ENTRIES[2].hash)
    assert await archive.battles() == {BATTLE: "123"}


async def test_nothing_is_known_of_an_unknown_battle(archive: Archive) -> None:
    await archive.put(BATTLE, "123", 0, [])
    assert await archive.battles() == {}
    assert await archive.head(BATTLE) == Head()
    assert await read(archive) == []
    assert await archive.answers(BATTLE) == {}
    await archive.set_aside(BATTLE)
    await archive.put_answers(BATTLE, [recorded()])
    await archive.forget_answers(BATTLE, [(QUESTION, 1)])
    assert await archive.answers(BATTLE) == {}


async def test_known_entries_are_skipped(archive: Archive) -> None:
    await archive.put(BATTLE, "123", 0, ENTRIES[:2])
    await archive.put(BATTLE, "123", 0, ENTRIES[:1])
    await archive.put(BATTLE, "123", 0, ENTRIES)
    assert await read(archive) == ENTRIES


@pytest.mark.parametrize(
    "entries",
    [
        chain(head_after(Head(), ENTRIES), "fifth", "sixth")[1:],
        chain(Head(), "another first", "another second", "another third"),
        chain(Head(2, 3, "f" * 64), "fourth"),
    ],
    ids=["a hole", "another past", "another hash"],
)
async def test_entries_that_do_not_continue_are_refused_and_change_nothing(archive: Archive, entries: list[Entry]) -> None:
    await archive.put(BATTLE, "123", 0, ENTRIES)
    with pytest.raises(BrokenChain):
        await archive.put(BATTLE, "123", 1, entries)
    assert await read(archive) == ENTRIES
    assert await archive.head(BATTLE) == Head(0, 3, ENTRIES[2].hash)


async def test_an_entry_that_breaks_off_in_the_middle_takes_all_of_its_batch_with_it(archive: Archive) -> None:
    broken = [*ENTRIES[:2], Entry(3, b"other", ENTRIES[2].hash)]
    with pytest.raises(BrokenChain):
        await archive.put(BATTLE, "123", 0, broken)
    assert await archive.head(BATTLE) == Head()


async def test_the_epoch_rises_with_the_entries(archive: Archive) -> None:
    await archive.put(BATTLE, "123", 0, ENTRIES[:1])
    await archive.put(BATTLE, "123", 3, ENTRIES)
    assert (await archive.head(BATTLE)).epoch == 3


async def test_battles_are_kept_apart_and_listed_oldest_first(archive: Archive) -> None:
    await archive.put(OTHER, "999", 0, ENTRIES[:1])
    await archive.put(BATTLE, "123", 0, ENTRIES)
    assert list((await archive.battles()).items()) == [(OTHER, "999"), (BATTLE, "123")]
    assert await read(archive, OTHER) == ENTRIES[:1]


async def test_a_past_that_is_set_aside_is_no_longer_the_battles(archive: Archive) -> None:
    await archive.put(BATTLE, "123", 0, ENTRIES)
    await archive.put_answers(BATTLE, [recorded()])
    await archive.set_aside(BATTLE)
    assert await archive.battles() == {}
    assert await archive.answers(BATTLE) == {}
    another = chain(Head(), "another first")
    await archive.put(BATTLE, "123", 1, another)
    assert await read(archive) == another
    await archive.set_aside(BATTLE)
    assert await archive.head(BATTLE) == Head()


async def test_a_long_ledger_is_written_and_read_in_parts(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archived_entries, "WRITE_AT_ONCE", 7)
    monkeypatch.setattr(archive_module, "READ_AT_ONCE", 4)
    entries = chain(Head(), *map(str, range(30)))
    await archive.put(BATTLE, "123", 0, entries)
    assert await read(archive) == entries


# --- answers -------------------------------------------------------------------------------------------------------------


def recorded(number: int = 1, value: Plain = "42", opening: int = 1, stamp_ms: int = 1_700_000_000_000) -> Recorded:
    answer = AnswerId(f"{number:032x}")
    return Recorded(Verdict.RECORDED, answer, TeamId("gulls"), QUESTION, opening, number, stamp_ms, value)


def row(number: int = 1, value: Plain = "42", stamp_ms: int = 1_700_000_000_000) -> AnswerRow:
    return AnswerRow(TeamId("gulls"), AnswerId(f"{number:032x}"), number, stamp_ms, value)


@pytest.fixture
async def begun(archive: Archive) -> Archive:
    await archive.put(BATTLE, "123", 0, ENTRIES)
    return archive


async def test_answers_come_back_by_box_in_canonical_order(begun: Archive) -> None:
    await begun.put_answers(BATTLE, [recorded(1, stamp_ms=30), recorded(2, stamp_ms=20), recorded(3, opening=2)])
    assert await begun.answers(BATTLE) == {(QUESTION, 1): (row(2, stamp_ms=20), row(1, stamp_ms=30)), (QUESTION, 2): (row(3),)}


@pytest.mark.parametrize("value", ["Ту-104", "", ("a", "b"), 7, True, None, {"a": ("b", {"c": 1})}])
async def test_a_value_comes_back_as_it_was(begun: Archive, value: Plain) -> None:
    await begun.put_answers(BATTLE, [recorded(value=value)])
    [(only,)] = (await begun.answers(BATTLE)).values()
    assert only == row(value=value)


async def test_a_known_answer_stays_as_it_is(begun: Archive) -> None:
    await begun.put_answers(BATTLE, [recorded(), recorded(2)])
    await begun.put_answers(BATTLE, [recorded(value="43"), recorded(3)])
    assert await begun.answers(BATTLE) == {(QUESTION, 1): (row(), row(2), row(3))}
    await begun.put_answers(BATTLE, [])


async def test_answers_of_sealed_boxes_are_forgotten_and_no_others(begun: Archive) -> None:
    await begun.put(OTHER, "999", 0, ENTRIES)
    for battle in (BATTLE, OTHER):
        await begun.put_answers(battle, [recorded(), recorded(2, opening=2)])
    await begun.forget_answers(BATTLE, [])
    await begun.forget_answers(BATTLE, [(QUESTION, 1), (QUESTION, 9)])
    assert set(await begun.answers(BATTLE)) == {(QUESTION, 2)}
    assert set(await begun.answers(OTHER)) == {(QUESTION, 1), (QUESTION, 2)}


async def test_many_answers_are_written_in_parts(begun: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archived_answers, "WRITE_AT_ONCE", 3)
    await begun.put_answers(BATTLE, [recorded(number) for number in range(10)])
    assert len((await begun.answers(BATTLE))[QUESTION, 1]) == 10


# --- secrets -------------------------------------------------------------------------------------------------------------


async def test_the_first_secret_of_a_battle_is_kept_whatever_becomes_of_its_past(begun: Archive) -> None:
    await begun.put_secret(BATTLE, b"first")
    await begun.put_secret(BATTLE, b"second")
    await begun.set_aside(BATTLE)
    assert await begun.secret(BATTLE) == b"first"
    assert await begun.secret(OTHER) is None

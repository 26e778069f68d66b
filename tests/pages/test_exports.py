"""`export` and `verify` as the command line calls them: from a running server, from the archive alone, and in words for people."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.events import Name
from quizserver.battle.ids import BattleId, RoundId, ScorekeeperId, TeamId
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.sheets import Operation
from quizserver.exports import CannotExport, export, report, verify_file
from quizserver.services.battles import LiveBattle
from quizserver.services.clock import BattleClock
from quizserver.services.ports import Head
from quizserver.services.verifying import Differs
from quizserver.stores import clients
from quizserver.stores.archive import SqlArchive
from quizserver.stores.embedded import start_redis
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.presence import RedisPresence
from quizserver.stores.sql_source import archive_url
from tests.services.evening import BATTLE, CHOICE, FIRST, HALL, NUMBER, PIN, Evening, creation, join, played

ENTRIES = played().entries()


async def archived(data: Path, upto: int = len(ENTRIES), battle: str = BATTLE) -> None:
    archive = SqlArchive(archive_url(data, None))
    await archive.put(BattleId(battle), PIN, 0, ENTRIES[:upto])
    await archive.close()


def names(folder: Path) -> list[str]:
    """What is in a folder beside the archive."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("archive.db"))


@pytest.mark.parametrize("wanted", [BATTLE, PIN])
async def test_without_a_server_a_battle_is_exported_from_the_archive(tmp_path: Path, wanted: str) -> None:
    await archived(tmp_path)
    exported = await export(wanted, tmp_path / "file", tmp_path)
    verified = verify_file(tmp_path / "file", exported.code)
    assert verified.head.version == exported.entries == len(ENTRIES)
    assert str(exported) == f"Battle {PIN}: {len(ENTRIES)} entries up to code {verified.code}, read from the archive."


async def test_while_a_server_runs_a_battle_is_exported_from_it(tmp_path: Path) -> None:
    await archived(tmp_path, upto=5)
    server = await start_redis(tmp_path, None)
    try:
        async with clients.for_commands(server.url) as redis:
            await RedisLedger(redis).register(BATTLE, PIN)
            await RedisLedger(redis).append(BATTLE, Head(), ENTRIES, [])
            await live(redis_url=server.url)
        exported = await export(PIN, tmp_path / "file", tmp_path)
        assert (exported.entries, exported.source) == (len(ENTRIES), "the running server")
        named = await export(PIN, tmp_path / "file", tmp_path, server.url)
        assert (named.entries, named.source) == (len(ENTRIES), "Redis")
        await archived(tmp_path, battle="old")
        old = await export("old", tmp_path / "file", tmp_path)
        assert old.source == "the archive"
    finally:
        await server.stop()


async def live(redis_url: str) -> LiveBattle:
    """The battle as a server knows it; it must be readable."""
    async with clients.for_commands(redis_url) as redis:
        battle = LiveBattle(BATTLE, RedisLedger(redis), BattleClock(RedisPresence(redis).now_ms))
        await battle.reload()
        return battle


async def test_of_several_battles_with_one_pin_the_newest_is_meant(tmp_path: Path) -> None:
    await archived(tmp_path, battle="older")
    await archived(tmp_path, battle="newer")
    assert (await export(PIN, tmp_path / "file", tmp_path)).battle == "newer"


async def test_a_battle_that_nobody_knows_is_a_sentence_with_those_there_are(tmp_path: Path) -> None:
    await archived(tmp_path)
    with pytest.raises(CannotExport, match=f"There is no battle 999: its PIN is one of {PIN}"):
        await export("999", tmp_path / "file", tmp_path)
    assert not (tmp_path / "file").exists()


async def test_a_folder_without_server_and_archive_is_a_sentence_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="No server runs on this data folder, and there is no archive in it"):
        await export(PIN, tmp_path / "file", tmp_path)
    assert names(tmp_path) == []


async def test_an_archive_without_battles_is_a_sentence(tmp_path: Path) -> None:
    archive = SqlArchive(archive_url(tmp_path, None))
    assert await archive.battles() == {}
    await archive.close()
    with pytest.raises(CannotExport, match="There is no battle yet"):
        await export(PIN, tmp_path / "file", tmp_path)


@pytest.mark.parametrize("database_url", ["nonsense", "sqlite:////dev/null/archive.db"])
async def test_an_archive_that_cannot_be_read_is_a_sentence(tmp_path: Path, database_url: str) -> None:
    with pytest.raises(CannotExport):
        await export(PIN, tmp_path / "file", tmp_path, None, database_url)


async def test_a_file_is_there_whole_or_as_it_was_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await archived(tmp_path)
    file = tmp_path / "file"
    file.write_text("before")
    with pytest.raises(CannotExport, match="could not be written"):
        await export(PIN, tmp_path / "no such folder" / "file", tmp_path)
    monkeypatch.setattr("quizserver.exports.export_lines", torn)
    with pytest.raises(CannotExport, match="No space left"):
        await export(PIN, file, tmp_path)
    assert file.read_text() == "before"
    assert names(tmp_path) == ["file"]


async def torn(*arguments: object) -> AsyncIterator[bytes]:
    yield b"the first line\n"
    raise OSError(28, "No space left on device")


# --- verifying -----------------------------------------------------------------------------------------------------------


async def test_a_report_names_the_battle_its_code_and_every_place(tmp_path: Path) -> None:
    await archived(tmp_path)
    await export(PIN, tmp_path / "file", tmp_path)
    verified = verify_file(tmp_path / "file")
    lines = report(verified).splitlines()
    assert lines[0].startswith(
        f"Every entry, seal and standing of battle «Evening» holds: {len(ENTRIES)} entries, the last of 2023-11-14"
    )
    assert lines[1] == f"Its code is {verified.code}."
    assert lines[2:] == ["   1      2.00  Team 3  (pending)", "   2      1.00  Team 2", "   3      0.50  Team 1"]


async def test_a_report_of_a_standing_that_is_not_whole_says_which_places_are_possible(tmp_path: Path) -> None:
    evening = Evening()
    evening.ask(creation(), join(1), join(2, Source.PAPER), ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())
    evening.ask(ask.CallLast(), ask.CloseAnswers())
    evening.ask(*(ask.SealBox(question=question, opening=1, rows=()) for question in (CHOICE, NUMBER)))
    evening.ask(ask.ConfirmCollected(venue=HALL, scope=FIRST), ask.Reveal(), ask.Reveal())
    archive = SqlArchive(archive_url(tmp_path, None))
    await archive.put(BATTLE, PIN, 0, evening.entries())
    await archive.close()
    await export(PIN, tmp_path / "file", tmp_path)
    lines = report(verify_file(tmp_path / "file")).splitlines()
    assert lines[2:] == ["   1      0.00  Team 1  (places 1-2 possible)", "   1      0.00  Team 2  (pending)"]


async def test_a_report_says_how_often_two_people_differed_where_marks_were_entered_twice(tmp_path: Path) -> None:
    evening = Evening()
    evening.ask(creation(BattleSettings(double_entry=True)), join(1), join(2, Source.PAPER), join(3, Source.PAPER))
    for who in ("anna", "boris"):
        evening.ask(ask.NameScorekeeper(scorekeeper=ScorekeeperId(who), venue=HALL, name=Name(who, "0" * 32)))
    entered = [("t2", "anna", "1"), ("t2", "boris", "0"), ("t3", "anna", "1"), ("t3", "boris", "1")]
    for at, (team, who, value) in enumerate(entered):
        mark = Operation(who, at, HALL, TeamId(team), RoundId(FIRST), CHOICE, ScorekeeperId(who), value)
        evening.ask(ask.EnterMarks(operations=(mark,)))
    archive = SqlArchive(archive_url(tmp_path, None))
    await archive.put(BATTLE, PIN, 0, evening.entries())
    await archive.close()
    await export(PIN, tmp_path / "file", tmp_path)
    lines = report(verify_file(tmp_path / "file")).splitlines()
    assert lines[-1].endswith(": 2 marks entered twice, 1 differed at first (50.0 %)")


async def test_a_report_of_an_untitled_battle_with_blanked_names_has_its_pin(tmp_path: Path) -> None:
    evening = Evening()
    evening.ask(creation(BattleSettings()), join(1), ask.AdjustPoints(team=TeamId("t1"), points=-5, reason="late"))
    archive = SqlArchive(archive_url(tmp_path, None))
    await archive.put(BATTLE, PIN, 0, [replace(entry, beside=b"") for entry in evening.entries()])
    await archive.close()
    await export(PIN, tmp_path / "file", tmp_path)
    lines = report(verify_file(tmp_path / "file")).splitlines()
    assert f"battle PIN {PIN} holds" in lines[0]
    assert lines[2] == "   1     -0.05  (blanked)"


def test_a_file_that_is_not_there_differs(tmp_path: Path) -> None:
    with pytest.raises(Differs, match="cannot be read"):
        verify_file(tmp_path / "nothing")

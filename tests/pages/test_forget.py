"""Names go from every store and from its files; the chain stays, and an export still proves the standing."""

from pathlib import Path

import pytest

from quizserver.battle.announcements import Announced, Said
from quizserver.battle.ids import BattleId, VenueId
from quizserver.exports import export, verify_file
from quizserver.forget import CannotForget, Wanted, forget
from quizserver.services.ports import Entry, Head
from quizserver.stores import clients
from quizserver.stores.archive import SqlArchive
from quizserver.stores.blanking import BlankingRedis
from quizserver.stores.embedded import start_redis
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.sql_source import archive_url
from tests.pages.test_command_line import said
from tests.services.evening import BATTLE, PIN, played
from tests.support import server
from tests.support.sockets import Device

ENTRIES = played().entries()
NAMED = sum(bool(entry.beside) for entry in ENTRIES)
WITHOUT = [Entry(each.version, each.body, each.hash) for each in ENTRIES]
THIS = Wanted(PIN)
PEOPLE: dict[str, tuple[str, str, int]] = {BATTLE: ("Gusi", "Anna Orlova", 5), "another": ("Utki", "Oleg Belov", 5)}


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A battle in Redis, and as much of it in the archive."""
    redis_server = await start_redis(tmp_path, None)
    async with clients.for_commands(redis_server.url) as redis:
        await RedisLedger(redis).register(BATTLE, PIN)
        await RedisLedger(redis).append(BATTLE, Head(), ENTRIES, [])
    await redis_server.stop()
    await archived(tmp_path)
    return tmp_path


async def archived(data: Path) -> None:
    archive = SqlArchive(archive_url(data, None))
    await archive.put(BATTLE, PIN, 0, ENTRIES)
    await archive.set_aside(BATTLE)
    await archive.put(BATTLE, PIN, 0, ENTRIES)
    for battle in (BATTLE, BattleId("another")):
        await archive.announcements.add(battle, [Announced(battle, Said(*PEOPLE[battle], contact="+7 999 123"), 1)])
        await archive.announcements.name_representative(battle, VenueId("hall"), f"Vera of {battle}")
    await archive.close()


def files_with(data: Path, name: str) -> list[str]:
    """In which files a name still stands."""
    return [path.name for path in data.rglob("*") if path.is_file() and name.encode() in path.read_bytes()]


async def test_names_go_from_ledger_archive_and_files_and_the_chain_stays(data: Path, tmp_path: Path) -> None:
    assert files_with(data, "Team 2") and files_with(data, "Anna Petrovna") and files_with(data, "Anna Orlova")
    [forgotten] = await forget(THIS, data)  # the archive has two pasts of it
    assert str(forgotten) == f"Battle {PIN} ({BATTLE}): {2 * NAMED} entries had names."
    assert files_with(data, "Team 2") == files_with(data, "Anna Petrovna") == []
    assert [files_with(data, each) for each in ("Gusi", "Anna Orlova", f"Vera of {BATTLE}")] == [[], [], []]
    assert files_with(data, "Oleg Belov") and files_with(data, "Vera of another")  # another battle's people stay
    exported = await export(PIN, tmp_path / "file", data)
    verified = verify_file(tmp_path / "file", exported.code)
    assert {team.name.text for team in verified.state.teams.values()} == {""}
    assert [(each.name.text, each.number) for each in verified.state.scorekeepers.values()] == [("", 1)]
    redis_server = await start_redis(data, None)
    async with clients.for_commands(redis_server.url) as redis:
        ledger = RedisLedger(redis)
        assert list(await ledger.read(BATTLE)) == WITHOUT
        assert (await ledger.head(BATTLE)).hash == ENTRIES[-1].hash
        assert await redis.keys("*without names*") == []
    await redis_server.stop()


async def test_forgetting_twice_finds_nothing_more(data: Path) -> None:
    await forget(THIS, data)
    assert [each.entries for each in await forget(THIS, data)] == [0]


async def test_what_is_appended_while_names_are_taken_out_stays_in_the_ledger(data: Path) -> None:
    redis_server = await start_redis(data, None)
    async with clients.for_commands(redis_server.url) as redis:
        await redis.flushall()
        ledger, blanking = RedisLedger(redis), BlankingRedis(redis)
        await ledger.append(BATTLE, Head(), ENTRIES[:10], [])
        read, waiting = blanking._ledger.read, [ENTRIES[10:]]

        async def read_while_it_goes_on(battle: str, after: int = 0, most: int = 1000) -> object:
            found = await read(BATTLE, after, most)
            if not found and waiting:
                await ledger.append(BATTLE, await ledger.head(BATTLE), waiting.pop(), [])
            return found

        blanking._ledger.read = read_while_it_goes_on  # type: ignore[method-assign, assignment]
        await blanking.blank(BATTLE)
        assert list(await ledger.read(BATTLE)) == WITHOUT
    await redis_server.stop()


async def test_only_battles_of_that_age_are_meant(data: Path) -> None:
    assert await forget(Wanted(older_than_days=100_000), data) == []
    assert await forget(Wanted("999"), data) == []
    assert [each.pin for each in await forget(Wanted(older_than_days=30), data)] == [PIN]


async def test_not_really_changes_nothing(data: Path) -> None:
    assert [each.pin for each in await forget(THIS, data, really=False)] == [PIN]
    assert files_with(data, "Team 2")


async def test_a_store_that_is_away_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotForget, match="Not all names are forgotten"):
        await forget(THIS, tmp_path, "redis://127.0.0.1:1/0")


def test_the_command_asks_for_yes_and_says_what_it_erased(tmp_path: Path) -> None:
    assert said("forget", "--data", tmp_path) == (1, "Name a battle, or the age of those that are meant with --older-than DAYS.\n")
    code, words = said("forget", "999", "--data", tmp_path)
    assert code == 1 and words.startswith("There is no such battle")


async def test_a_battle_goes_on_while_its_names_are_erased_and_after_the_next_start(tmp_path: Path) -> None:
    data, port = tmp_path / "data", server.free_port()
    with server.running(data, port=port) as quiz:
        team = await (await Device(quiz.socket).come()).join(quiz.pin, "Гуси")
        code, words = said("forget", quiz.pin, "--data", data)
        assert code == 1 and f"all teams of battle {quiz.pin}, for ever: add --yes" in words
        code, words = said("forget", quiz.pin, "--yes", "--data", data)
        assert code == 0 and "1 entries had names" in words, words
        second = await (await Device(quiz.socket).come()).join(quiz.pin, "Лебеди")
        quiz.stop()
    with server.running(data, port=port) as quiz:
        await team.come()
        await second.come()
        assert team.welcome["role"] == second.welcome["role"] == "team"
        await team.go()
        await second.go()

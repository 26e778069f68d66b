"""Each thing an evening stands on is examined, and what is not good comes with what to do."""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from quizserver.doctor import battles, machine
from quizserver.doctor.finding import Finding, Level, good
from quizserver.services.ports import Entry, Head
from quizserver.stores import clients
from quizserver.stores.archive import SqlArchive
from quizserver.stores.embedded import start_redis
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.sql_source import archive_url
from tests.services.evening import BATTLE, PIN, played
from tests.support import server
from tests.support.chains import chain

ENTRIES = played().entries()


# --- the machine ---------------------------------------------------------------------------------------------------------


def test_a_line_begins_with_how_an_evening_would_go() -> None:
    assert str(good("All is well.")) == "good: All is well."


def test_a_private_folder_is_good_and_one_that_others_read_is_warned_of(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert machine.data_folder(tmp_path).level is Level.GOOD
    assert machine.data_folder(tmp_path / "not" / "yet").level is Level.GOOD and not list(tmp_path.iterdir())
    tmp_path.chmod(0o755)
    found = machine.data_folder(tmp_path)
    assert found.level is Level.WARNING and found.sentence.endswith(f"run chmod 700 {tmp_path}.")


def test_a_folder_that_cannot_be_written_is_bad(tmp_path: Path) -> None:
    for look in (machine.data_folder, machine.fsync):
        found = look(Path("/proc"))
        assert found.level is Level.BAD and "--data" in found.sentence


@pytest.mark.parametrize(("free_gb", "level"), [(50, Level.GOOD), (0.5, Level.WARNING), (0.1, Level.BAD)])
def test_disk_space(free_gb: float, level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": int(free_gb * machine.GB)}))
    found = machine.disk_space(tmp_path)
    assert found.level is level and f"{free_gb:.1f} GB are free" in found.sentence


@pytest.mark.parametrize(("limit", "level"), [(1024, Level.BAD), (4096, Level.WARNING), (65536, Level.GOOD), (-1, Level.GOOD)])
def test_open_files(limit: int, level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda which: (limit, 20_000))
    found = machine.open_files()
    assert found.level is level and (level is Level.GOOD or "ulimit -n 20000" in found.sentence)


@pytest.mark.parametrize(("took_ms", "level"), [(2, Level.GOOD), (60, Level.WARNING), (150, Level.BAD)])
def test_the_disk_s_fsync_is_good_to_20_ms_and_bad_above_100(
    took_ms: float, level: Level, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "fsync_p99_ms", lambda folder: took_ms)
    found = machine.fsync(tmp_path)
    assert found.level is level and f"after {took_ms:.1f} ms" in found.sentence


def test_measuring_the_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    assert 0 < machine.fsync_p99_ms(tmp_path) < 5_000
    assert list(tmp_path.iterdir()) == []


def test_a_clock_that_is_set_while_we_look_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.steady_clock(0.01).level is Level.GOOD
    jumping = iter([1000.0, 1003.0])
    monkeypatch.setattr("time.time", lambda: next(jumping))
    assert machine.steady_clock(0.01).level is Level.WARNING


# --- the battles ---------------------------------------------------------------------------------------------------------


async def findings(data: Path, redis_url: str | None = None, database_url: str | None = None) -> Sequence[Finding]:
    return [each async for each in battles.examined(data, redis_url, database_url)]


async def archived(data: Path, entries: Sequence[Entry]) -> None:
    archive = SqlArchive(archive_url(data, None))
    await archive.put(BATTLE, PIN, 0, entries)
    await archive.close()


async def in_redis(data: Path, entries: Sequence[Entry]) -> None:
    redis_server = await start_redis(data, None)
    async with clients.for_commands(redis_server.url) as redis:
        await RedisLedger(redis).register(BATTLE, PIN)
        await RedisLedger(redis).append(BATTLE, Head(), entries, [])
    await redis_server.stop()


async def test_a_new_folder_is_good_and_nothing_is_made(tmp_path: Path) -> None:
    assert [each.level for each in await findings(tmp_path / "new")] == [Level.GOOD]
    assert not is_there(tmp_path / "new")


def is_there(path: Path) -> bool:
    return path.exists()


ARCHIVES: dict[str, tuple[Level, Callable[[], Sequence[Entry]]]] = {
    "in the ledger and in the archive": (Level.GOOD, lambda: ENTRIES),
    "entries behind": (Level.WARNING, lambda: ENTRIES[:5]),
    "another past": (Level.WARNING, lambda: chain(Head(), "another", "past")),
}


@pytest.mark.parametrize("sentence", ARCHIVES)
async def test_the_archive_is_held_against_the_ledger(sentence: str, tmp_path: Path) -> None:
    level, entries = ARCHIVES[sentence]
    await in_redis(tmp_path, ENTRIES)
    await archived(tmp_path, entries())
    clock, battle, archive = await findings(tmp_path)
    assert (clock.level, battle.level, archive.level) == (Level.GOOD, level, Level.GOOD)
    assert f"Battle {PIN}: all {len(ENTRIES)} entries hold" in battle.sentence and sentence in battle.sentence


async def test_an_archive_that_knows_more_and_battles_that_only_it_has_are_said(tmp_path: Path) -> None:
    await archived(tmp_path, ENTRIES)
    [only] = await findings(tmp_path)
    assert only.level is Level.WARNING and "brings it back" in only.sentence
    await in_redis(tmp_path, ENTRIES[:5])
    _, battle, _ = await findings(tmp_path)
    assert battle.level is Level.WARNING and f"the archive knows {len(ENTRIES) - 5} more" in battle.sentence


async def test_a_ledger_whose_chain_is_broken_is_bad(tmp_path: Path) -> None:
    await in_redis(tmp_path, [*ENTRIES[:3], replace(ENTRIES[3], body=ENTRIES[3].body.replace(b"1", b"2", 1))])
    _, battle = await findings(tmp_path)
    assert battle.level is Level.BAD and "entry 4 does not continue entry 3" in battle.sentence


async def test_a_battle_from_the_future_is_a_clock_that_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await in_redis(tmp_path, ENTRIES)
    monkeypatch.setattr("quizserver.doctor.battles.time.time_ns", lambda: 1_600_000_000_000_000_000)
    clock, battle = await findings(tmp_path)
    assert (clock.level, battle.level) == (Level.WARNING, Level.BAD)
    assert "set the clock right" in battle.sentence


async def test_what_cannot_be_asked_is_bad(tmp_path: Path) -> None:
    assert [each.level for each in await findings(tmp_path, "redis://127.0.0.1:1/0")] == [Level.BAD]
    assert [each.level for each in await findings(tmp_path, None, "nonsense")] == [Level.BAD]


def test_a_running_server_is_examined_and_plays_on(tmp_path: Path) -> None:
    with server.running(tmp_path / "data") as quiz:
        done = subprocess.run(server.command("doctor", "--data", tmp_path / "data"), capture_output=True, text=True, timeout=60)
        lines = done.stdout.splitlines()
        assert {line.split(":")[0] for line in lines} <= {level.value for level in Level}
        assert any(quiz.pin in line and line.startswith(("good", "warning")) for line in lines), lines
        assert done.returncode == any(line.startswith("bad") for line in lines)
        assert quiz.process.poll() is None
        assert not [path for path in (tmp_path / "data").iterdir() if path.name.startswith("tmp")]

"""The file of Redis has lost its end, or a bit of it is another: nobody goes on as if nothing had happened, and what was
acknowledged comes back from the archive, or from the servers that know it."""

import asyncio
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.faults.test_bad_surroundings import Evening, redis_of
from tests.faults.test_deleted_redis_files import archived
from tests.support.server import command, free_port, running


def appended(data: Path) -> Path:
    """The file Redis appends to."""
    (file,) = (data / "redis/appendonlydir").glob("*.incr.aof")
    return file


async def has_answer(evening: Evening, revision: int) -> None:
    """Its team's device comes back, and is told of its answer: this revision of it."""
    evening.team.mine = {}
    await evening.team.come()
    await evening.team.until(lambda: [each["revision"] for each in evening.team.mine.get("answers", {}).values()] == [revision])


@pytest.mark.parametrize("cut", ["3 bytes", "the answers"])
async def test_a_start_on_a_torn_tail_begins_another_epoch_with_all_that_the_archive_has(tmp_path: Path, cut: str) -> None:
    port, log = free_port(), list[str]()
    with running(tmp_path, port=port) as server:
        evening = await Evening(server).begin()
        battle, epoch = evening.host.view["battle"]["id"], evening.team.welcome["epoch"]
        before = appended(tmp_path).stat().st_size
        for option in (0, 1):
            assert (await evening.verdict(await evening.answer(option)))["verdict"] == "recorded"
        await archived(tmp_path, battle, 2)
        server.process.kill()
        server.process.wait()
        for device in (evening.host, evening.team, evening.guest):
            await device.go()
    torn = appended(tmp_path).stat().st_size - 3  # in the middle of a write, whatever it was
    os.truncate(appended(tmp_path), {"3 bytes": torn, "the answers": before}[cut])
    with running(tmp_path, port=port, log=log) as server:
        evening.server = server
        await has_answer(evening, 2)
        assert evening.team.welcome["epoch"] > epoch
        evening.host.token = server.host_key
        await evening.host.come()
        await evening.host.until(lambda: "restored" in evening.host.view.get("attention", {}))
        assert (await evening.verdict(await evening.answer(0)))["revision"] == 3
        await evening.host.go()
        await evening.team.go()
    assert [line for line in log if "came back from the archive" in line and battle in line], log
    assert cut == "the answers" or any("was cut off" in line for line in log), log


async def test_a_running_server_misses_answers_that_redis_came_back_without(tmp_path: Path) -> None:
    log: list[str] = []
    with running(tmp_path, log=log) as server:
        evening = await Evening(server).begin()
        epoch, before = evening.team.welcome["epoch"], appended(tmp_path).stat().st_size
        assert (await evening.verdict(await evening.answer(0)))["verdict"] == "recorded"
        os.kill(redis_of(tmp_path), signal.SIGKILL)
        os.truncate(appended(tmp_path), before)
        await evening.host.until(lambda: "restored" in evening.host.view["attention"])
        await has_answer(evening, 1)
        assert evening.team.welcome["epoch"] > epoch
        assert (await evening.verdict(await evening.answer(1)))["revision"] == 2
        await evening.end()
    assert len([line for line in log if "came back from the archive" in line]) == 1, log


def flip(file: Path, before: bytes, last: bool) -> None:
    """One bit of the byte in front of the first or the last of these."""
    data = bytearray(file.read_bytes())
    at = (data.rindex if last else data.index)(before) - 1
    data[at] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("where", ["in what happened", "in the form of the file"])
async def test_a_flipped_bit_is_found_at_the_start_and_the_archive_brings_the_battle_back(tmp_path: Path, where: str) -> None:
    port = free_port()
    with running(tmp_path, port=port) as server:
        evening = await Evening(server).begin()
        assert (await evening.verdict(await evening.answer(1)))["verdict"] == "recorded"
        await archived(tmp_path, evening.host.view["battle"]["id"], 1)
        await evening.end()
    flip(appended(tmp_path), b"AnswersOpened" if where == "in what happened" else b"\r\nXADD\r\n", last=False)
    start = command("run", "--port", str(port), "--data", tmp_path)
    refused = await asyncio.to_thread(subprocess.run, start, capture_output=True, text=True, timeout=30)
    assert refused.returncode != 0 and "Traceback" not in refused.stderr
    assert f"move {tmp_path / 'redis'} away" in refused.stderr.replace("\n", " "), refused.stderr
    shutil.move(tmp_path / "redis", tmp_path / "put aside")
    with running(tmp_path, port=port) as server:
        evening.server = server
        await has_answer(evening, 1)
        assert evening.team.welcome["epoch"] > 0
        await evening.team.go()

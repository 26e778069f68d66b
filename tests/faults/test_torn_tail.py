"""The last writes of Redis are cut off, as by a disk that lied: nobody goes on as if nothing had happened, and what was acknowledged
comes back from the archive, or from the servers that know it."""

import os
import signal
from pathlib import Path

import pytest

from tests.faults.test_bad_surroundings import Evening, redis_of
from tests.faults.test_deleted_redis_files import archived
from tests.support.server import free_port, running
from tests.support.sockets import Message


def appended(data: Path) -> Path:
    """The file Redis appends to."""
    (file,) = (data / "redis/appendonlydir").glob("*.incr.aof")
    return file


async def has_answer(evening: Evening, revision: int) -> Message:
    """What its team's device is told of its answer, as soon as it is this revision of it."""
    evening.team.mine = {}
    await evening.team.come()
    answers = lambda: list(evening.team.mine.get("answers", {}).values())  # noqa: E731
    await evening.team.until(lambda: [each["revision"] for each in answers()] == [revision])
    return answers()[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize("cut", ["37 bytes", "the answers", "the answers and half of what was before"])
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
    size = {"37 bytes": appended(tmp_path).stat().st_size - 37, "the answers": before, "the answers and half of what was before": before - 30}
    os.truncate(appended(tmp_path), size[cut])
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


@pytest.mark.parametrize("is_archived", [True, False])
async def test_a_running_server_misses_answers_that_redis_came_back_without(tmp_path: Path, is_archived: bool) -> None:
    log: list[str] = []
    with running(tmp_path, log=log) as server:
        evening = await Evening(server).begin()
        epoch, before = evening.team.welcome["epoch"], appended(tmp_path).stat().st_size
        assert (await evening.verdict(await evening.answer(0)))["verdict"] == "recorded"
        if is_archived:
            await archived(tmp_path, evening.host.view["battle"]["id"], 1)
        os.kill(redis_of(tmp_path), signal.SIGKILL)
        os.truncate(appended(tmp_path), before)
        await evening.host.until(lambda: "restored" in evening.host.view["attention"])
        await has_answer(evening, 1)
        assert evening.team.welcome["epoch"] > epoch
        assert (await evening.verdict(await evening.answer(1)))["revision"] == 2
        await evening.end()
    assert len([line for line in log if "came back from the archive" in line]) == 1, log

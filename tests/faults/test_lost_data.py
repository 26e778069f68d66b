"""Redis loses its data under running servers: one of them brings the battle back, nobody starts anything, and people play on."""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from redis import Redis

from quizserver.battle.ids import BattleId
from quizserver.stores.archive import SqlArchive
from quizserver.stores.data_folder import DataFolder
from quizserver.stores.sql_source import archive_url
from tests.faults.test_bad_surroundings import PATIENCE_S, Evening, is_calm, redis_of
from tests.support.server import running
from tests.support.sockets import Device

BACK_S = 6.0  # a second to notice, a second to restore, as long for a busy machine; and a restart where Redis was killed


def emptied(data: Path) -> None:
    with Redis.from_url(DataFolder(data.resolve()).url) as redis:
        redis.flushall()


def files_deleted(data: Path) -> None:
    os.kill(redis_of(data), signal.SIGKILL)
    shutil.rmtree(data / "redis" / "appendonlydir")


def older_files(data: Path) -> None:
    """The files of some moments ago, which `keep_files` has kept."""
    os.kill(redis_of(data), signal.SIGKILL)
    shutil.rmtree(data / "redis" / "appendonlydir")
    shutil.copytree(data / "kept", data / "redis" / "appendonlydir")


def keep_files(data: Path) -> None:
    shutil.copytree(data / "redis" / "appendonlydir", data / "kept")


async def until_archived(data: Path, host: Device) -> None:
    """Until the archive has the ledger up to what a console shows."""
    archive = SqlArchive(archive_url(data, None))
    async with asyncio.timeout(PATIENCE_S):
        while (await archive.head(BattleId(host.view["battle"]["id"]))).version < host.at:
            await asyncio.sleep(0.05)
    await archive.close()


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("lose", [emptied, files_deleted, older_files])
async def test_people_play_on_and_have_what_they_had(tmp_path: Path, lose: Callable[[Path], None], processes: int) -> None:
    data, log = tmp_path / "var", list[str]()
    with ExitStack() as stack:
        server, *others = [stack.enter_context(running(data, log=log)) for _ in range(processes)]
        keep_files(data)
        evening = await Evening(server).begin()
        elsewhere = await Device(others[0].socket if others else server.socket, evening.team.token).come()
        await until_archived(data, evening.host)
        evening.team = elsewhere  # of two devices of one seat the later one stays
        await evening.team.until(lambda: bool(evening.team.view.get("questions")))
        saved = await evening.answer(0)
        assert (await evening.verdict(saved))["verdict"] == "recorded"
        lose(data)
        began, waiting = time.monotonic(), await evening.answer(1)
        assert (await evening.verdict(waiting))["verdict"] == "recorded"
        await evening.host.until(lambda: "restored" in evening.host.view["attention"])
        assert time.monotonic() < began + BACK_S
        last = await evening.verdict(await evening.answer(0))
        assert (last["verdict"], last["revision"]) == ("recorded", 3)
        question = evening.team.view["questions"][evening.team.view["question"]]
        evening.team.mine = {}
        await (await evening.team.come()).until(lambda: bool(evening.team.mine))
        assert evening.team.mine["answers"] == {
            question["id"]: {"value": question["options"][0]["id"], "revision": 3, "opening": question["opening"]}
        }
        await evening.host.do("LockLobby", locked=True)
        await elsewhere.go()
        await evening.end()
    assert is_calm(log), log
    assert len([line for line in log if "came back from the archive" in line]) == 1, log

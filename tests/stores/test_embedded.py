"""The bundled Redis in one process: what it promises, how it is joined, stopped, restarted, and what its errors say."""

import asyncio
import contextlib
import os
import shutil
import signal
import stat
import time
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from quizserver.stores import data_folder, data_lock, embedded, redis_child
from quizserver.stores.data_folder import DataFolder
from quizserver.stores.embedded import RedisServer, start_redis, supervise
from quizserver.stores.redis_source import RedisUnavailable


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[RedisServer]:
    server = await start_redis(tmp_path, None)
    yield server
    await server.stop()


@contextlib.asynccontextmanager
async def supervised(server: RedisServer, on_restart: Callable[[], None] = lambda: None) -> AsyncIterator[None]:
    task = asyncio.create_task(supervise(server, on_restart))
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def pid_of(server: RedisServer) -> int:
    assert server.folder
    return int(data_lock.holder(server.folder.lock))


def lock_is_free(data: Path) -> bool:
    lock = data_lock.take(DataFolder(data).lock)
    if lock is not None:
        os.close(lock)
    return lock is not None


def appended(data: Path) -> Path:
    """The file Redis appends to."""
    (file,) = (data / "redis/appendonlydir").glob("*.incr.aof")
    return file


async def written_and_stopped(data: Path, count: int = 3) -> None:
    server = await start_redis(data, None)
    with Redis.from_url(server.url) as redis:
        pipeline = redis.pipeline(transaction=False)
        for number in range(count):
            pipeline.set(f"answer:{number}", number)
        pipeline.execute()
    await server.stop()


async def test_what_it_acknowledges_is_on_the_disk_and_nothing_is_evicted(server: RedisServer) -> None:
    with Redis.from_url(server.url) as redis:
        settings = redis.config_get("*")
    wanted = redis_child.OPTIONS | {"unixsocketperm": "700"}
    assert {name: settings[name] for name in wanted} == wanted


async def test_only_this_user_may_connect(server: RedisServer) -> None:
    assert server.folder
    assert stat.S_IMODE(server.folder.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.folder.redis.stat().st_mode) == 0o700


async def test_a_data_folder_may_have_any_name(tmp_path: Path) -> None:
    server = await start_redis(tmp_path / "Б? # %41'\"", None)
    with Redis.from_url(server.url) as redis:
        assert redis.ping()
    await server.stop()


async def test_a_path_too_long_for_a_socket_gets_a_short_private_one(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 30)
    server = await start_redis(data, None)
    with Redis.from_url(server.url) as redis:
        assert redis.ping()
    joined = await start_redis(data, None)
    assert (joined.owned, joined.url) == (False, server.url)
    await server.stop()
    socket_folder = DataFolder(data).socket.parent
    assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
    socket_folder.rmdir()


async def test_a_socket_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    data = tmp_path / ("long" * 30)
    somebodys = DataFolder(data).socket.parent
    somebodys.mkdir()
    somebodys.chmod(0o777)
    with pytest.raises(RedisUnavailable, match=f"^{somebodys} is not private to this user: remove it"):
        await start_redis(data, None)
    somebodys.rmdir()


async def test_a_second_start_joins_and_does_not_stop_it(server: RedisServer, tmp_path: Path) -> None:
    second = await start_redis(tmp_path, None)
    assert (server.owned, second.owned) == (True, False)
    assert second.url == server.url
    await second.stop()
    with Redis.from_url(server.url) as redis:
        assert redis.ping()


async def test_stopping_twice_is_harmless(server: RedisServer, tmp_path: Path) -> None:
    await asyncio.gather(server.stop(), server.stop())
    assert lock_is_free(tmp_path)
    await server.stop()


async def test_stopping_one_that_has_died_is_harmless(server: RedisServer, tmp_path: Path) -> None:
    os.kill(pid_of(server), signal.SIGKILL)
    while not lock_is_free(tmp_path):
        await asyncio.sleep(0.01)
    await server.stop()
    assert not server.owned


async def test_a_start_does_not_join_a_server_that_is_stopping(server: RedisServer, tmp_path: Path) -> None:
    stopping = asyncio.create_task(server.stop())
    await asyncio.sleep(0)
    following = await start_redis(tmp_path, None)
    assert following.owned
    await stopping
    with Redis.from_url(following.url) as redis:
        assert redis.ping()
    await following.stop()


async def test_a_start_waits_for_a_server_that_is_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await written_and_stopped(tmp_path, 5000)
    slowly = {"key-load-delay": "200"}  # microseconds a key: it loads for a second, and answers five times meanwhile
    monkeypatch.setattr(redis_child, "OPTIONS", redis_child.OPTIONS | slowly)
    monkeypatch.setattr(embedded, "WAITS_FOR_HOLDER_S", 0.6)
    owner, joined = await asyncio.gather(start_redis(tmp_path, None), start_redis(tmp_path, None))
    if joined.owned:
        owner, joined = joined, owner
    assert (owner.owned, joined.owned) == (True, False)
    with Redis.from_url(joined.url) as redis:
        assert redis.dbsize() == 5000
    await owner.stop()


async def test_a_lock_without_a_server_names_its_holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "WAITS_FOR_HOLDER_S", 0.1)
    lock = data_lock.take(tmp_path / "redis.lock")
    assert lock is not None
    data_lock.sign(lock, 4711)
    with pytest.raises(RedisUnavailable, match=r"in use by process 4711, which does not answer: run kill 4711"):
        await start_redis(tmp_path, None)
    os.close(lock)


async def test_a_deleted_lock_file_makes_no_second_server(server: RedisServer, tmp_path: Path) -> None:
    assert server.folder
    pid = pid_of(server)
    server.folder.lock.unlink()
    joined = await start_redis(tmp_path, None)
    async with supervised(joined, lambda: pytest.fail("a second server")):
        await asyncio.sleep(2 * embedded.CHECKS_EVERY_S)
    assert not joined.owned
    with Redis.from_url(server.url) as redis:
        assert redis.info("server")["process_id"] == pid


async def test_a_torn_tail_is_cut_and_said(tmp_path: Path) -> None:
    await written_and_stopped(tmp_path)
    os.truncate(appended(tmp_path), appended(tmp_path).stat().st_size - 5)
    said: list[str] = []
    server = await start_redis(tmp_path, None, said.append)
    with Redis.from_url(server.url) as redis:
        assert redis.mget("answer:0", "answer:1", "answer:2") == [b"0", b"1", None]
    await server.stop()
    assert len(said) == 1 and "was cut off" in said[0]


async def test_a_server_that_cannot_start_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    await written_and_stopped(tmp_path)
    (manifest,) = (tmp_path / "redis/appendonlydir").glob("*.manifest")
    manifest.write_bytes(b"this is no manifest\n")
    with pytest.raises(RedisUnavailable, match=r"^Redis ended with code 1 \(.*manifest.*\): mend that"):
        await start_redis(tmp_path, None)
    assert lock_is_free(tmp_path)


async def test_damaged_files_are_named_with_what_to_do(tmp_path: Path) -> None:
    await written_and_stopped(tmp_path)
    appended(tmp_path).write_bytes(b"this is no AOF\n")
    with pytest.raises(RedisUnavailable, match=f"move {tmp_path}/redis away and start again"):
        await start_redis(tmp_path, None)
    assert lock_is_free(tmp_path)


async def test_a_server_that_is_never_ready_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_child, "LOADS_WITHIN_S", 0)
    with pytest.raises(RedisUnavailable, match=r"^Redis was not ready after 0 s"):
        await start_redis(tmp_path, None)
    assert lock_is_free(tmp_path)


async def test_a_start_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.03):
            await start_redis(tmp_path, None)
    assert lock_is_free(tmp_path)


async def test_a_server_that_does_not_stop_is_killed(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_child, "STOPS_WITHIN_S", 0.1)
    os.kill(pid_of(server), signal.SIGSTOP)
    await server.stop()
    assert server.folder and lock_is_free(server.folder.path)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RedisUnavailable, match=r"file cannot be the data folder \(.*\): choose another"):
        await start_redis(tmp_path / "file", None)


async def test_a_killed_server_is_started_again_with_all_it_acknowledged(tmp_path: Path) -> None:
    said: list[str] = []
    restarted = asyncio.Event()
    server = await start_redis(tmp_path, None, said.append)
    with Redis.from_url(server.url) as redis:
        redis.set("answer", 42)
    async with supervised(server, restarted.set):
        os.kill(pid_of(server), signal.SIGKILL)
        async with asyncio.timeout(2):
            await restarted.wait()
    with Redis.from_url(server.url) as redis:
        assert redis.get("answer") == b"42"
    assert server.owned
    assert said == ["Redis was killed by signal 9.", "Redis was started again."]
    await server.stop()


async def test_a_restart_that_fails_is_said_once_and_tried_again_with_growing_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "CHECKS_EVERY_S", 0.01)
    monkeypatch.setattr(embedded, "FIRST_PAUSE_S", 0.1)
    said: list[str] = []
    tries: asyncio.Queue[float] = asyncio.Queue()
    restarted = asyncio.Event()
    server = await start_redis(tmp_path, None, said.append)
    good, put_by = appended(tmp_path), tmp_path / "put by"
    shutil.copy(good, put_by)
    good.write_bytes(b"this is no AOF\n")
    start = embedded._start

    async def tried(*where: Any) -> redis_child.RedisChild:
        try:
            return await start(*where)
        finally:
            tries.put_nowait(time.monotonic())

    monkeypatch.setattr(embedded, "_start", tried)
    async with supervised(server, restarted.set):
        os.kill(pid_of(server), signal.SIGKILL)
        failed = [await tries.get() for _ in range(3)]
        assert not restarted.is_set()
        shutil.copy(put_by, good)
        async with asyncio.timeout(2):
            await restarted.wait()
    pauses = [later - earlier for earlier, later in pairwise([*failed, await tries.get()])]
    assert all(pause >= 0.1 * 2**number for number, pause in enumerate(pauses))  # a busy machine makes them longer, never shorter
    assert [line.split(":")[0] for line in said] == [
        "Redis was killed by signal 9.",
        "Redis could not be started again",
        "Redis was started again.",
    ]
    assert server.owned
    await server.stop()


async def test_of_two_that_find_it_gone_one_restarts_it(server: RedisServer, tmp_path: Path) -> None:
    joined = await start_redis(tmp_path, None)
    restarts: list[str] = []
    async with supervised(server, lambda: restarts.append("first")), supervised(joined, lambda: restarts.append("2nd")):
        os.kill(pid_of(server), signal.SIGKILL)
        await asyncio.sleep(3 * embedded.CHECKS_EVERY_S)
    assert len(restarts) == 1
    assert server.owned != joined.owned
    await joined.stop()


def test_a_socket_path_never_exceeds_what_a_system_takes(tmp_path: Path) -> None:
    for length in range(1, 200):
        socket = DataFolder(Path("/") / ("д" * length)).socket
        assert len(os.fsencode(socket)) <= data_folder.LONGEST_SOCKET_PATH

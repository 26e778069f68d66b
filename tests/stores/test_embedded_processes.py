"""Several processes, one data folder: who owns the Redis, and what is left when one of them is killed."""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

import quizserver
from quizserver.stores import data_lock, dies_with_parent, redis_child
from quizserver.stores.data_folder import DataFolder

ROOT = Path(quizserver.__file__).parents[1]
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal at a parent's death")


class Owner:
    """One process of redis_owner.py."""

    def __init__(self, data: Path, dies_by: str = redis_child.DIES_BY) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/stores/redis_owner.py"), str(data), dies_by],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def says(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def started(self) -> str:
        self.go()
        return self.says()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def finish(self) -> int:
        assert self.process.stdin
        self.process.stdin.close()
        return self.process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def owners(tmp_path: Path) -> Iterator[Callable[..., Owner]]:
    with contextlib.ExitStack() as stack:

        def one_more(dies_by: str = redis_child.DIES_BY) -> Owner:
            owner = Owner(tmp_path, dies_by)
            stack.enter_context(owner.process)
            stack.callback(owner.process.kill)
            return owner

        yield one_more


def gone(folder: DataFolder) -> bool:
    """Whether no process has the lock: no server, nor anything started with it."""
    lock = data_lock.take(folder.lock)
    if lock is not None:
        os.close(lock)
    return lock is not None


def wait_until_gone(folder: DataFolder) -> float:
    began = time.monotonic()
    while not gone(folder):
        assert time.monotonic() < began + 1, "the server outlived its owner by a second"
        time.sleep(0.01)
    return time.monotonic() - began


def servers_started(folder: DataFolder) -> int:
    return len(set(re.findall(r"^(\d+):M .*Server initialized", folder.log.read_text(), re.MULTILINE)))


def test_of_two_starts_at_once_one_owns_and_the_other_joins(owners: Callable[..., Owner], folder: DataFolder) -> None:
    for round_number in range(1, 6):
        first, second = owners(), owners()
        first.go()
        second.go()
        assert sorted([first.says(), second.says()]) == ["joined", "owns"]
        assert servers_started(folder) == round_number
        first.kill()
        second.kill()
        wait_until_gone(folder)


@pytest.mark.parametrize("dies_by", [pytest.param("signal", marks=ON_LINUX), "pipe"])
def test_the_child_dies_with_its_parent(owners: Callable[..., Owner], folder: DataFolder, dies_by: str) -> None:
    owner = owners(dies_by)
    assert owner.started() == "owns"
    owner.kill()
    wait_until_gone(folder)


@ON_LINUX
def test_a_child_whose_parent_died_before_it_was_told_does_not_start() -> None:
    not_our_pid, read_end, write_end = 1, *os.pipe()
    command = [sys.executable, "-I", "-S", dies_with_parent.__file__, "signal", str(not_our_pid), str(read_end)]
    ended = subprocess.run([*command, "/bin/echo", "alive"], pass_fds=(read_end,), capture_output=True, text=True)
    assert (ended.returncode, ended.stdout) == (1, "")
    os.close(read_end)
    os.close(write_end)


def test_acknowledged_writes_outlive_a_killed_owner(owners: Callable[..., Owner], folder: DataFolder) -> None:
    owner = owners()
    assert owner.started() == "owns"
    with Redis.from_url(folder.url) as redis:
        written = [number for number in range(500) if redis.set(f"answer:{number}", number)]
    owner.kill()
    assert owners().started() == "owns"
    with Redis.from_url(folder.url) as redis:
        assert redis.mget([f"answer:{number}" for number in written]) == [b"%d" % number for number in written]


def test_a_survivor_restarts_it_within_two_seconds(owners: Callable[..., Owner], folder: DataFolder) -> None:
    owner, survivor = owners(), owners()
    assert (owner.started(), survivor.started()) == ("owns", "joined")
    with Redis.from_url(folder.url) as redis:
        redis.set("answer", 42)
    killed = time.monotonic()
    owner.kill()
    assert survivor.says() == "restarted"
    assert time.monotonic() < killed + 2
    with Redis.from_url(folder.url) as redis:
        assert redis.get("answer") == b"42"
    assert survivor.finish() == 0
    assert gone(folder)


def test_it_has_its_own_session_so_ctrl_c_does_not_reach_it(owners: Callable[..., Owner], folder: DataFolder) -> None:
    assert owners().started() == "owns"
    pid = int(data_lock.holder(folder.lock))
    assert os.getsid(pid) == pid

"""A Redis that the rig may do anything to: kill, stop, starve, fill its disk, take its power, move its clock."""

import asyncio
import contextlib
import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from quizserver.stores import clients, redis_source
from tests.faults.rig.child import LOOKS_EVERY_S, OBEYS_WITHIN_S, Child
from tests.support.server import free_port

SMALL_DISK = "32m"  # of a tmpfs; a game of 200 teams writes 6 MB by itself
C_SOURCE = Path(__file__).with_name("disk_and_clock.c")


def can_lose_power() -> bool:
    """Whether there is a compiler for what must be loaded into Redis, and a way to load it."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def can_have_a_small_disk() -> bool:
    """Whether we may mount one."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of 32 MB."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


class OwnRedis:
    """`disk`: the folder of its files. `rig`: where ours are, which are on another disk. The port stays through all its lives."""

    def __init__(self, disk: Path, rig: Path, appendfsync: str = "always") -> None:
        self.disk, self.port = disk, free_port()
        self._synced, self._clock = rig / "synced", rig / "clock"
        self._clock.write_bytes(bytes(8))
        self._filler = disk / "filler"
        environment = {}
        if can_lose_power():
            loaded = compiled(rig / "disk_and_clock.so")
            environment = {"LD_PRELOAD": str(loaded), "RIG_SYNCED": str(self._synced), "RIG_CLOCK": str(self._clock)}
        options = {
            "port": self.port,
            "bind": "127.0.0.1",
            "dir": disk,
            "save": "",
            "appendonly": "yes",
            "appendfsync": appendfsync,
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        written = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        self.child = Child([redis_source.server_binary(), *written], rig / "redis.log", environment)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Returns when it takes commands."""
        give_up = time.monotonic() + OBEYS_WITHIN_S
        await self.child.start()
        while not await self._is_up():
            if not self.child.runs or time.monotonic() > give_up:
                raise RuntimeError(f"Redis did not start: {self.child.said()[-1000:]}")
            await asyncio.sleep(LOOKS_EVERY_S)

    async def ask(self, *command: Any) -> Any:
        """One command, on a connection of its own. Raises RedisError."""
        async with clients.for_commands(self.url) as redis:
            return await redis.execute_command(*command)  # type: ignore[no-untyped-call]

    async def lose_power(self) -> int:
        """Killed, and with it all that was not on the disk for certain: so many bytes."""
        await self.child.kill()
        return self._cut()

    async def limit_memory(self, limited: bool) -> None:
        """Less than it has: every write is refused, and reads go on."""
        await self.ask("CONFIG", "SET", "maxmemory", "1mb" if limited else "0")

    def fill_disk(self) -> None:
        """Only on a small one."""
        with contextlib.suppress(OSError), self._filler.open("ab", buffering=0) as filler:
            while filler.write(bytes(4096)):
                pass
            raise OSError  # a last partial write

    def make_room(self) -> None:
        self._filler.unlink(missing_ok=True)

    def set_clock(self, ahead_s: float) -> None:
        """How far its wall clock is ahead of the machine's. Redis has the file mapped and must never see it empty."""
        with self._clock.open("r+b", buffering=0) as clock:
            clock.write(struct.pack("=q", int(ahead_s * 1_000_000)))

    def _cut(self) -> int:
        lost, synced = 0, dict[int, int]()
        for line in self._synced.read_text().splitlines():
            inode, bytes_kept = line.split()
            synced[int(inode)] = int(bytes_kept)
        for file in (each for each in self.disk.rglob("*") if each.is_file() and each != self._filler):
            known, size = synced.get(file.stat().st_ino, 0), file.stat().st_size
            if known < size:
                os.truncate(file, known)
                lost += size - known
        return lost

    async def _is_up(self) -> bool:
        redis = Redis(host="127.0.0.1", port=self.port, retry=Retry(NoBackoff(), retries=0))
        try:
            async with asyncio.timeout(1), redis:
                return bool(await redis.ping())
        except (RedisError, OSError, TimeoutError):
            return False


def compiled(library: Path) -> Path:
    """What is loaded into Redis."""
    if not library.exists():
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, C_SOURCE, "-ldl"], check=True)
    return library

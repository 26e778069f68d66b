"""The Redis this process works with: a given one, one that already serves the data folder, or a child of its own.

Several processes may share a data folder. One of them owns the server, the others have joined it; when the owner dies
its server dies with it, and `supervise` in one of the others starts the next one on the same socket. This module must
never let two servers run on one folder (data_lock.py), and never leaves one behind.
"""

import asyncio
import logging
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from quizserver.services import in_step
from quizserver.stores import data_folder, data_lock, external_redis, redis_child
from quizserver.stores.data_folder import DataFolder
from quizserver.stores.redis_child import RedisChild
from quizserver.stores.redis_source import RedisUnavailable

Log = Callable[[str], None]

WAITS_FOR_HOLDER_S = 5.0  # a server that was told to stop needs this much at most, see redis_child.py
LOOKS_EVERY_S = 0.05  # while it waits for another process
CHECKS_EVERY_S = 0.5  # a survivor shall have restarted Redis within 2 s, and a start takes 0.1 s
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 10.0  # between restarts that did not last; Redis ends when its disk is full
LASTED_S = 30.0  # a server that lived so long earns an immediate restart

DIGITS = re.compile(r"\d+")  # of process numbers and of milliseconds: they make no other reason
_logger = logging.getLogger("quizserver.redis")


@dataclass(slots=True)
class RedisServer:
    """Where Redis is: `url` for clients.py. It stays the same for the life of this object, through restarts."""

    url: str
    log: Log
    folder: DataFolder | None = None  # None: REDIS_URL
    child: RedisChild | None = None  # None: it is another's
    is_torn: bool = False  # it was started by us, and its last writes were cut off

    @property
    def owned(self) -> bool:
        """Whether it ends with this process. A process that joined may come to own it by a restart."""
        return self.child is not None

    async def stop(self) -> None:
        """Stop it if it is owned, and return when it is gone. Do it last, after cancelling `supervise`. Idempotent."""
        if self.child is not None:
            await self.child.stop()
            self.child = None


async def start_redis(data: Path, redis_url: str | None, log: Log = _logger.warning) -> RedisServer:
    """A Redis that answers, kept in the folder `data` unless `redis_url` names one. Call it from the main thread.

    Raises RedisUnavailable.
    """
    if redis_url:
        await external_redis.check(redis_url, log)
        return RedisServer(redis_url, log)
    if sys.platform == "win32":  # pragma: no cover
        raise RedisUnavailable("There is no Redis for Windows: run one in Docker or WSL and set REDIS_URL.")
    try:
        folder = data_folder.prepare(data)
        child = await _join_or_start(folder, log)
        return RedisServer(folder.url, log, folder, child, child is not None and child.cut_a_torn_tail())
    except OSError as error:
        raise RedisUnavailable(f"{data} cannot be the data folder ({error}): choose another.") from error


async def supervise(server: RedisServer, on_restart: Callable[[], None] = lambda: None) -> NoReturn:
    """Start the folder's Redis again when it has ended, whoever owned it: at once, then with growing pauses.

    Runs until it is cancelled. `on_restart` is called after each restart by this process; why one fails is logged once.
    A server that hangs is left alone: its lock says that it lives.
    """
    tried, pause_s, told = -LASTED_S, 0.0, ""
    while True:
        await in_step.pause(CHECKS_EVERY_S)
        if server.folder is None or (server.child and server.child.runs()) or time.monotonic() < tried + pause_s:
            continue
        try:
            if not await _took_over(server, server.folder):
                continue
            told = ""
            on_restart()
        except (RedisUnavailable, OSError) as error:
            if (gist := DIGITS.sub("", str(error))) != told:  # a disk stays full for longer than anybody reads the same line
                told = gist
                server.log(f"Redis could not be started again: {error}")
        pause_s = FIRST_PAUSE_S if time.monotonic() > tried + LASTED_S else min(2 * pause_s, LONGEST_PAUSE_S)
        tried = time.monotonic()


async def _took_over(server: RedisServer, folder: DataFolder) -> bool:
    """False while there is a server, or another process is starting one."""
    if server.child:
        server.log(f"Redis {server.child.how_it_ended()}.")
        server.child.end()
        server.child = None
    # The lock alone would do, had nobody deleted its file.
    if await redis_child.answer(folder.socket) or (lock := data_lock.take(folder.lock)) is None:
        return False
    server.child = await _start(folder, lock, server.log)
    server.log("Redis was started again.")
    return True


async def _join_or_start(folder: DataFolder, log: Log) -> RedisChild | None:
    """None when another process's server answers. Which of several processes starts it, the lock decides."""
    give_up = time.monotonic() + WAITS_FOR_HOLDER_S
    while True:
        said = await redis_child.answer(folder.socket)
        if said.startswith("-LOADING"):
            give_up = time.monotonic() + WAITS_FOR_HOLDER_S  # whoever started it sees to it that this ends
        elif said:
            return None
        elif (lock := data_lock.take(folder.lock)) is not None:
            return await _start(folder, lock, log)
        elif time.monotonic() > give_up:
            pid = data_lock.holder(folder.lock)
            raise RedisUnavailable(
                f"{folder.path} is in use by process {pid}, which does not answer: run kill {pid}, or choose another data folder."
            )
        await asyncio.sleep(LOOKS_EVERY_S)


async def _start(folder: DataFolder, lock: int, log: Log) -> RedisChild:
    child = await redis_child.start(folder, lock)
    if child.cut_a_torn_tail():
        log("The last write before Redis ended was unfinished, as after a power cut, and was cut off.")
    return child

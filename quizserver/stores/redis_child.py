"""The bundled server as a child process: how it is started, asked and stopped, and what it said when it failed.

Whoever starts it must hold the data folder's lock, and hands it over. It must never be configured by anything but the
options here: no file on the machine may change what an acknowledgement means.
"""

import asyncio
import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from quizserver.stores import data_lock, dies_with_parent
from quizserver.stores.data_folder import DataFolder
from quizserver.stores.redis_source import RedisUnavailable, server_binary

DIES_BY = "signal" if sys.platform == "linux" else "pipe"  # see dies_with_parent.py
LOADS_WITHIN_S = 60.0  # reading the AOF takes some seconds a gigabyte, and an evening is some 10 MB
STOPS_WITHIN_S = 5.0  # it looks for the signal ten times a second, then does one fsync
DIES_WITHIN_S = 1.0  # after SIGKILL; longer only while the disk hangs
ANSWERS_WITHIN_S = 1.0  # a PING on this machine
LOOKS_EVERY_S = 0.01  # while it starts
LAST_WORDS = 3  # lines of its log in an error: the cause stands in the last ones
BEFORE_THE_WORDS = re.compile(r"^\d+:\w .{24} \S ")  # "4711:M 24 Oct 2026 19:30:00.123 # "
CUT_A_TORN_TAIL = "loaded anyway because aof-load-truncated is enabled"  # Redis 7 and Valkey say it alike
CANNOT_READ = "Bad file format"  # in Redis 7 and Valkey: a byte of the AOF is another
COMES_BACK = "what the archive has comes back"

OPTIONS = {
    "port": "0",  # nobody reaches it over a network
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "always",  # an answer is acknowledged when it is on the disk
    "aof-load-truncated": "yes",  # what a dying server half wrote was never acknowledged
    "save": "",  # the AOF is the record; its rewrites begin with a snapshot
    "maxmemory-policy": "noeviction",
    "maxclients": "2000",  # a process takes at most 288, see clients.py
    "loglevel": "notice",
    "daemonize": "no",  # it would leave its parent
}


async def answer(socket: Path) -> str:
    """What a server there says to PING, "" when nobody answers. It says -LOADING while it reads its AOF."""
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            reader, writer = await asyncio.open_unix_connection(socket)
            with contextlib.closing(writer):
                writer.write(b"PING\r\n")
                return (await reader.readline()).decode()
    except (OSError, TimeoutError):
        return ""


class RedisChild:
    """A child that runs, or did. Only `start` makes one."""

    def __init__(self, folder: DataFolder, binary: Path, lock: int) -> None:
        self._folder = folder
        self._log_start = folder.log.stat().st_size if folder.log.exists() else 0
        heard, lifeline = os.pipe()
        self._lifeline: int | None = lifeline
        with folder.log.open("ab") as log:  # what it says before it opens its own log
            self._process = subprocess.Popen(
                [*_mortal(heard), str(binary), *_options(folder)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock, heard),
                start_new_session=True,  # Ctrl-C is for us; it is stopped last
            )
        os.close(heard)
        data_lock.sign(lock, self._process.pid)

    def runs(self) -> bool:
        return self._process.poll() is None

    def how_it_ended(self) -> str:
        """Its signal, or its code and the end of its log; only after it ended."""
        code = self._process.returncode
        return f"was killed by signal {-code}" if code < 0 else f"ended with code {code} ({self._last_words()})"

    def cut_a_torn_tail(self) -> bool:
        return self.has_said(CUT_A_TORN_TAIL)

    def has_said(self, words: str) -> bool:
        """In its log, since it began."""
        return words in self._said()

    async def stop(self) -> None:
        """Let it finish; kill it when it has not within `STOPS_WITHIN_S`. Idempotent."""
        if self.runs():
            # A process that starts now must not join a server that is leaving, but wait for the lock.
            self._folder.socket.unlink(missing_ok=True)
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._process.wait, STOPS_WITHIN_S)
        self.end()

    def end(self) -> None:
        """Kill it if it still runs, and reap it. Idempotent."""
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(DIES_WITHIN_S)
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None

    def _last_words(self) -> str:
        lines = [BEFORE_THE_WORDS.sub("", line).strip() for line in self._said().splitlines()]
        return " / ".join([line for line in lines if line][-LAST_WORDS:])

    def _said(self) -> str:
        with self._folder.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")


async def start(folder: DataFolder, lock: int) -> RedisChild:
    """A child that answers. The lock is the child's from here on, and free again when this raises.

    Raises RedisUnavailable with the end of its log. Call it from the main thread: see dies_with_parent.py.
    """
    try:
        child = RedisChild(folder, await asyncio.to_thread(server_binary), lock)
    finally:
        os.close(lock)
    try:
        await _until_ready(child, folder)
    except BaseException:
        child.end()
        raise
    return child


async def _until_ready(child: RedisChild, folder: DataFolder) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LOADS_WITHIN_S):
            while child.runs():
                if (await answer(folder.socket)).startswith("+PONG"):
                    return
                await asyncio.sleep(LOOKS_EVERY_S)
    if not child.runs() and child.has_said(CANNOT_READ):
        raise RedisUnavailable(f"Redis cannot read its files any more, they were damaged: {put_aside(folder.redis)}.")
    fate = f"was not ready after {LOADS_WITHIN_S:.0f} s" if child.runs() else child.how_it_ended()
    raise RedisUnavailable(f"Redis {fate}: mend that and start again; its log is {folder.log}.")


def put_aside(files: Path) -> str:
    """What to do about damaged files."""
    return f"move {files} away and start again; {COMES_BACK}"


def _mortal(pipe: int) -> list[str]:
    """A command that becomes the rest of its arguments, and cannot outlive this process."""
    return [sys.executable, "-I", "-S", dies_with_parent.__file__, DIES_BY, str(os.getpid()), str(pipe)]


def _options(folder: DataFolder) -> Iterator[str]:
    paths = {"dir": folder.redis, "logfile": folder.log, "unixsocket": folder.socket}
    for name, value in (OPTIONS | paths).items():
        yield from (f"--{name}", str(value))

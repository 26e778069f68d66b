"""A server of the rehearsal's own: a real process on a free port with its files in a temporary folder."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from quizserver import host_key
from quizserver.rehearsal.line import NoReply
from quizserver.stores import dies_with_parent

READY_S = 30.0
GOODBYE_S = 10.0
LOOKS_EVERY_S = 0.05
KEPT = ("QUIZ_REDIS_URL",)
DIES_BY = "signal" if sys.platform == "linux" else "pipe"


@dataclass(frozen=True, slots=True)
class Server:
    """`url` as people type it, `key` the host's, `data` its folder."""

    url: str
    key: str
    data: Path


@asynccontextmanager
async def private_server(pack: str) -> AsyncIterator[Server]:
    """Answers when it is yielded, is stopped afterwards whatever happened. `pack` is on its shelf. Raises NoReply with the server's
    last words."""
    with TemporaryDirectory(prefix="quiz-rehearsal-") as folder:
        data, words = Path(folder, "data"), Path(folder, "server.log")
        process, kept = await _start(data, words, pack)
        try:
            yield await _ready(process, data, words)
        finally:
            await _stopped(process)
            os.close(kept)


async def _start(data: Path, words: Path, pack: str) -> tuple[asyncio.subprocess.Process, int]:
    """The server, which does not outlive this process however that ends, and the end of a pipe to close when it is gone.

    Only from the main thread: see dies_with_parent.py."""
    ours, kept = os.pipe()
    mortal = [dies_with_parent.__file__, DIES_BY, str(os.getpid()), str(ours)]
    command = [sys.executable, "-I", "-S", *mortal, sys.executable, "-m", "quizserver", "run"]
    where = ["--host", "127.0.0.1", "--port", "0", "--data", str(data), "--pack", pack]
    with words.open("wb") as log, os.fdopen(ours, "rb"):
        process = await asyncio.create_subprocess_exec(
            *command, *where, env=_environment(), stdout=log, stderr=log, pass_fds=(ours,), start_new_session=True
        )
    return process, kept


def _environment() -> dict[str, str]:
    """Ours without the settings of another server; a Redis that was given may be the only one there is."""
    return {name: value for name, value in os.environ.items() if name in KEPT or not name.startswith(("QUIZ_", "DATABASE_"))}


async def _ready(process: asyncio.subprocess.Process, data: Path, words: Path) -> Server:
    try:
        async with asyncio.timeout(READY_S):
            while (server := await _found(data)) is None:
                if process.returncode is not None:
                    raise NoReply(f"The rehearsal's own server did not start: {_last_line(words)}")
                await asyncio.sleep(LOOKS_EVERY_S)
    except TimeoutError:
        raise NoReply(f"The rehearsal's own server was not ready after {READY_S:.0f} s: {_last_line(words)}") from None
    return server


async def _found(data: Path) -> Server | None:
    """The server once it listens; its key stands in its folder a little earlier."""
    key = host_key.of_running_server(data)
    port = urlsplit(key.console).port if key else None
    if key is None or port is None:
        return None
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return None
    writer.close()
    return Server(f"http://127.0.0.1:{port}", key.secret, data)


def _last_line(words: Path) -> str:
    lines = words.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing."


async def _stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), GOODBYE_S)
    except TimeoutError:
        process.kill()
        await process.wait()

"""A real server process for tests: on a free port, in a folder of its own, stopped whatever the test does."""

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PROGRAM = ("-m", "quizserver")
READY_S = 15.0
STOP_S = 10.0


@dataclass
class Server:
    process: subprocess.Popen[str]
    port: int
    banner: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    @property
    def pin(self) -> str:
        found = re.search(r"PIN\s+(\d+)", self.banner)
        assert found, self.banner
        return found[1]

    @property
    def host_key(self) -> str:
        found = re.search(r"#(\S+)", self.banner)
        assert found, self.banner
        return found[1]

    def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """The exit code after this signal."""
        self.process.send_signal(sign)
        return self.process.wait(STOP_S)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, *PROGRAM, *map(str, arguments)]


@contextmanager
def running(
    data: Path, *options: str, port: int | None = None, log: list[str] | None = None, program: Sequence[str] = PROGRAM
) -> Iterator[Server]:
    """A server that has shown its banner, on a free port or on this one. `log` is given the lines of its log, all by the end.
    `program`: what Python is told to run instead of the server itself."""
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, *program, "run", "--port", str(port), "--data", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if log is not None else None,
        text=True,
    )
    reader = threading.Thread(target=_read, args=(process.stderr, log))
    reader.start()
    try:
        yield Server(process, port, _banner(process))
    finally:
        process.kill()
        process.wait()
        reader.join()
        assert process.stdout
        process.stdout.close()


def _read(pipe: IO[str] | None, log: list[str] | None) -> None:
    """By a pipe: a disk that takes nothing shall not silence the log."""
    if pipe is not None and log is not None:
        with pipe:
            log.extend(line.rstrip("\n") for line in pipe)


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _banner(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    lines: list[str] = []
    deadline = time.monotonic() + READY_S
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
        assert time.monotonic() < deadline, lines
    raise AssertionError(f"the server ended before it was ready: {lines}")

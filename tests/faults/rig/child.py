"""A process of the rig: it does not outlive us, may be stopped, continued and killed, and started again as often as one likes."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizserver.stores import dies_with_parent

DIES_BY = "signal" if sys.platform == "linux" else "pipe"
LOOKS_EVERY_S = 0.02
OBEYS_WITHIN_S = 20.0


class Died(Exception):
    """It ended before it was ready; the end of what it said."""


class Child:
    """`words`: the file that everything it says is added to, over all its lives."""

    def __init__(self, command: Sequence[str | Path], words: Path, environment: Mapping[str, str] | None = None) -> None:
        self.words = words
        self._command, self._environment = [str(each) for each in command], environment or {}
        self._process: asyncio.subprocess.Process | None = None
        self._lifeline: int | None = None
        self._began = 0

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def said(self) -> str:
        """In its present life."""
        with self.words.open("rb") as file:
            file.seek(self._began)
            return file.read().decode(errors="replace")

    async def start(self) -> None:
        """Call it from the main thread: see dies_with_parent.py."""
        heard, self._lifeline = os.pipe()
        with self.words.open("ab") as words, os.fdopen(heard, "rb"):
            self._began = words.tell()
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", dies_with_parent.__file__, DIES_BY, str(os.getpid()), str(heard)),
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                env={**os.environ, **self._environment},
                pass_fds=(heard,),
                start_new_session=True,
            )

    async def says(self, wanted: str) -> None:
        """Returns when it has said that in its present life. Raises Died."""
        async with asyncio.timeout(OBEYS_WITHIN_S):
            while wanted not in self.said():
                if not self.runs:
                    await self.ended()
                    raise Died(self.said()[-1000:])
                await asyncio.sleep(LOOKS_EVERY_S)

    def stop(self) -> None:
        """SIGSTOP: it stands still and keeps all it has."""
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        self._send(signal.SIGCONT)

    async def kill(self) -> None:
        self._send(signal.SIGKILL)
        await self.ended()

    async def terminate(self) -> int:
        """Its exit code after SIGTERM."""
        self._send(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Its exit code, once it has ended; 0 if it never began."""
        if self._process is None:
            return 0
        async with asyncio.timeout(OBEYS_WITHIN_S):
            code = await self._process.wait()
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None
        return code

    def _send(self, sign: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(sign)

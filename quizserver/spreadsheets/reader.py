"""Reads files that people send, one at a time, each in a process of its own.

THE place where a spreadsheet comes in: `await Reader().read(file)` gives tables of text, or says why there are none.
"""

import asyncio
import json
import logging
import sys
from contextlib import suppress

from quizserver.battle.refusals import Refused, wrong
from quizserver.spreadsheets.limits import MOST_BYTES, READING_S
from quizserver.spreadsheets.table import TABLES, Table

PROGRAM = ("-m", "quizserver.spreadsheets")
MOST_WAITING = 8  # files
TOO_BIG = wrong("file_too_big", str(MOST_BYTES // 1_000_000))

log = logging.getLogger("quizserver")


class Reader:
    """One a server. `program`: what Python is told to run."""

    def __init__(self, program: tuple[str, ...] = PROGRAM) -> None:
        self._program = program
        self._turn = asyncio.Semaphore(1)  # two cores play a battle
        self._files = 0

    async def read(self, file: bytes) -> tuple[Table, ...] | Refused:
        """The tables of an XLSX or CSV file; or one of the codes `file_*`, each with a sentence for whoever sent it."""
        if len(file) > MOST_BYTES:
            return TOO_BIG
        if self._files >= MOST_WAITING:
            return Refused("too_many_files", temporary=True)
        self._files += 1
        try:
            async with self._turn:
                return _understood(await self._told(file))
        finally:
            self._files -= 1

    async def _told(self, file: bytes) -> bytes:
        """What the process says; nothing if it came to an end before that."""
        pipe = asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec(
            sys.executable, *self._program, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(READING_S):
                told, _ = await child.communicate(file)
                return told if child.returncode == 0 else b""
        except TimeoutError:
            return b""
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            await child.communicate()  # to the end of its pipes, so that nothing of it is left open


def _understood(told: bytes) -> tuple[Table, ...] | Refused:
    if not told:
        log.warning("a file could not be read within its time and memory")
        return wrong("file_takes_too_long")
    if told.startswith(b"{"):
        return wrong(*json.loads(told).values())
    return TABLES.validate_json(told)

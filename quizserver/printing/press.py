"""The press: one job at a time is drawn, in a process of its own; the others wait in line."""

import asyncio
import logging
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from quizserver.printing.job import JOB, Job

PROGRAM = ("-m", "quizserver.printing")
MOST_WAITING = 8  # jobs: every one of a dozen desks may want its sheets in one minute, and none of them prints for hours
LONGEST_S = 900.0  # a job of 20,000 pages; one that takes longer stands still
CHUNK = 65_536

log = logging.getLogger("quizserver")


class Press:
    """One a server. `program`: what Python is told to run."""

    def __init__(self, program: tuple[str, ...] = PROGRAM) -> None:
        self._program = program
        self._turn = asyncio.Semaphore(1)  # two cores play a battle; paper may have half of one
        self._jobs = 0

    @property
    def is_full(self) -> bool:
        """True while no further job is taken."""
        return self._jobs >= MOST_WAITING

    async def printed(self, job: Job) -> AsyncGenerator[bytes, None]:
        """Lines `done of` from the first moment on, then `pdf <length>` and the PDF. It ends early if the drawing broke: who reads
        counts. Whoever stops reading stops the drawing."""
        self._jobs += 1
        try:
            yield b"0 %d\n" % job.steps
            async with self._turn, asyncio.timeout(LONGEST_S), aclosing(self._drawn(JOB.dump_json(job))) as parts:
                async for part in parts:
                    yield part
        except TimeoutError:
            log.error("a job of %d sheets and cards stood still and was given up", job.steps)
        finally:
            self._jobs -= 1

    async def _drawn(self, job: bytes) -> AsyncGenerator[bytes, None]:
        """Its last words, if it breaks, are in our own log."""
        pipe = asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec(sys.executable, *self._program, stdin=pipe, stdout=pipe)
        assert child.stdin and child.stdout
        try:
            child.stdin.write(job)
            with suppress(ConnectionError):  # it broke before it had read all
                await child.stdin.drain()
            child.stdin.close()
            while part := await child.stdout.read(CHUNK):
                yield part
            if code := await child.wait():
                log.error("nothing could be printed: the drawing ended with %d", code)
        finally:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()

"""Draws one job in a process of its own, so that a long one holds up no battle: the job as JSON comes in, out go lines `done of`,
at most a few a second, then a line `pdf <length>` and the PDF itself."""

import os
import sys
import time
from typing import BinaryIO

from quizserver.printing.drawing import drawn
from quizserver.printing.job import JOB

TELLS_EACH_S = 0.25
POLITE = 10  # whoever plays is served first


def draw(job: bytes, out: BinaryIO) -> None:
    """Writes all of it."""
    wanted = JOB.validate_json(job)
    told_s = time.monotonic()

    def done(n: int) -> None:
        nonlocal told_s
        if time.monotonic() - told_s >= TELLS_EACH_S:
            told_s = time.monotonic()
            out.write(b"%d %d\n" % (n, wanted.steps))
            out.flush()

    pdf = drawn(wanted, done)
    out.write(b"pdf %d\n" % len(pdf))
    out.write(pdf)
    out.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(POLITE)
    draw(sys.stdin.buffer.read(), sys.stdout.buffer)

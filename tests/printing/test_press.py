"""The press: drawing in a process of its own, in turn, told of as it goes, given up when nobody waits for it."""

import asyncio
import logging
import os
import time
from contextlib import aclosing
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from quizserver.battle.sheet_numbers import SheetNumber
from quizserver.printing import __main__ as child
from quizserver.printing import press as pressing
from quizserver.printing.job import JOB, Job, Line, RoundOnPaper, Sheet
from quizserver.printing.press import MOST_WAITING, Press
from tests.printing.reading import words_of

EMPTY = Job("ru", "Битва", "418027", 1, (RoundOnPaper(1, "Раунд", (Line("text"),) * 7),))
NEVER = ("-c", "import sys, time; sys.stdin.read(); print('1 2', flush=True); time.sleep(600)")
BREAKS = ("-c", "raise SystemExit(3)")


def a_job(pages: int) -> Job:
    return replace(EMPTY, sheets=tuple(Sheet("Зал", 0, str(SheetNumber(1, at + 1)), f"Команда {at}") for at in range(pages)))


async def all_of(press: Press, job: Job) -> bytes:
    return b"".join([part async for part in press.printed(job)])


def test_lines_tell_how_far_it_is_and_then_comes_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "TELLS_EACH_S", 0)
    out = BytesIO()
    child.draw(JOB.dump_json(a_job(4)), out)
    head, pdf = parted(out.getvalue())
    assert head == ["1 4", "2 4", "3 4", "4 4", f"pdf {len(pdf)}"]
    assert len(words_of(pdf)) == 4


async def test_a_process_of_its_own_draws_while_the_server_goes_on() -> None:
    """A clock beside a job of 60 pages is never late by more than this machine's own bad moments; drawn in the loop it would be."""
    longest_s = 0.0
    drawing = asyncio.create_task(all_of(Press(), a_job(60)))
    while not drawing.done():
        began = time.perf_counter()
        await asyncio.sleep(0.01)
        longest_s = max(longest_s, time.perf_counter() - began)
    head, pdf = parted(await drawing)
    assert (head[0], head[-1]) == ("0 60", f"pdf {len(pdf)}")
    assert len(PdfReader(BytesIO(pdf)).pages) == 60
    assert longest_s < 0.5


def parted(answer: bytes) -> tuple[list[str], bytes]:
    """The lines, and the file after them."""
    at = answer.index(b"%PDF")
    return answer[:at].decode().splitlines(), answer[at:]


async def test_one_job_is_drawn_at_a_time_and_too_many_are_not_taken() -> None:
    press = Press(NEVER)
    async with aclosing(press.printed(a_job(2))) as first, aclosing(press.printed(a_job(3))) as second:
        assert [await anext(first), (await anext(first)).strip()] == [b"0 2\n", b"1 2"]
        assert await anext(second) == b"0 3\n"
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(second), 0.3)
    jobs = [press.printed(a_job(1)) for _ in range(MOST_WAITING)]
    for job in jobs:
        assert not press.is_full
        await anext(job)
    assert press.is_full
    for job in jobs:
        await job.aclose()
    assert not press.is_full


async def test_when_nobody_reads_any_more_the_drawing_ends() -> None:
    press = Press((*NEVER[:1], f"import os; print(os.getpid(), flush=True)\n{NEVER[1]}"))
    async with aclosing(press.printed(a_job(2))) as parts:
        await anext(parts)
        pid = (await anext(parts)).split()[0].decode()
        assert is_running(pid)
    assert not is_running(pid)
    assert await asyncio.wait_for(first_line(press), 5) == b"0 2\n"  # and the next one has its turn


async def first_line(press: Press) -> bytes:
    async with aclosing(press.printed(a_job(2))) as parts:
        line = await anext(parts)
        await anext(parts)
    return line


def is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_drawing_that_breaks_brings_no_file_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert await all_of(Press(BREAKS), a_job(2)) == b"0 2\n"
    assert "ended with 3" in caplog.text


async def test_a_drawing_that_stands_still_is_given_up(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pressing, "LONGEST_S", 0.5)
    with caplog.at_level(logging.ERROR):
        assert await all_of(Press(NEVER), a_job(2)) == b"0 2\n1 2\n"
    assert "stood still" in caplog.text

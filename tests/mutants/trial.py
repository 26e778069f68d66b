"""One mutant against its tests, each in a process of its own; so many at a time."""

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import pytest

MOST_MEMORY = 3 * 2**30  # a mistake may also be one that never has enough


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMEOUT = "timeout"
    SURVIVED = "survived"


@dataclass(frozen=True)
class Trial:
    """The mutant of this number. `play` makes the mistake and returns pytest's exit code; `limit_s` is what it may compute."""

    number: int
    limit_s: float
    play: Callable[[], int]


def fates(trials: Iterable[Trial], processes: int) -> Iterator[tuple[int, Fate]]:
    """By number, as they become known."""
    running: dict[int, int] = {}
    for trial in trials:
        if len(running) >= processes:
            yield _next(running)
        running[started(trial)] = trial.number
    while running:
        yield _next(running)


def _next(running: dict[int, int]) -> tuple[int, Fate]:
    process, status = os.wait()
    return running.pop(process), fate(status)


def started(trial: Trial) -> int:
    """The id of the process that plays it. The limit counts its own time alone, for others may be at work on this machine."""
    if process := os.fork():
        return process
    code = int(pytest.ExitCode.INTERNAL_ERROR)
    try:
        signal.setitimer(signal.ITIMER_PROF, trial.limit_s)
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        code = trial.play()
    finally:
        os._exit(code)


def fate(status: int) -> Fate:
    """Of the mutant whose process left with this wait status."""
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF:
        return Fate.TIMEOUT
    passed = os.waitstatus_to_exitcode(status) in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    return Fate.SURVIVED if passed else Fate.KILLED

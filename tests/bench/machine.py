"""This machine as the benchmark sees it: its cores, and what a process has used of it. Linux only."""

import os
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROCESS_CLOCK = 2  # in the low bits of a clock id: user and system time of all threads of a process


class CannotMeasure(Exception):
    """The sentence for the person at the keyboard: what is missing, and the command that brings it."""


OTHER_FILES = 200  # what a server has open beside its connections


def check(connections: int) -> None:
    """Raises CannotMeasure where this cannot be measured with so many connections."""
    if sys.platform != "linux":
        raise CannotMeasure("The benchmark measures with Linux's own means (epoll, /proc): run it there.")
    if shutil.which("cc") is None:
        raise CannotMeasure("There is no C compiler here: install one with `sudo apt install gcc libc6-dev`.")
    if (most := allow_many_files()) < connections + OTHER_FILES:
        raise CannotMeasure(f"{connections} connections need more open files than {most}: raise the hard limit (`ulimit -Hn`).")


def allow_many_files() -> int:
    """Raises the limit of open files to the hard one, for us and what we start, and returns it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


_CORES = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else [0]
SERVER_CORE = _CORES[0]
CLIENT_CORE = _CORES[-1]
"""Of load clients, Redis and ourselves. The same as the server's where there is only one."""


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started meanwhile stays on this core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def move_children(pid: int, core: int) -> None:
    """Moves all processes that this one has started, with all their threads."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            for thread in Path(f"/proc/{child}/task").iterdir():
                os.sched_setaffinity(int(thread.name), {core})
            move_children(child, core)


def cpu_ns(pid: int) -> int:
    """CPU time of a process, user and system, all threads."""
    return time.clock_gettime_ns(~pid << 3 | PROCESS_CLOCK)


def private_kb(pid: int) -> int:
    """Memory that is this process's alone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))


def name() -> str:
    """What it is called in a report."""
    models = [line.partition(": ")[2] for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return f"{len(_CORES)} x {models[0] if models else os.uname().machine}, Linux {os.uname().release}"

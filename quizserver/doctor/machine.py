"""The machine: the data folder, its disk, the limit of open files, the clock."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from quizserver.doctor.finding import Finding, bad, good, warning
from quizserver.services.write_pace import GOOD_MS, SLOW_MS

GB = 1 << 30
FULL_BELOW, TIGHT_BELOW = GB // 4, GB  # an evening of 10,000 teams takes some 200 MB, its rewrites as much again
DEVICES_OF_AN_EVENING, DEVICES_OF_A_BIG_ONE = 1000, 4000  # 229 teams with several phones each; ten times the teams
OWN_FILES = 500  # a process's connections to Redis, its logs, its pages
WRITES, WRITTEN, PROBE_S = 100, b"." * 512, 3.0  # a hundred answers one by one; on a bad disk fewer must do
STEPPED_S = 0.05  # in a tenth of a second a clock that is only slewed drifts by some microseconds


def examined(data: Path) -> Iterator[Finding]:
    """All of it, as it is found."""
    yield data_folder(data)
    yield disk_space(data)
    yield fsync(data)
    yield open_files()
    yield steady_clock()


def data_folder(data: Path) -> Finding:
    """That we may write there, and that nobody else may read there."""
    nearest = _nearest(data)
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as fault:
        return bad(f"{nearest} cannot be written ({fault.strerror}): give this user the right to, or choose another with --data.")
    if nearest != data.resolve():
        return good(f"{data} is not there yet, and can be made.")
    if nearest.stat().st_mode & 0o077:
        return warning(f"Other users of this machine can look into {data}, where teams' secrets are: run chmod 700 {data}.")
    return good(f"{data} can be written, and is closed to others.")


def _nearest(data: Path) -> Path:
    """The folder, or the one in which it would be made."""
    return next(folder for folder in (data.resolve(), *data.resolve().parents) if folder.is_dir())


def disk_space(data: Path) -> Finding:
    nearest = _nearest(data)
    free = shutil.disk_usage(nearest).free
    said = f"{free / GB:.1f} GB are free on the disk"
    if free < FULL_BELOW:
        return bad(f"{said}; on a full one nothing can be saved: make room for {TIGHT_BELOW / GB:.0f} GB.")
    if free < TIGHT_BELOW:
        return warning(f"{said}; one evening will do: make room for {TIGHT_BELOW / GB:.0f} GB.")
    return good(f"{said}.")


def open_files() -> Finding:
    """Of a server that is started from where this was."""
    if sys.platform == "win32":
        return good("This system has no limit of open files to speak of.")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return good("There is no limit of open files.")
    devices = max(0, soft - OWN_FILES)
    most = "65536" if hard == resource.RLIM_INFINITY or hard > 65536 else str(hard)
    said = f"The limit of open files, {soft}, admits some {devices} devices"
    if devices < DEVICES_OF_AN_EVENING:
        return bad(f"{said}: run ulimit -n {most} before the server is started.")
    if devices < DEVICES_OF_A_BIG_ONE:
        return warning(f"{said}; for a bigger evening run ulimit -n {most} before the server is started.")
    return good(f"{said}.")


def fsync(data: Path) -> Finding:
    """Writes as an acknowledged answer is written, onto the same disk."""
    nearest = _nearest(data)
    try:
        p99_ms = fsync_p99_ms(nearest)
    except OSError as fault:
        return bad(f"The disk of {data} takes no write ({fault.strerror}): make room, or choose another with --data.")
    said = f"A write is on the disk after {p99_ms:.1f} ms (99 of 100)"
    if p99_ms > SLOW_MS:
        return bad(f"{said}; teams would wait for their answers: choose a folder on a local SSD with --data.")
    if p99_ms > GOOD_MS:
        return warning(f"{said}; {GOOD_MS:.0f} would be good: close what else writes, or choose a local SSD with --data.")
    return good(f"{said}.")


def fsync_p99_ms(folder: Path) -> float:
    """Milliseconds. Leaves nothing behind; takes three seconds at most, and some writes. Raises OSError."""
    took_s: list[float] = []
    give_up = time.monotonic() + PROBE_S
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        while len(took_s) < WRITES and time.monotonic() < give_up:
            began = time.monotonic()
            file.write(WRITTEN)
            os.fsync(file.fileno())
            took_s.append(time.monotonic() - began)
    return 1000 * sorted(took_s)[int(0.99 * (len(took_s) - 1))]


def steady_clock(wait_s: float = 0.1) -> Finding:
    """That nobody sets the clock while we look at it."""
    began, began_s = time.time(), time.monotonic()
    time.sleep(wait_s)
    off_s = (time.time() - began) - (time.monotonic() - began_s)
    if abs(off_s) > STEPPED_S:
        return warning(f"The clock jumped by {off_s:+.2f} s while we looked: wait until it is synchronised (timedatectl).")
    return good("The clock runs evenly.")

"""The host key: whoever has it is the host. Fresh at every start, in `<data>/host-key` while a server runs.

Every server on a data folder holds a shared lock on that file; the kernel drops it with the process, even by kill -9.
So the file of a dead server is known for what it is, and a second server on the same folder joins with the same key.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NAME = "host-key"
KEY_BYTES = 24  # 192 bits; the least that counts as unguessable here is 128


@dataclass(frozen=True)
class HostKey:
    secret: str
    console: str  # address of the console page, without the key


@contextmanager
def held(folder: Path, console: str) -> Iterator[HostKey]:
    """The key of this run. Its file, for the owner's eyes only, goes when the last server on the folder stops."""
    path = folder / NAME
    file = _locked(path, console)
    try:
        yield _read(file)
    finally:
        if _is_alone(file):
            path.unlink(missing_ok=True)
        os.close(file)


def of_running_server(folder: Path) -> HostKey | None:
    """The key of the server that runs on this folder, or None. A file that a killed server left does not count."""
    try:
        file = os.open(folder / NAME, os.O_RDONLY)
    except OSError:
        return None
    try:
        if _is_alone(file):
            return None
        fcntl.flock(file, fcntl.LOCK_SH)  # waits while a server that just starts writes its key
        return _read(file)
    finally:
        os.close(file)


def _locked(path: Path, console: str) -> int:
    """Descriptor of the file with our shared lock on it and a whole key in it."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if _is_alone(file):
            os.ftruncate(file, 0)
            os.pwrite(file, f"{secrets.token_urlsafe(KEY_BYTES)}\n{console}\n".encode(), 0)
        fcntl.flock(file, fcntl.LOCK_SH)
        if _is_still(path, file):
            return file
        os.close(file)  # its server stopped and took it away between our opening and our locking


def _is_alone(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat()) and os.fstat(file).st_size > 0
    except FileNotFoundError:
        return False


def _read(file: int) -> HostKey:
    secret, console = os.pread(file, 4096, 0).decode().splitlines()
    return HostKey(secret, console)

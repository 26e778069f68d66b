"""One server a data folder: a second Redis on one AOF would start without a word and ruin the ledger.

The lock is a flock on `redis.lock`. It belongs to an open descriptor, and the Redis child is given that descriptor: so
the lock lives as long as the child, whatever becomes of the process that started it. (An AOF rewrite inherits it too,
and gives up within a second of its server.) The file is never deleted, or two processes could each lock one of its
name. The folder must be on a local disk: NFS does not inherit locks.
"""

import contextlib
import os
import sys
from pathlib import Path

if sys.platform != "win32":  # pragma: no branch - there REDIS_URL must do, and this is imported all the same
    import fcntl


def take(lock: Path) -> int | None:
    """The descriptor that is the lock, to be handed on and closed here; None while another server has it."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    with contextlib.ExitStack() as unless_taken:
        unless_taken.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        unless_taken.pop_all()
        return descriptor


def sign(descriptor: int, server_pid: int) -> None:
    """Write into the file who holds it; only people are told."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{server_pid}\n".encode(), 0)


def holder(lock: Path) -> str:
    """The process id of the server that signed last."""
    return lock.read_text(encoding="ascii").strip()

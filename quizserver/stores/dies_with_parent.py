"""A program of its own: it sees to it that it dies with its parent, then becomes the command it was given.

    python -I -S dies_with_parent.py signal|pipe <parent's pid> <descriptor of a pipe> command...

It runs between fork and exec of the Redis child, in a fresh interpreter, since running Python in a forked copy of a
process with threads can hang. It may import only the standard library, and little of it: it costs 15 ms at each start.

`signal` (Linux): the kernel kills the child. It does so when the *thread* that started it ends, so start the child from
the main thread, or from one that lives as long. `pipe` (macOS has no such signal): a watcher waits for the end of a
pipe whose other end only the parent has open.

Both send SIGKILL: `appendfsync always` has on disk what was acknowledged, and a server that is still shutting down
would answer the next start and then be gone.
"""

import ctypes
import os
import select
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LOOKS_EVERY_S = 0.5  # how often the watcher sees whether the server is gone


def die_by_signal(parent: int) -> None:  # pragma: no cover - this and the next run in the child, unmeasured
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it died before the kernel was told
        sys.exit("the parent is gone")


def die_by_pipe(pipe: int) -> None:  # pragma: no cover
    server = os.getpid()
    if os.fork() != 0:
        return
    os.closerange(3, pipe)  # above all the data folder's lock
    os.closerange(pipe + 1, pipe + 100)
    while os.getppid() == server:
        if select.select([pipe], [], [], LOOKS_EVERY_S)[0] and os.getppid() == server:
            os.kill(server, signal.SIGKILL)
            break
    os._exit(0)


def main(how: str, parent: str, pipe: str, *command: str) -> None:  # pragma: no cover
    if how == "signal":
        die_by_signal(int(parent))
    else:
        die_by_pipe(int(pipe))
    os.close(int(pipe))
    os.execv(command[0], command)


if __name__ == "__main__":  # pragma: no cover
    main(*sys.argv[1:])

"""Reads one file in a process of its own, with little memory and little time: a file on stdin, its tables or why not as JSON on
stdout. Whatever a file does to this process, it does to no battle."""

import json
import os
import sys

from quizserver.spreadsheets.limits import CPU_S, MEMORY_BYTES
from quizserver.spreadsheets.table import TABLES, Unreadable

POLITE = 10  # whoever plays is served first


def answer(file: bytes) -> bytes:
    """A list of tables; or a map with `code` and `detail`."""
    from quizserver.spreadsheets.opened import opened

    try:
        return TABLES.dump_json(opened(file))
    except Unreadable as why:
        return json.dumps({"code": why.code, "detail": why.detail}).encode()
    except (MemoryError, RecursionError):
        return json.dumps({"code": "file_unpacks_too_big", "detail": ""}).encode()


def bounded() -> None:
    """From now on. Windows knows no such bounds; there the ones of a file's directory must do."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(POLITE)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the bound is not kept, or counts what is not ours
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    bounded()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))

"""How the compared servers are driven: each says `ready PORT`, and broadcasts at every line on its stdin."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

Broadcast = Callable[[], Coroutine[Any, Any, None]]

_work: set[asyncio.Task[None]] = set()


def payload() -> bytes:
    """What is broadcast: the file that was named on the command line."""
    return Path(sys.argv[1]).read_bytes()


def ready(port: int) -> None:
    """Says that connections may come."""
    print(f"ready {port}", flush=True)


def obey(broadcast: Broadcast) -> None:
    """From now on, in the running loop. Ends the process when nobody is there to give orders."""
    loop = asyncio.get_running_loop()

    def told() -> None:
        if not os.read(sys.stdin.fileno(), 4096):
            raise SystemExit
        task = loop.create_task(broadcast())
        _work.add(task)
        task.add_done_callback(_work.discard)

    loop.add_reader(sys.stdin.fileno(), told)

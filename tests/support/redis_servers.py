"""Real Redis servers for tests: the bundled one, and the machine's own redis-server where there is one."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quizserver.stores import redis_child, redis_source
from quizserver.stores.embedded import start_redis

KINDS = ("bundled", "redis-server")


@contextmanager
def running(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a server of this kind with its files in `folder`; skips the test where the machine has none."""
    candidates = redis_source.bundled() if kind == "bundled" else [path for path in redis_source.installed() if path.name == kind]
    if not candidates:
        pytest.skip(f"no {kind} on this machine")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redis_child, "server_binary", lambda: candidates[0])
        server = asyncio.run(start_redis(folder, None))
    try:
        yield server.url
    finally:
        asyncio.run(server.stop())

"""The scripts beside this file, each read once and run by its digest; a Redis that was restarted is given its text again."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import msgpack  # type: ignore[import-untyped]
from redis.asyncio import Redis

from quizserver.stores.asking import Word, store_gone

SCRIPTS = Path(__file__).parent / "scripts"

Script = Callable[[Sequence[str], Sequence[Word]], Awaitable[Any]]


def packed(words: Sequence[Word]) -> bytes:
    """Many arguments as one, for `cmsgpack.unpack`: the client spends a microsecond on every argument. Bytes arrive as texts do."""
    argument: bytes = msgpack.packb(words, use_bin_type=False)
    return argument


def script(redis: Redis, name: str) -> Script:
    """Calls `scripts/<name>.lua` with KEYS and ARGV as documented in it. Calls raise StoreGone, and may run it twice."""
    registered = redis.register_script((SCRIPTS / f"{name}.lua").read_text(encoding="ascii"))

    async def call(keys: Sequence[str], arguments: Sequence[Word]) -> Any:
        with store_gone():
            return await registered(keys, arguments)

    return call

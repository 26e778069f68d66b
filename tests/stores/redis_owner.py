"""A process that works with a data folder's Redis, for tests that need several of them.

    python redis_owner.py <data folder> <signal|pipe>

It starts when a line comes in, says `owns` or `joined`, then `restarted` at each restart, and stops when input ends.
"""

import asyncio
import contextlib
import sys
from pathlib import Path

from quizserver.stores import redis_child
from quizserver.stores.embedded import start_redis, supervise


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


async def main(data: str, dies_by: str) -> None:
    redis_child.DIES_BY = dies_by
    sys.stdin.readline()
    server = await start_redis(Path(data), None)
    say("owns" if server.owned else "joined")
    supervision = asyncio.create_task(supervise(server, lambda: say("restarted")))
    await asyncio.to_thread(sys.stdin.read)
    supervision.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await supervision
    await server.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

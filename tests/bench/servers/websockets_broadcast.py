"""What websockets' own documentation advises for many: its server, and its `broadcast`."""

import asyncio

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.bench.servers.obeying import obey, payload, ready

BACKLOG = 2048
everybody: set[ServerConnection] = set()
message = payload()


async def endpoint(connection: ServerConnection) -> None:
    everybody.add(connection)
    try:
        await connection.wait_closed()
    finally:
        everybody.discard(connection)


async def say_it() -> None:
    broadcast(everybody, message)


async def main() -> None:
    async with serve(endpoint, "127.0.0.1", 0, compression=None, backlog=BACKLOG) as server:
        obey(say_it)
        ready(server.sockets[0].getsockname()[1])
        await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(main())

"""Stock uvicorn for the compared servers: its own WebSocket protocol, no compression, all else as it comes."""

import socket
from typing import Any

import uvicorn

from tests.bench.servers.obeying import Broadcast, obey, ready

BACKLOG = 2048


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, port: int, broadcast: Broadcast) -> None:
        super().__init__(config)
        self._port, self._broadcast = port, broadcast

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        obey(self._broadcast)
        ready(self._port)


def serve(app: Any, broadcast: Broadcast) -> None:
    """Until it is ended."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            loop="uvloop",
            lifespan="off",
            log_level="warning",
            backlog=BACKLOG,
        )
        _Server(config, sock.getsockname()[1], broadcast).run([sock])

"""The hub behind a real uvicorn on a real port of this machine, and clients that speak to it over real sockets."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import msgpack  # type: ignore[import-untyped]
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from quizserver import addresses, listening
from quizserver.front_door import FrontDoor, refusal
from quizserver.transports.asgi import Endpoint
from quizserver.transports.choice import Transport, uvicorn_options
from quizserver.transports.serving import Server
from quizserver.wire.codec import Encoding, encoded
from tests.hub.stage import PATIENCE_S, Message, Stage


@asynccontextmanager
async def served(
    stage: Stage, transport: Transport = Transport.LAZY, public_url: str | None = None, **options: Any
) -> AsyncIterator[int]:
    """The port at which the hub is found, behind the same front door as in the real server."""
    with listening.bound("127.0.0.1", 0, "test") as sock:
        sock.listen(100)
        port: int = sock.getsockname()[1]
        ours = addresses.ours(port, public_url, None, [])

        def foreign(scope: Any) -> tuple[int, str] | None:
            refused = refusal(scope, ours)
            return (refused.status_code, bytes(refused.body).decode()) if refused else None

        door = Middleware(FrontDoor, addresses=lambda: ours)
        app = Starlette(routes=[WebSocketRoute("/ws", Endpoint(stage.hub))], middleware=[door])
        with uvicorn_options(transport, stage.hub, "/ws", foreign) as chosen:
            async with serving(app, sock, **(chosen | options)):
                yield port


@asynccontextmanager
async def serving(app: Any, sock: socket.socket, **options: Any) -> AsyncIterator[None]:
    """An application behind a socket that listens."""
    server = Server(
        uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False, timeout_graceful_shutdown=2, **options)
    )
    running = asyncio.create_task(server.serve(sockets=[sock]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.stop()
        await running


@dataclass(eq=False)
class Client:
    """A client that is polite unless told otherwise."""

    socket: ClientConnection
    encoding: Encoding

    async def say(self, t: str, **rest: Any) -> None:
        frame = encoded(self.encoding, {"t": t, **rest})
        await self.socket.send(frame if self.encoding is Encoding.MSGPACK else frame.decode())

    async def hears(self, *kinds: str) -> Message:
        """The next message of these kinds; others are passed over."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                frame = await self.socket.recv()
                assert isinstance(frame, bytes) is (self.encoding is Encoding.MSGPACK)
                message: Message = msgpack.unpackb(frame) if isinstance(frame, bytes) else json.loads(frame)
                if message["t"] in kinds:
                    return message

    async def ending(self) -> tuple[int | None, str]:
        """The close code and its reason, when it has come."""
        async with asyncio.timeout(PATIENCE_S):
            await self.socket.wait_closed()
        return self.socket.close_code, self.socket.close_reason or ""


@asynccontextmanager
async def client(
    port: int, encoding: Encoding | None = Encoding.MSGPACK, origin: str | None = None, **options: Any
) -> AsyncIterator[Client]:
    protocols = [Subprotocol(encoding.value)] if encoding else None
    address = f"ws://127.0.0.1:{port}/ws"
    named = Origin(origin) if origin is not None else None
    async with connect(address, subprotocols=protocols, origin=named, compression=None, close_timeout=1, **options) as sock:
        yield Client(sock, encoding or Encoding.MSGPACK)


async def raw_socket(port: int, receives: int) -> socket.socket:
    """A WebSocket of our own that has been accepted, with a receive buffer so small that not reading is soon felt."""
    loop = asyncio.get_running_loop()
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    sock.setblocking(False)
    await loop.sock_connect(sock, ("127.0.0.1", port))
    await loop.sock_sendall(
        sock,
        f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: {Encoding.MSGPACK.value}\r\n\r\n".encode(),
    )
    reply = b""
    while not reply.endswith(b"\r\n\r\n"):
        reply += await loop.sock_recv(sock, 1)
    assert b" 101 " in reply
    return sock


def masked(payload: bytes, first: int = 0x82) -> bytes:
    """A client's frame with a mask of zeros."""
    length = len(payload)
    size = bytes([0x80 | length]) if length < 126 else b"\xfe" + length.to_bytes(2, "big")
    return bytes([first]) + size + b"\0\0\0\0" + payload

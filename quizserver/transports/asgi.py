"""The hub on plain ASGI: one task reads a connection, one writes it. The hub never waits for either.

This is the transport that works on every server. `channel` is the faster one.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from quizserver.hub.connection import Connection
from quizserver.hub.outbox import GAP, Outbox
from quizserver.hub.session import Hub
from quizserver.transports.open_line import is_open
from quizserver.transports.parser import is_utf8
from quizserver.wire import closing
from quizserver.wire.closing import Closing
from quizserver.wire.codec import Encoding
from quizserver.wire.framing import unframed

RESET = "quiz.reset"
"""ASGI extension: a function that drops the connection without a goodbye (resettable.py)."""
READ_AT = "quiz.read_at"
"""In a received message: time.monotonic() at which it was read, where the server says so."""
IS_TEXT = "quiz.is_text"
"""In a received message: its bytes came as text, and nobody has looked yet whether they are."""


class Endpoint:
    """An ASGI application for websocket scopes."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # that it wants to connect
        encoding = next((each for each in Encoding if each.value in scope["subprotocols"]), None)
        if encoding is None:
            await send({"type": "websocket.accept"})
            await send(_goodbye(closing.OTHER_VERSION))
            return
        await send({"type": "websocket.accept", "subprotocol": encoding.value})
        await self._serve(scope, receive, send, encoding)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, encoding: Encoding) -> None:
        outlet = AsgiOutlet(send, encoding, self._hub.house.limits.takes_nothing_s, _reset(scope))
        open_line = is_open(scope.get("headers", ()), scope.get("scheme") in ("https", "wss"))
        who = self._hub.connected(outlet, encoding, (scope.get("client") or ("", 0))[0], open_line)
        outlet.refill = lambda: self._hub.refill(who)
        writer = asyncio.create_task(outlet.run(), name="write a connection")
        reader = asyncio.create_task(self._read(who, receive), name="read a connection")
        try:
            await asyncio.wait((reader, writer), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._hub.lost(who)
            reader.cancel()
            writer.cancel()
            await asyncio.gather(reader, writer, return_exceptions=True)

    async def _read(self, who: Connection, receive: Receive) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            if message.get(IS_TEXT) and not is_utf8(message["bytes"]):
                self._hub.send_away(who, closing.MALFORMED)
                continue
            since_ms = round(1000 * (time.monotonic() - message.get(READ_AT, time.monotonic())))
            self._hub.received(who, _bytes_of(message), self._hub.now_ms() - since_ms)


class AsgiOutlet:
    """The one writer of a connection. What it cannot send yet waits in its outbox, which is bounded."""

    def __init__(self, send: Send, encoding: Encoding, takes_nothing_s: float, reset: Callable[[], None]) -> None:
        self._send, self._takes_nothing_s, self._reset = send, takes_nothing_s, reset
        self._key = "bytes" if encoding is Encoding.MSGPACK else "text"
        self._outbox = Outbox()
        self._news = asyncio.Event()
        self._closing: Closing | None = None
        self.refill: Callable[[], None] = lambda: None

    def write(self, frame: bytes, lane: str) -> None:
        """Takes a frame; whoever lets so much wait that it cannot be honest is cut off."""
        if not self._outbox.put(frame, lane):
            self._reset()
        self._news.set()

    def close(self, closing: Closing) -> None:
        """Ends the connection once what waits has been sent."""
        self._closing = closing
        self._news.set()

    async def run(self) -> None:
        """Writes until told to close, until the client is gone, or until it took nothing for too long."""
        try:
            while (message := await self._next()) is not None:
                async with asyncio.timeout(self._takes_nothing_s):
                    await self._send(message)
            if self._closing is not None:
                async with asyncio.timeout(self._takes_nothing_s):
                    await self._send(_goodbye(self._closing))
        except TimeoutError:
            self._reset()
        except OSError:
            return  # the client has gone

    async def _next(self) -> Message | None:
        """The next message; None when it is time to say goodbye."""
        while True:
            frame = self._outbox.take()
            if frame is GAP:
                self.refill()
            elif isinstance(frame, bytes):
                message = unframed(frame)  # the server makes a frame of its own
                return {"type": "websocket.send", self._key: message if self._key == "bytes" else message.decode()}
            elif self._closing is not None:
                return None
            else:
                self._news.clear()
                await self._news.wait()


def _bytes_of(message: Message) -> bytes:
    text: str | None = message.get("text")
    raw: bytes = message.get("bytes") or b""
    return raw if text is None else text.encode("utf-8", "surrogatepass")


def _goodbye(end: Closing) -> Message:
    return {"type": "websocket.close", "code": end.code, "reason": end.reason}


def _reset(scope: Scope) -> Callable[[], None]:
    extensions: dict[str, Any] = scope.get("extensions") or {}
    reset: Callable[[], None] = extensions.get(RESET, _cannot)
    return reset


def _cannot() -> None:
    """Without the extension the end of both tasks ends the connection, and the server says goodbye for us."""

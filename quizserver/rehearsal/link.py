"""One client's connection over a real socket. What was asked is asked again after a loss, until it is answered or patience ends.

It speaks quiz.v1.msgpack as PROTOCOL.md has it, and knows nothing of what the messages mean beyond which answers which.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from random import uniform

import msgpack  # type: ignore[import-untyped]
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol

from quizserver.rehearsal.line import NoReply
from quizserver.rehearsal.unanswered import WELCOME, Answer, Message, Unanswered
from quizserver.wire.codec import Encoding

PROTOCOL = Subprotocol(Encoding.MSGPACK.value)
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 1.0  # before a connection is tried again
LEAVES_S = 0.01  # in which what was written has left this process
MOST_TRIES = 3
STAYS_AWAY = (1000, 1007, 1008, 1009)
STAYS_AWAY_FROM = 4500


class Link:
    """`open` once; then `ask`, `tell`, `drop`, `open` again, and `close` at the end.

    `hello` is asked anew for each connection; `heard` is told every message, after whoever waits for it."""

    def __init__(self, url: str, reply_s: float, hello: Callable[[], Message], heard: Callable[[Message], None]) -> None:
        self._url, self._reply_s, self._hello, self._heard = url, reply_s, hello, heard
        self._socket: ClientConnection | None = None
        self._unanswered = Unanswered()
        self._reading: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connects, says hello and hears the welcome. Raises NoReply."""
        _, welcome = self._unanswered.expect(WELCOME)
        self._socket = await self._connect()
        self._reading = asyncio.create_task(self._keep_reading(self._socket), name="read a link")
        await self._wait_for("hello", welcome)

    async def ask(self, message: Message) -> Message:
        """Sends and waits for the answer. Raises NoReply."""
        numbered, answer = self._unanswered.expect(message)
        await self.tell(numbered)
        return await self._wait_for(str(message["t"]), answer)

    async def tell(self, message: Message) -> None:
        """Sends what has no answer, or one that nobody waits for."""
        if self._socket is not None:
            with suppress(ConnectionClosed):  # what must arrive is sent again after the loss
                await self._socket.send(msgpack.packb(message))

    async def tear(self, message: Message) -> None:
        """Loses the connection when half of this message is on its way."""
        await self._stop_reading()
        if self._socket is not None:
            frame = Frame(Opcode.BINARY, msgpack.packb({**message, "n": 0})).serialize(mask=True)
            self._socket.transport.write(frame[: len(frame) // 2])
            await asyncio.sleep(LEAVES_S)
        self.lose()

    async def drop(self) -> None:
        """Loses the connection without a word."""
        await self._stop_reading()
        self.lose()

    def lose(self) -> None:
        """The connection is not worth keeping; another one takes its place."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def close(self) -> None:
        """Ends for good; saying it twice changes nothing."""
        await self._stop_reading()
        if self._socket is not None:
            await self._socket.close()

    async def _connect(self) -> ClientConnection:
        """A new connection on which hello was said, and whatever has no answer yet. Raises NoReply after some tries."""
        for left in reversed(range(MOST_TRIES)):
            try:
                async with asyncio.timeout(self._reply_s):
                    return await self._connect_once()
            except (TimeoutError, OSError, WebSocketException) as fault:
                if not left:
                    raise NoReply(f"{self._url} cannot be reached: {str(fault) or type(fault).__name__}.") from None
            await asyncio.sleep(uniform(SHORTEST_PAUSE_S, LONGEST_PAUSE_S))
        raise AssertionError

    async def _connect_once(self) -> ClientConnection:
        socket = await connect(
            self._url, subprotocols=[PROTOCOL], compression=None, ping_interval=None, open_timeout=None, proxy=None
        )
        try:
            for message in (self._hello(), *self._unanswered.to_send_again()):
                await socket.send(msgpack.packb(message))
        except BaseException:  # whoever gave up meanwhile leaves no connection behind
            socket.transport.abort()
            raise
        return socket

    async def _wait_for(self, what: str, answer: Answer) -> Message:
        try:
            async with asyncio.timeout(self._reply_s):
                return await answer
        except TimeoutError:
            raise NoReply(f"The server said nothing to `{what}` for {self._reply_s:.0f} s.") from None

    async def _keep_reading(self, socket: ClientConnection) -> None:
        """Until closed by us or sent away for good. Raises nothing: whoever waits for an answer is told."""
        try:
            while True:
                await self._read(socket)
                await asyncio.sleep(uniform(SHORTEST_PAUSE_S, LONGEST_PAUSE_S))
                self._socket = socket = await self._connect()
        except NoReply as gone:
            self._unanswered.give_up(str(gone))

    async def _read(self, socket: ClientConnection) -> None:
        """Until this connection is lost. Raises NoReply if one is not to come back."""
        with suppress(ConnectionClosed):
            async for raw in socket:
                message = msgpack.unpackb(raw)
                self._unanswered.answered(message)
                self._heard(message)
        code = socket.close_code or 0
        if code in STAYS_AWAY or code >= STAYS_AWAY_FROM:
            raise NoReply(f"The server sent a client away: {code} {socket.close_reason}.")

    async def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])
            self._reading = None

"""A device over a real socket, in JSON: says what it is told to, keeps what it hears as a page would."""

import asyncio
import json
import secrets
from collections.abc import Callable
from itertools import count
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from quizserver.battle.views import apply_patch

PATIENCE_S = 10.0
Message = dict[str, Any]


class Device:
    """One connection at a time; `come_back` opens another with the same token."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url, self.token = url, token
        self.said: list[Message] = []
        self.view: Message = {}
        self.at = 0
        self.mine: Message = {}
        self.welcome: Message = {}
        self.ended: int | None = None
        self._numbers = count(1)
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()

    async def come(self, **hello: Any) -> "Device":
        """Connects and says hello; a dead server is tried again until patience ends. Sent away: `ended` is the close code."""
        await self.go()
        async with asyncio.timeout(PATIENCE_S):
            while self._socket is None:
                try:
                    self._socket = await connect(self.url, subprotocols=["quiz.v1.json"], compression=None)  # type: ignore[list-item]
                except (OSError, ConnectionClosed, EOFError, TimeoutError):
                    await asyncio.sleep(0.05)
        self.welcome, self.ended = {}, None
        self._listening = asyncio.create_task(self._listen(self._socket))
        await self.say("hello", v=1, **({"token": self.token} if self.token else {}), **hello)
        await self.until(lambda: bool(self.welcome) or self.ended is not None)
        return self

    async def go(self) -> None:
        """Drops the connection without a word."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()
        self._socket = self._listening = None

    async def say(self, t: str, **rest: Any) -> None:
        """Sends one message; a lost connection is not this call's affair."""
        assert self._socket is not None
        try:
            await self._socket.send(json.dumps({"t": t, **rest}))
        except ConnectionClosed:
            self._heard.set()

    async def ask(self, t: str, **rest: Any) -> Message:
        """Sends with a number and returns its answer."""
        n = next(self._numbers)
        await self.say(t, n=n, **rest)
        return await self.hears(lambda message: message.get("n") == n)

    async def do(self, command: str, **args: Any) -> Message:
        """A host's press, which must be done."""
        done = await self.ask("do", command=command, args=args)
        assert done.get("ok"), (command, done)
        return done.get("result") or {}

    async def join(self, pin: str, name: str) -> "Device":
        await self.say("join", pin=pin, name=name)
        joined = await self.hears(lambda message: message["t"] in ("joined", "refused"))
        assert joined["t"] == "joined", joined
        self.token = joined["token"]
        await self.until(lambda: self.welcome.get("role") == "team" and bool(self.view))
        return self

    async def answer(self, question: str, opening: int, value: Any, id: str | None = None) -> str:
        """Sends an answer and returns its id; the ack is another matter."""
        id = id or secrets.token_hex(16)
        await self.say("answer", id=id, question=question, opening=opening, value=value)
        return id

    async def hears(self, wanted: Callable[[Message], bool]) -> Message:
        """The first message, past or to come, that is wanted."""
        await self.until(lambda: any(map(wanted, self.said)))
        return next(filter(wanted, self.said))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Waits until it holds; a test that waits too long fails with what was heard last."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not holds():
                    self._heard.clear()
                    await self._heard.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain; last heard {self.said[-3:]}") from None

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for raw in socket:
                self._keep(json.loads(raw))
        except ConnectionClosed as end:
            self.ended = end.rcvd.code if end.rcvd else None
        finally:
            self._heard.set()

    def _keep(self, message: Message) -> None:
        self.said.append(message)
        match message["t"]:
            case "welcome":
                self.welcome = {**self.welcome, **message}
                self.token = message.get("token", self.token)
            case "snapshot":
                self.view, self.at = message["view"], message.get("to", self.at)
            case "room":
                self.view, self.at = apply_patch(self.view, message["patch"]), message.get("to", self.at)
            case "mine":
                self.mine = message["mine"]
            case "result":
                self.view, self.at = apply_patch(self.view, message["room"]["patch"]), message["room"]["to"]
                self.mine = message["mine"]["mine"]
        self._heard.set()

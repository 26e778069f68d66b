"""Somebody in a fault game: comes back by itself as our pages do, keeps what it hears, and writes all of it into its book."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Subprotocol

from quizserver.battle.views import apply_patch
from quizserver.wire.codec import Encoding
from tests.faults.rig.history import Book, digest
from tests.faults.rig.secrecy import Secrecy

Message = dict[str, Any]

PROTOCOL = Subprotocol(Encoding.JSON.value)
LOOK_S, SILENT_S = 0.8, 3.0  # a page asks every 5 s and gives up after 12; a whole game is not longer
CONNECTS_WITHIN_S = 3.0
REPLY_S = 2.0
SHORTEST_PAUSE_S, FIRST_LONGEST_S, LONGEST_PAUSE_S = 0.1, 0.5, 2.0
TOLD = re.compile(r"^\S+ (\d{1,6})$")  # why, and after how many milliseconds to come back
STAYS_AWAY = (1000, 1007, 1008, 1009)
STAYS_AWAY_FROM = 4500


@dataclass(frozen=True, slots=True)
class Door:
    """A way to a server: to its address, but through this port."""

    server: str
    url: str
    port: int


def connecting(door: Door) -> connect:
    """To be awaited within a time of one's own."""
    way: dict[str, Any] = {"port": door.port, "ping_interval": None, "close_timeout": 0.2, "proxy": None, "open_timeout": None}
    return connect(door.url, subprotocols=[PROTOCOL], compression=None, **way)


def greeted(welcome: Message) -> Message:
    """What is written down of it."""
    return {key: welcome.get(key) for key in ("epoch", "team", "seat", "venue")}


class Client:
    """`live` until it is cancelled. `doors`: tried in turn, from `random`'s choice on."""

    role = "guest"

    def __init__(self, who: str, doors: list[Door], book: Book, secrecy: Secrecy, random: Random) -> None:
        self.view: Message = {}
        self.mine: Message = {}
        self.welcome: Message = {}
        self.token = self.battle = ""
        self.sent_away = self._before = ""
        self.replaced: list[str] = []
        """Tokens that must open nothing any more."""
        self.who, self.book, self.random = who, book, random
        self.secrecy = secrecy
        self._doors = self._in_turn(doors)
        self._epoch = 0
        self._version: int | None = 0
        self._revision = ""
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Message]] = {}
        self._socket: ClientConnection | None = None
        self._heard_at = 0.0
        self._news = asyncio.Event()
        self._offset_ms = 0.0

    @property
    def phase(self) -> str:
        return str(self.view.get("phase", ""))

    @property
    def is_in(self) -> bool:
        """Welcomed on a connection that is still there."""
        return self._socket is not None and self.welcome.get("role") == self.role

    def now_ms(self) -> float:
        """Battle time, about."""
        return time.monotonic() * 1000 + self._offset_ms

    async def live(self) -> None:
        """Connected as much of the time as can be, until it is sent away for good."""
        tries = 0
        while not self.sent_away:
            began = time.monotonic()
            reason = await self._visit(next(self._doors))
            tries = 0 if self.welcome and time.monotonic() - began > 1 else tries + 1
            self.welcome = {}
            await asyncio.sleep(self._pause_s(reason, tries))

    async def say(self, t: str, **rest: Any) -> bool:
        """Sends; True says that it left. Written down before: what is not known to have left may have arrived."""
        if self._socket is None:
            return False
        if t != "hello":
            self.book.write("said", message={"t": t, **rest}, **{key: rest[key] for key in ("id", "n") if key in rest})
        with suppress(ConnectionClosed):
            await self._socket.send(json.dumps({"t": t, **rest}))
            return True
        return False

    async def ask(self, t: str, **rest: Any) -> Message | None:
        """The reply; None where none came: then nobody knows whether it was done."""
        n = next(self._numbers)
        reply = self._waiting[n] = asyncio.get_running_loop().create_future()
        try:
            if await self.say(t, n=n, **rest):
                return await asyncio.wait_for(reply, REPLY_S)
        except TimeoutError:
            pass
        finally:
            self._waiting.pop(n, None)
        return None

    async def until(self, holds: Callable[[], Any], within_s: float = 20.0) -> bool:
        """Whether it came to hold."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while not holds():
                    self._news.clear()
                    await self._news.wait()
        return bool(holds())

    def heard(self, message: Message) -> None:
        """What a role does with what it was told, beside keeping it."""

    async def play(self) -> None:
        """What a role does by itself, until the battle is over."""

    async def welcomed(self) -> None:
        """What a role says again on a new connection."""

    def lose(self) -> None:
        """The connection is not worth keeping; another one takes its place."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def ended(self) -> None:
        """Returns when it has seen the end of the battle."""
        while not (self.is_in and self.phase == "finished"):
            self._news.clear()
            await self._news.wait()

    def state(self) -> str:
        """For a sentence."""
        return f"{self.who} is {'in' if self.is_in else 'out'} {self.sent_away} at {self.phase} {self._version} of {self._epoch}"

    def hello(self) -> Message:
        hello: Message = {"t": "hello", "v": 1}
        if self.token:
            hello["token"] = self.token
        if self.token and self._version:
            has = {"epoch": self._epoch, "room": self._version}
            hello["resume"] = {"battle": self.battle, **has, **({"mine": self._revision} if self._revision else {})}
        return hello

    def _in_turn(self, doors: list[Door]) -> Iterator[Door]:
        at = self.random.randrange(len(doors))
        while True:
            yield doors[at % len(doors)]
            at += 1

    def _pause_s(self, reason: str, tries: int) -> float:
        if told := TOLD.match(reason):
            return int(told[1]) / 1000
        return self.random.uniform(SHORTEST_PAUSE_S, min(LONGEST_PAUSE_S, FIRST_LONGEST_S * 2 ** min(tries, 5)))

    async def _visit(self, door: Door) -> str:
        """One connection from its beginning to its end, and why it ended."""
        try:
            async with asyncio.timeout(CONNECTS_WITHIN_S):
                socket = await connecting(door)
        except (OSError, EOFError, WebSocketException) as fault:
            self.book.write("note", text=f"{door.server} cannot be reached: {type(fault).__name__}")
            return ""
        try:
            return await self._stay(socket, door)
        finally:
            self._socket = None
            socket.transport.abort()

    async def _stay(self, socket: ClientConnection, door: Door) -> str:
        self._socket, self._heard_at = socket, time.monotonic()
        looking = asyncio.create_task(self._look(socket))
        try:
            await socket.send(json.dumps(self.hello()))
            async for raw in socket:
                await self._keep(json.loads(raw), str(raw), door)
        except ConnectionClosed:
            pass
        finally:
            looking.cancel()
            await asyncio.wait([looking])
            code, reason = socket.close_code or 0, socket.close_reason or ""
            self.book.write("closed", code=code, reason=reason, server=door.server)
        if code in STAYS_AWAY or code >= STAYS_AWAY_FROM:
            self.sent_away = f"{code} {reason}"
        return reason

    async def _look(self, socket: ClientConnection) -> None:
        """Asks for the time, which shows that the other end is alive; silence ends the connection."""
        with suppress(ConnectionClosed):
            while time.monotonic() - self._heard_at < SILENT_S:
                await self.say("clock", sent=int(time.monotonic() * 1000))
                await asyncio.sleep(LOOK_S)
            self.book.write("note", text="nothing was heard for too long")
            socket.transport.abort()

    async def _keep(self, message: Message, raw: str, door: Door) -> None:
        self._heard_at = time.monotonic()
        for mark in self.secrecy.leaked(raw, self.role):
            self.book.write("leak", canary=mark, t=message["t"])
        match message["t"]:
            case "clock":
                self.book.write("clock", sent=message["sent"], now=message["now"])
                self._offset_ms = message["now"] - (message["sent"] + time.monotonic() * 1000) / 2
            case "welcome" if "token" in message and self.is_in:
                self._before, self.token = self.token, message["token"]
            case "welcome":
                self._welcome(message, door)
                await self.welcomed()
            case "joined" | "paired":
                self.token, self.battle = message["token"], message["battle"]
            case "snapshot":
                self.view = message["view"]
                self._room(message, None)
            case "room":
                self._patched(message)
            case "mine":
                self._own(message)
            case "result":
                self._patched(message["room"])
                self._own(message["mine"])
            case "ack":
                about = {key: message[key] for key in ("code", "late_ms", "temporary") if message.get(key) is not None}
                self.book.write("ack", id=message["id"], verdict=message["verdict"], revision=message["revision"], **about)
            case "done":
                self.book.write("done", n=message["n"], ok=message["ok"], refused=message.get("refused"))
            case "refused":
                self.book.write("note", text="refused", **{key: message.get(key) for key in ("to", "code", "detail")})
        if (reply := self._waiting.get(message.get("n", 0))) and not reply.done():
            reply.set_result({**message, "had": {"epoch": self._epoch, "to": self._version}})  # more may come before it is read
        self.heard(message)
        self._news.set()

    def _welcome(self, message: Message, door: Door) -> None:
        self.welcome = message
        self.token = message.get("token", self.token)
        self.battle = message.get("battle", self.battle)
        self._offset_ms = message["now"] - time.monotonic() * 1000
        if message["role"] != "guest":
            self.book.write("opened", server=door.server, **greeted(message), **self._shown())

    def _shown(self) -> Message:
        """The token of this greeting, and the one that nobody can use from now on."""
        before, self._before = self._before, ""
        if before:
            self.replaced.append(before)
        return {"token": digest(self.token), **({"replaces": digest(before)} if before else {})}

    def _patched(self, room: Message) -> None:
        """Where a range does not continue what we have, we come back for a snapshot; one without a version is taken as it is."""
        if self._version is None or (room["epoch"], room["from"]) == (self._epoch, self._version):
            self.view = apply_patch(self.view, room["patch"])
            self._room(room, room["from"])
        else:
            self._room(room, room["from"])
            self._version = 0
            self.lose()

    def _room(self, message: Message, since: int | None) -> None:
        self._epoch, self._version = message["epoch"], message.get("to")
        self.book.write("room", epoch=self._epoch, **{"from": since}, to=self._version, view=digest(self.view))

    def _own(self, message: Message) -> None:
        self._revision, self.mine = message["revision"], message["mine"]
        place = self.mine.get("place") or {}
        answers = {question: answer["revision"] for question, answer in self.mine.get("answers", {}).items()}
        self.book.write(
            "mine",
            revision=self._revision,
            view=digest(self.mine),
            answers=answers,
            place=place.get("place"),
            points=place.get("points"),
        )

    async def served_standing(self) -> list[list[Any]]:
        """The rows of the standing as this client is served them, in pages; [] where they cannot be had now."""
        rows: list[list[Any]] = []
        while True:
            reply = await self.ask("page", of="standing", which="total", start=len(rows), count=100)
            if reply is None or reply["t"] != "page":
                return []
            page = reply["page"]
            some = [[row["team"], row["place"], row["points"]] for row in page["rows"]]
            about = {**reply["had"], "which": "total", "start": len(rows), "of": page["of"]}
            self.book.write("standing", **about, rows=some)
            rows += some
            if len(rows) >= page["of"] or not some:
                return rows

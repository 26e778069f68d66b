"""Phone, desk and console over a real socket: the room and the own document put together from what the server sends."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizserver.battle.views.patch import apply_patch
from quizserver.rehearsal.battle_time import BattleTime
from quizserver.rehearsal.bell import Bell
from quizserver.rehearsal.line import Ack, Refusal, Said, Seat, View
from quizserver.rehearsal.link import Link
from quizserver.rehearsal.unanswered import Message

VERSION = 1
PAGE = 100
MOST_TRIES, BETWEEN_TRIES_S = 20, 0.5
NOTHING: View = {}


class SocketClient:
    """The `Follows` part of a line."""

    def __init__(self, url: str, reply_s: float, time: BattleTime, token: str = "", battle: str = "") -> None:
        """`battle`: the one a console asks for."""
        self.view: View = NOTHING
        self.mine: View = NOTHING
        self.on_change: Callable[[], None] = lambda: None
        self.link = Link(url, reply_s, self._hello, self._heard)
        self.token, self._wanted = token, battle
        self._time, self._bell = time, Bell()
        self._epoch = self._version = 0
        self._revision = ""

    async def changed(self) -> None:
        await self._bell.rung()

    def now_ms(self) -> int:
        return self._time.now_ms()

    async def leave(self) -> None:
        await self.link.tell({"t": "leave"})
        await self.link.close()

    async def ask_the_time(self) -> None:
        """Everybody hears the reply."""
        await self.link.ask({"t": "clock", "sent": self._time.stamp_ms()})

    def _hello(self) -> Message:
        hello: dict[str, Any] = {"t": "hello", "v": VERSION}
        if self.token:
            hello["token"] = self.token
        if self._wanted:
            hello["battle"] = self._wanted
        if self.token and self._version:
            has = {"epoch": self._epoch, "room": self._version, "mine": self._revision}
            hello["resume"] = {"battle": self.view["battle"]["id"], **has}
        return hello

    def _heard(self, message: Message) -> None:
        match message["t"]:
            case "clock":
                self._time.heard(message["sent"], message["now"])
            case "joined":
                self.token = message["token"]
            case "snapshot":
                self._epoch, self._version = message["epoch"], message["to"]
                self._show(message["view"], self.mine)
            case "room":
                self._show(self._patched(message), self.mine)
            case "mine":
                self._revision = message["revision"]
                self._show(self.view, message["mine"])
            case "result":
                self._revision = message["mine"]["revision"]
                self._show(self._patched(message["room"]), message["mine"]["mine"])

    def _patched(self, room: Message) -> View:
        """Where a range does not continue what we have, we come back for a snapshot."""
        if (room["epoch"], room["from"]) != (self._epoch, self._version):
            self._version = 0
            self.link.lose()
            return self.view
        self._version = room["to"]
        return apply_patch(self.view, room["patch"])

    def _show(self, view: View, mine: View) -> None:
        self.view, self.mine = view, mine
        self.on_change()
        self._bell.ring()


class SocketDevice(SocketClient):
    """A `Device`."""

    pin = ""

    async def join(self, name: str) -> Seat | Refusal:
        return self._seated(await self.link.ask({"t": "join", "pin": self.pin, "name": name}))

    async def take_seat(self, code: str) -> Seat | Refusal:
        return self._seated(await self.link.ask({"t": "join", "pin": self.pin, "code": code}))

    def _seated(self, reply: Message) -> Seat | Refusal:
        return Refusal(reply["code"]) if reply["t"] == "refused" else Seat(reply["team"], reply["code"])

    async def answer(self, said: Said) -> Ack:
        """Tries again while the server says that it cannot for the moment, as a phone does."""
        for _ in range(MOST_TRIES):
            reply = await self.link.ask(_answer(said))
            if not reply.get("temporary"):
                break
            await asyncio.sleep(BETWEEN_TRIES_S)
        return Ack(said.id, reply["verdict"], reply["revision"])

    async def send_only(self, said: Said) -> None:
        await self.link.tell(_answer(said))

    async def drop(self) -> None:
        await self.link.drop()

    async def come_back(self) -> None:
        await self.link.open()


class _SocketStaff(SocketClient):
    """What desk and console have in common."""

    async def marks(self, operations: Sequence[Mapping[str, Any]]) -> Refusal | None:
        return _refusal(await self.link.ask({"t": "marks", "operations": list(operations)}))

    async def rows(self, **wanted: Any) -> list[View]:
        """All rows of a paged list."""
        rows: list[View] = []
        while True:
            reply = await self.link.ask({"t": "page", **wanted, "start": len(rows), "count": PAGE})
            page = reply.get("page", NOTHING).get("rows", ())
            rows += page
            if len(page) < PAGE:
                return rows


class SocketDesk(_SocketStaff):
    """A `Desk`."""

    async def collected(self, scope: str) -> Refusal | None:
        return _refusal(await self.link.ask({"t": "collected", "scope": scope}))

    async def sheets(self, scope: str) -> list[View]:
        return await self.rows(of="sheet", scope=scope)


class SocketHost(_SocketStaff):
    """A `Host`. `fetch_export`: the lines of this battle's file, from wherever they can be had."""

    fetch_export: Callable[[], Any]

    async def press(self, command: str, step: int | None = None, **args: Any) -> View | Refusal:
        message = {"t": "do", "command": command, "args": args} | ({} if step is None else {"step": step})
        reply = await self.link.ask(message)
        return _refusal(reply) or reply.get("result", NOTHING)

    async def sheets(self, venue: str, scope: str) -> list[View]:
        return await self.rows(of="sheet", scope=scope, venue=venue)

    async def standing(self) -> list[View]:
        return await self.rows(of="standing", which="total")

    async def export(self) -> list[bytes]:
        lines: list[bytes] = await self.fetch_export()
        return lines


def _answer(said: Said) -> Message:
    return {
        "t": "answer",
        "id": said.id,
        "question": said.question,
        "opening": said.opening,
        "value": said.value,
        "seen": said.seen,
        "held": said.held,
    }


def _refusal(reply: Message) -> Refusal | None:
    if reply["t"] == "done" and not reply["ok"]:
        return Refusal(reply["refused"]["code"])
    return Refusal(reply["code"]) if reply["t"] == "refused" else None

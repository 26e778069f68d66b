"""Somebody who follows a battle over a real socket: the room and the own document, put together from what the server sends."""

from collections.abc import Callable
from typing import Any

from quizserver.battle.views.patch import apply_patch
from quizserver.rehearsal.battle_time import BattleTime
from quizserver.rehearsal.bell import Bell
from quizserver.rehearsal.line import View
from quizserver.rehearsal.link import Link
from quizserver.rehearsal.unanswered import Message

VERSION = 1
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

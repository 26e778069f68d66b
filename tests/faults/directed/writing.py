"""A device that writes down what it says and hears, and looks for secrets in all of it."""

import json
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection

from tests.faults.rig.client import greeted
from tests.faults.rig.history import Book, digest
from tests.support.sockets import Device, Message

WORTH_WRITING = ("answer", "marks", "collected", "do", "clock")


@dataclass
class Secrets:
    """`marks` in the order of the questions; the first `told` of them everybody may know."""

    marks: list[str]
    told: int = 0

    def heard_in(self, text: str) -> list[str]:
        """Those that nobody may know yet."""
        return [mark for mark in self.marks[self.told :] if mark in text]


@dataclass
class Place:
    """Where a client is in its room."""

    epoch: int = 0
    to: int | None = 0
    pages: dict[int, Message] = field(default_factory=dict)


class WritingDevice(Device):
    """`trusted`: it may know every solution, as a host may, or a desk that has collected."""

    def __init__(self, url: str, book: Book, secrets: Secrets, token: str | None = None, trusted: bool = False) -> None:
        super().__init__(url, token)
        self.book, self.secrets, self.trusted = book, secrets, trusted
        self._at = Place()

    async def say(self, t: str, **rest: Any) -> None:
        if t in WORTH_WRITING:
            self.book.write("said", message={"t": t, **rest})
        if t == "page":
            self._at.pages[rest["n"]] = rest
        await super().say(t, **rest)

    async def do(self, command: str, **args: Any) -> Message:
        if command == "Reveal":
            self.secrets.told += 1  # from now on it may be on its way
        return await super().do(command, **args)

    def shows(self, replaces: str | None = None) -> None:
        """Writes down the token that it has just come in with, and the one which that replaces."""
        about = {"server": self.url, **greeted(self.welcome), "token": digest(self.token)}
        self.book.write("opened", **about, **({"replaces": digest(replaces)} if replaces else {}))

    async def said_is_read(self) -> None:
        """Returns when the server has read all that was said here before."""
        sent = len(self.said)
        await self.say("clock", sent=sent)
        await self.hears(lambda message: message["t"] == "clock" and message["sent"] == sent)

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            await super()._listen(socket)
        finally:
            self.book.write("closed", code=self.ended, reason="")

    def _keep(self, message: Message) -> None:
        super()._keep(message)
        for secret in () if self.trusted else self.secrets.heard_in(json.dumps(message)):
            self.book.write("leak", canary=secret, t=message["t"])
        match message["t"]:
            case "welcome" if message["role"] != "guest" and "token" not in message:  # with a token it is the second of two
                self.book.write("opened", server=self.url, **greeted(message))
            case "snapshot" | "room":
                self._room(message)
            case "mine":
                self._mine(message)
            case "result":
                self._room(message["room"])
                self._mine(message["mine"])
            case "ack" | "done" | "clock":
                self.book.write(message["t"], **{key: value for key, value in message.items() if key not in ("t", "result")})
            case "page" if (asked := self._at.pages[message["n"]])["of"] == "standing":
                page = message["page"]
                rows = [[row["team"], row["place"], row["points"]] for row in page["rows"]]
                which = {"which": asked.get("which", "total"), "start": page["start"], "of": page["of"]}
                self.book.write("standing", epoch=self._at.epoch, to=self._at.to, rows=rows, **which)

    def _room(self, message: Message) -> None:
        self._at.epoch, self._at.to = message["epoch"], message.get("to")
        at = {"epoch": message["epoch"], "from": message.get("from"), "to": message.get("to")}
        self.book.write("room", **at, view=digest(self.view))

    def _mine(self, message: Message) -> None:
        mine = message["mine"]
        answers = {question: each["revision"] for question, each in mine["answers"].items()}
        place = {key: mine["place"][key] for key in ("place", "points")} if "place" in mine else {}
        self.book.write("mine", revision=message["revision"], view=digest(mine), answers=answers, **place)

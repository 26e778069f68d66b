"""A device of a team: taps as fast as it may, changes its mind, says things twice and too late, keeps what has no ack."""

import asyncio
import json
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from websockets.exceptions import WebSocketException

from tests.faults.rig.client import Client, Message, connecting, greeted
from tests.faults.rig.history import digest

TAP_S = (0.15, 0.45)  # a device may send five messages a second, and asks for the time as well
TWICE_SHARE, EARLIER_SHARE, LATE_SHARE = 0.06, 0.3, 0.1
AGAIN_S = 1.0  # what has no ack is said again
TRIES_SHARE, TRIES_AFTER_S, TRIES_FOR_S = 0.3, 1.0, 1.0
PATIENT = 8  # answers without an ack, before a person stops tapping
KEPT = ("paused", "not_open")


class Team(Client):
    """`name` joins as a team, `code` sits down at one."""

    role = "team"
    pin = name = code = ""
    code_of_team = ""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.wish = secrets.token_hex(16)  # the same at each try: whoever joined and was not told of it is in
        self.unacked: dict[str, Message] = {}
        self.said_at: dict[str, float] = {}
        self.recorded = 0

    async def play(self) -> None:
        """Until the battle is over."""
        while self.phase != "finished":
            if (question := self._answerable()) and len(self.unacked) < PATIENT:
                await self._tap(question)
            await self._again()
            if self.replaced and self.random.random() < TRIES_SHARE:
                await asyncio.sleep(TRIES_AFTER_S)
                await self._try(self.replaced.pop())
            await asyncio.sleep(self.random.uniform(*TAP_S))

    async def _try(self, token: str) -> None:
        """Somebody has a copy of a token that was replaced since, and comes with it: it opens nothing."""
        door = next(self._doors)
        with suppress(OSError, EOFError, WebSocketException, TimeoutError):
            async with asyncio.timeout(TRIES_FOR_S), connecting(door) as socket:
                await socket.send(json.dumps({"t": "hello", "v": 1, "token": token}))
                heard = json.loads(await socket.recv())
                if heard["t"] == "welcome" and heard["role"] != "guest":
                    self.book.write("opened", server=door.server, **greeted(heard), token=digest(token))

    def state(self) -> str:
        return f"{super().state()} with {len(self.unacked)} answers in doubt"

    async def settle(self) -> None:
        """Until each answer has its verdict."""
        while self.unacked or self.phase != "finished":
            await self._again()
            await asyncio.sleep(0.1)

    async def welcomed(self) -> None:
        if self.welcome["role"] == "guest":
            await self.say("join", pin=self.pin, id=self.wish, **({"code": self.code} if self.code else {"name": self.name}))
            return
        for message in list(self.unacked.values()):
            message["held"] = True
        self.said_at.clear()
        await self._again()

    def heard(self, message: Message) -> None:
        match message["t"]:
            case "joined":
                self.code_of_team = message["code"]
            case "refused" if message.get("to") == "join":
                if self._socket is not None:
                    self._socket.transport.abort()
            case "ack" if message["verdict"] not in KEPT and not message.get("temporary"):
                self.recorded += message["verdict"] == "recorded"
                self.unacked.pop(message["id"], None)
                self.said_at.pop(message["id"], None)

    def _answerable(self) -> Message | None:
        """The question on the stage, or now and then another one that may still be changed."""
        if not self.is_in or self.phase not in ("open", "last_call") or self.view.get("paused"):
            return None
        questions: dict[str, Message] = self.view.get("questions", {})
        opened = [each for each in questions.values() if each.get("opening")]
        current = questions.get(self.view.get("question", ""))
        clock = self.view.get("clock", {})
        if not opened or self.now_ms() < clock.get("opens_at", 0):
            return None
        if self.now_ms() > clock.get("deadline", 0) and self.random.random() > LATE_SHARE:
            return None
        if current in opened and self.random.random() > EARLIER_SHARE:
            return current
        return self.random.choice(opened)

    async def _tap(self, question: Message) -> None:
        seen = self.mine.get("answers", {}).get(question["id"], {}).get("revision", 0)
        id, about = secrets.token_hex(16), {"question": question["id"], "opening": question["opening"], "seen": seen}
        self.unacked[id] = {"id": id, **about, "value": self._value(question)}
        await self._send([id])
        if self.random.random() < TWICE_SHARE:
            await self._send([id])

    async def _again(self) -> None:
        now = time.monotonic()
        await self._send([id for id in self.unacked if now - self.said_at.get(id, 0) > AGAIN_S][:PATIENT])

    async def _send(self, ids: Iterable[str]) -> None:
        for id in ids:
            if self.is_in and (message := self.unacked.get(id)):
                self.said_at[id] = time.monotonic()
                await self.say("answer", **message)

    def _value(self, question: Message) -> str:
        match question["kind"]:
            case "one":
                return str(self.random.choice(question["options"])["id"])
            case "number":
                return str(self.random.randrange(10**6))
        return self.random.choice(("Ту-144", "АНТ-25", "не знаю")) + f" {self.random.randrange(5)}"

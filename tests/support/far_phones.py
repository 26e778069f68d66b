"""Phones at the other end of long lines: real sockets, a delay in each direction, a clock like a page's."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

import msgpack  # type: ignore[import-untyped]
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from quizserver.battle.views import apply_patch
from tests.support.page_clock import PageClock

Message = dict[str, Any]


def machine_ms() -> float:
    """The one clock of this machine."""
    return time.monotonic_ns() / 1e6


@dataclass(frozen=True)
class Line:
    """Milliseconds that it takes a message to the server and back from it, each with up to `jitter_ms` more."""

    there_ms: float
    back_ms: float
    jitter_ms: float = 0


class _OneWay:
    """Delivers in order, each thing after its delay."""

    def __init__(self, delay_ms: Callable[[], float]) -> None:
        self._delay_ms, self._latest_s = delay_ms, 0.0
        self._carried: deque[Callable[[], None]] = deque()

    def carry(self, deliver: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        self._latest_s = max(self._latest_s, loop.time() + self._delay_ms() / 1000)
        self._carried.append(deliver)  # a loop calls what is due at one moment in any order
        loop.call_at(self._latest_s, lambda: self._carried.popleft()())


class FarPhone:
    """One phone. Its own clock begins anywhere. `has_question`: there is one, to be seen at `shows_at` of its view."""

    def __init__(self, socket: ClientConnection, line: Line, lots: Random) -> None:
        self._socket = socket
        begins_ms = lots.uniform(0, machine_ms())  # a page's clock is never below zero
        self.clock = PageClock(lambda: machine_ms() - begins_ms)
        self._begins_ms = begins_ms
        self._there = _OneWay(lambda: line.there_ms + lots.uniform(0, line.jitter_ms))
        self._back = _OneWay(lambda: line.back_ms + lots.uniform(0, line.jitter_ms))
        self._sending: set[asyncio.Task[None]] = set()
        self.view: Message = {}
        self.joined, self.has_question = asyncio.Event(), asyncio.Event()
        self.looks = 0
        self.arrived_ms = 0.0
        self._reading = asyncio.create_task(self._read())

    def say(self, t: str, **rest: Any) -> None:
        frame = msgpack.packb({"t": t, **rest})
        self._there.carry(lambda: self._send(frame))

    def ask_for_the_time(self) -> None:
        self.say("clock", sent=self.clock.stamp())

    def shows_at_ms(self) -> float:
        """When it shows the question, by the machine's clock: at its moment by its own estimate, or when it comes, if that is
        later."""
        moment_ms = self.view["shows_at"] - self.clock.offset_ms + self._begins_ms
        return float(max(self.arrived_ms, moment_ms))

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, *self._sending, return_exceptions=True)

    def _send(self, frame: bytes) -> None:
        task = asyncio.create_task(self._socket.send(frame))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _read(self) -> None:
        try:
            async for raw in self._socket:
                assert isinstance(raw, bytes)
                self._back.carry(partial(self._hear, msgpack.unpackb(raw)))
        except ConnectionClosed:
            return

    def _hear(self, message: Message) -> None:
        match message["t"]:
            case "welcome":
                self.clock.guess(message["now"])
            case "clock":
                self.clock.heard(message["sent"], message["now"])
                self.looks += 1
            case "snapshot":
                self.view = message["view"]
            case "room":
                self.view = apply_patch(self.view, message["patch"])
            case "mine":
                self.joined.set()
        if "shows_at" in self.view and not self.has_question.is_set():
            self.arrived_ms = machine_ms()
            self.has_question.set()

"""A hub on real services and fake stores, and devices that are plugged into it without a socket.

A device keeps what it is sent as a page would: the view by its patches, its own document, and every message in order.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import msgpack  # type: ignore[import-untyped]

from quizserver.battle.questions import Pack, Round
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.battle.views import apply_patch
from quizserver.hub.limits import Limits
from quizserver.hub.session import Hub
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish
from quizserver.services.running import Running, Stores
from quizserver.wire.closing import Closing
from quizserver.wire.codec import Encoding, encoded
from quizserver.wire.framing import unframed
from tests.support.battles import a_pack, each_round
from tests.support.fakes.boxes import FakeBoxes
from tests.support.fakes.feed import FakeFeed
from tests.support.fakes.ledger import FakeLedger
from tests.support.fakes.memory import Memory
from tests.support.fakes.presence import FakePresence, wall_clock_ms
from tests.support.fakes.seats import FakeSeatNews
from tests.support.fakes.secrets import FakeSecrets

HOST_KEY = "host-key-of-this-test"
PATIENCE_S = 20.0

Message = dict[str, Any]


@dataclass(eq=False)
class Device:
    """One connection. `frames` are the encoded messages as they came, `said` the messages, `closing` how it ended."""

    hub: Hub
    encoding: Encoding = Encoding.MSGPACK
    address: str = "192.0.2.1"
    frames: list[bytes] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    closing: Closing | None = None
    view: Message = field(default_factory=dict)
    mine: Message = field(default_factory=dict)
    revision: str = ""
    epoch: int = -1
    at: int = -1

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._heard = asyncio.Event()
        self.who = self.hub.connected(self, self.encoding, self.address)

    # --- what the hub sees of it ---

    def write(self, frame: bytes, lane: str) -> None:
        raw = unframed(frame)
        message = msgpack.unpackb(raw) if self.encoding is Encoding.MSGPACK else json.loads(raw)
        self.frames.append(raw)
        self.said.append(message)
        self._keep(message)
        self._heard.set()

    def close(self, closing: Closing) -> None:
        self.closing = closing
        self._heard.set()
        asyncio.get_running_loop().call_soon(self.gone)

    # --- what a test does with it ---

    def gone(self) -> None:
        """The socket is no more."""
        self.hub.lost(self.who)

    def say(self, t: str, **rest: Any) -> None:
        self.send(encoded(self.encoding, {"t": t, **rest}))

    def send(self, raw: bytes, stamp_ms: int | None = None) -> None:
        self.hub.received(self.who, raw, self.hub.house.running.clock.now_ms() if stamp_ms is None else stamp_ms)

    def hello(self, token: str | None = None, **rest: Any) -> None:
        self.say("hello", v=1, **({} if token is None else {"token": token}), **rest)

    async def join(self, pin: str, name: str) -> Message:
        """The reply: joined, or refused."""
        self.say("join", pin=pin, name=name)
        return await self.hears("joined", "refused")

    async def ask(self, t: str, **rest: Any) -> Message:
        """The reply to a message with a number."""
        n = next(self._numbers)
        self.say(t, n=n, **rest)
        replies = ("done", "page")
        reply: Message = await self.until(lambda: next((m for m in self.said if m["t"] in replies and m["n"] == n), None))
        return reply

    async def do(self, command: str, **args: Any) -> Message:
        """A press that must not be refused; what it tells."""
        step = self.view.get("step")
        done = await self.ask("do", command=command, args=args, **({} if step is None else {"step": step}))
        assert done["ok"], done
        result: Message = done.get("result", {})
        return result

    async def hears(self, *kinds: str, since: int = 0) -> Message:
        """The latest message of one of these kinds, as soon as there is one (after the first `since` messages)."""
        heard: Message = await self.until(lambda: next((m for m in reversed(self.said[since:]) if m["t"] in kinds), None))
        return heard

    def remembers(self, before: "Device") -> None:
        """What the same device had on another socket."""
        self.view, self.mine, self.revision = before.view, before.mine, before.revision
        self.epoch, self.at = before.epoch, before.at

    async def sees(self, phase: str) -> None:
        """Until its view shows this phase."""
        await self.until(lambda: self.view.get("phase") == phase or None)

    async def until(self, looks: Callable[[], Any]) -> Any:
        """What `looks` finds, as soon as it finds something."""
        async with asyncio.timeout(PATIENCE_S):
            while (found := looks()) is None:
                self._heard.clear()
                await self._heard.wait()
        return found

    def kinds(self, since: int = 0) -> list[str]:
        return [message["t"] for message in self.said[since:]]

    @property
    def resume(self) -> Message:
        """What it would send to go on where it is."""
        return {"battle": self.view["battle"]["id"], "epoch": self.epoch, "room": self.at, "mine": self.revision}

    def _keep(self, message: Message) -> None:
        match message["t"]:
            case "snapshot":
                self.view, self.epoch, self.at = message["view"], message["epoch"], message["to"]
            case "room":
                self._patch(message)
            case "mine":
                self.mine, self.revision = message["mine"], message["revision"]
            case "result":
                self._patch(message["room"])
                self.mine, self.revision = message["mine"]["mine"], message["mine"]["revision"]

    def _patch(self, message: Message) -> None:
        assert (message["epoch"], message["from"]) == (self.epoch, self.at), "a range that does not continue the last one"
        self.view, self.at = apply_patch(self.view, message["patch"]), message["to"]


@dataclass
class Stage:
    """One process: a hub, its services, and the battle they play."""

    memory: Memory
    running: Running
    hub: Hub
    live: LiveBattle

    @property
    def pin(self) -> str:
        return self.live.known.pin

    def device(self, **kind: Any) -> Device:
        """A socket that has said nothing yet."""
        return Device(self.hub, **kind)

    def returns(self, device: Device, token: str, **resume: Any) -> Device:
        """The same device on a new socket, with what it had."""
        again = self.device(encoding=device.encoding)
        again.remembers(device)
        again.hello(token, resume={**device.resume, **resume})
        return again

    def host(self, **kind: Any) -> Device:
        host = self.device(**kind)
        host.hello(HOST_KEY, battle=self.live.id)
        return host

    async def team(self, name: str, **kind: Any) -> tuple[Device, Message]:
        """A new team's first device, and what it was told at joining."""
        device = self.device(**kind)
        device.hello()
        joined = await device.join(self.pin, name)
        assert joined["t"] == "joined", joined
        return device, joined

    async def staff(self, role: str, **args: Any) -> Device:
        """A desk or a screen with a key of its own."""
        host = self.host()
        await host.hears("snapshot")
        token = (await host.do("AdmitStaff", role=role, **args))["token"]
        device = self.device()
        device.hello(token)
        await device.hears("snapshot")
        host.gone()
        if role == "desk":
            assert (await device.ask("sit", scorekeeper=scorekeeper_at(args["venue"]), name="Анна"))["ok"]
        return device

    @property
    def venue(self) -> str:
        return next(iter(self.live.known.venues))


def scorekeeper_at(venue: str) -> str:
    """The person who sits at this venue's desks: ids are of one kind."""
    return venue[::-1]


def fake_stores(memory: Memory, clock_ms: Callable[[], int] = wall_clock_ms) -> Stores:
    presence = FakePresence(memory, clock_ms)
    return Stores(FakeLedger(memory), FakeBoxes(memory), FakeFeed(memory), presence, FakeSecrets(memory), FakeSeatNews(memory))


@asynccontextmanager
async def staged(
    *rounds: Round,
    pack: Pack | None = None,
    limits: Limits | None = None,
    memory: Memory | None = None,
    clock_ms: Callable[[], int] = wall_clock_ms,
    **settings: Any,
) -> AsyncIterator[Stage]:
    """A server with one battle in its lobby: by default one round of a choice and a text, revealed one by one, at great pace."""
    memory = memory or Memory()
    running = Running(fake_stores(memory, clock_ms))
    await running.open()
    hub = Hub(running, HOST_KEY, limits)
    rules = {"language": "en", "pace": 60, **settings}
    wish = Wish(pack or a_pack(*(rounds or (each_round("r1", "one", "text", reading_ms=0),))), BattleSettings(**rules), "Hall")
    live = await running.create(wish)
    assert not isinstance(live, Refused)
    await live.catch_up()
    try:
        yield Stage(memory, running, hub, live)
    finally:
        await hub.close()
        await running.close()

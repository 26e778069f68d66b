"""In time is what was read in time, to the millisecond, on a good network and on one that loses every fifth packet."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import msgpack  # type: ignore[import-untyped]
import pytest

from quizserver import listening
from tests.faults.rig import packets
from tests.hub.stage import Message, Stage, staged
from tests.support.battles import each_round, right_answer
from tests.transports.sockets import Client, client, served

AROUND_MS = (-300, -20, -5, -1, 0, 1, 5, 20)
PHONES_EACH = 5
LOST = 0.2

needs_filters = pytest.mark.skipif(not packets.CAN_BE_LOST, reason="only Linux has filters for one socket")


@pytest.fixture(params=["good", pytest.param("lossy", marks=needs_filters)])
def network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """On the lossy one every fifth packet that comes to the server is lost."""
    real = listening.bound

    @contextmanager
    def bound(*where: Any) -> Iterator[Any]:
        with real(*where) as sock:
            if request.param == "lossy":
                packets.lose(sock, LOST)
            yield sock

    monkeypatch.setattr(listening, "bound", bound)
    return str(request.param)


def stamps_of(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """When each answer was read, by its id."""
    stamps, real = dict[str, int](), stage.hub.received

    def received(who: Any, raw: bytes, stamp_ms: int) -> None:
        message = msgpack.unpackb(raw)
        if message["t"] == "answer":
            stamps[message["id"]] = stamp_ms
        real(who, raw, stamp_ms)

    monkeypatch.setattr(stage.hub, "received", received)
    return stamps


@asynccontextmanager
async def phones(stage: Stage, port: int) -> AsyncIterator[list[Client]]:
    async with AsyncExitStack() as stack:

        async def arrives(at: int) -> Client:
            """Waits for nobody else: a server lets no connection be silent for long."""
            phone = await stack.enter_async_context(client(port))
            await phone.say("hello", v=1)
            await phone.say("join", pin=stage.pin, name=f"Команда {at}")
            await phone.hears("mine")
            return phone

        yield await asyncio.gather(*map(arrives, range(len(AROUND_MS) * PHONES_EACH)))


async def tap(phone: Client, at_s: float) -> Message:
    """Its ack; it taps at a moment of the machine's clock."""
    await asyncio.sleep(at_s - time.monotonic())
    await phone.say("answer", id=secrets.token_hex(16), question="r1-one", opening=1, value=right_answer("r1-one"))
    return await phone.hears("ack")


async def test_every_verdict_is_what_the_stamp_of_the_reading_says(network: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(each_round("r1", "one", reading_ms=0, grace_ms=0)) as stage, served(stage) as port:
        stamps = stamps_of(stage, monkeypatch)
        async with phones(stage, port) as every:
            host = stage.host()
            await host.do("StartRound")
            await host.do("ShowQuestion")
            await host.sees("open")
            deadline_ms = host.view["clock"]["deadline"]
            ends_s = time.monotonic() + (deadline_ms - stage.hub.now_ms()) / 1000
            offsets = [ms for ms in AROUND_MS for _ in range(PHONES_EACH)]
            acks = await asyncio.gather(*(tap(phone, ends_s + ms / 1000) for phone, ms in zip(every, offsets, strict=True)))
    assert len(acks) == len(stamps)
    for ack in acks:
        late_ms = stamps[ack["id"]] - deadline_ms
        assert (ack["verdict"], ack.get("late_ms")) == (("late", late_ms) if late_ms > 0 else ("recorded", None)), network
    assert {ack["verdict"] for ack in acks} == {"recorded", "late"}

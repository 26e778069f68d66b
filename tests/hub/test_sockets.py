"""The same hub over real sockets: handshakes, close codes, broken frames, and those who do not read."""

import asyncio
import contextlib
import logging
import time
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from quizserver.hub.endpoint import READ_AT, RESET, Endpoint
from quizserver.hub.limits import Limits
from quizserver.hub.resettable import ResettableProtocol
from quizserver.wire.codec import LARGE_MESSAGE, Encoding, encoded
from tests.hub.sockets import client, masked, raw_socket, served, serving
from tests.hub.stage import HOST_KEY, Stage, staged

BOTH = pytest.mark.parametrize("ws", [ResettableProtocol, "websockets-sansio"], ids=["ours", "uvicorn's own"])


@BOTH
@pytest.mark.parametrize("encoding", Encoding)
async def test_both_encodings_are_spoken_in_their_own_kind_of_frame(encoding: Encoding, ws: Any) -> None:
    async with staged() as stage, served(stage, ws) as port, client(port, encoding) as phone:
        await phone.say("hello", v=1)
        assert (await phone.hears("welcome"))["role"] == "guest"
        await phone.say("join", pin=stage.pin, name="Ту-144")
        assert (await phone.hears("mine"))["mine"]["name"] == "Ту-144"
        await phone.say("clock", sent=5)
        clock = await phone.hears("clock")
        assert abs(clock["now"] - time.time() * 1000) < 2000


async def test_who_speaks_no_language_of_ours_is_told_to_reload() -> None:
    async with staged() as stage, served(stage) as port, client(port, None) as phone:
        assert await phone.ending() == (4502, "other_version")


@pytest.mark.parametrize(
    ("origin", "welcome"),
    [
        ("http://127.0.0.1:{port}", True),
        ("http://localhost:{port}", True),
        (None, True),
        ("https://127.0.0.1:{port}", False),
        ("http://127.0.0.1", False),
        ("http://127.0.0.1:{port}.evil.example", False),
        ("http://evil.example", False),
        ("HTTP://LOCALHOST:{port}", False),
        ("null", False),
    ],
)
async def test_a_page_of_another_address_gets_no_connection(origin: str | None, welcome: bool) -> None:
    async with staged() as stage, served(stage) as port:
        named = origin and origin.format(port=port)
        if welcome:
            async with client(port, origin=named) as phone:
                await phone.say("hello", v=1)
                assert await phone.hears("welcome")
        else:
            with pytest.raises(InvalidStatus) as refused:
                await client(port, origin=named).__aenter__()
            assert refused.value.response.status_code == 403
            assert not stage.hub.house.connections


async def test_a_silent_socket_is_closed_with_its_code() -> None:
    async with staged(limits=Limits(hello_s=0.05)) as stage, served(stage) as port, client(port) as phone:
        assert await phone.ending() == (4001, "no_hello")
        assert not stage.hub.house.connections


async def test_an_older_connection_of_the_same_device_is_closed_with_its_code() -> None:
    async with staged() as stage, served(stage) as port, client(port) as first, client(port) as second:
        await first.say("hello", v=1)
        await first.say("join", pin=stage.pin, name="Ту-144")
        token = (await first.hears("joined"))["token"]
        await second.say("hello", v=1, token=token)
        assert await second.hears("mine")
        assert await first.ending() == (4501, "replaced")


async def test_a_server_that_stops_says_come_back() -> None:
    async with staged() as stage, served(stage) as port, client(port) as phone:
        await phone.say("hello", v=1)
        await phone.hears("welcome")
        await stage.hub.close()
        assert await phone.ending() == (4000, "restarting")


async def test_three_broken_messages_end_in_their_code() -> None:
    async with staged() as stage, served(stage) as port, client(port) as phone:
        for _ in range(3):
            await phone.socket.send(b"\xc1")
            assert (await phone.hears("refused"))["code"] == "malformed"
        assert await phone.ending() == (1007, "malformed")


@pytest.mark.parametrize("fragments", [1, 8])
async def test_a_giant_message_ends_the_connection_at_once(fragments: int) -> None:
    part = b"x" * (LARGE_MESSAGE // fragments + 1)
    async with staged() as stage, served(stage) as port, client(port) as phone:
        with contextlib.suppress(Exception):  # it may be closed before all is sent
            await phone.socket.send([part] * fragments if fragments > 1 else part)
        assert (await phone.ending())[0] == 1009


@pytest.mark.parametrize(
    "raw",
    [
        b"\x82\x01\xc1",  # no mask
        masked(b"\xc1", first=0xC2),  # a reserved bit
        b"\x82\xff" + b"\x7f" + b"\xff" * 7 + b"\0" * 4,  # 2^63 bytes to come
        masked(b"x", first=0x83),  # an opcode that means nothing
        masked(b"x" * 126, first=0x89),  # a ping that is too long
        masked(b"\x03", first=0x88),  # half a close code
    ],
    ids=["unmasked", "reserved bit", "endless", "opcode", "ping", "close"],
)
async def test_broken_frames_end_one_connection_and_leave_no_traceback(raw: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async with staged() as stage, served(stage) as port:
        sock = await raw_socket(port, 65536)
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(sock, raw)
        async with asyncio.timeout(5), client(port) as neighbour:
            while await loop.sock_recv(sock, 1000):
                pass
            await neighbour.say("hello", v=1)
            assert await neighbour.hears("welcome")
        sock.close()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_text_that_is_no_text_is_malformed_and_leaves_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    async with staged() as stage, served(stage) as port:
        sock = await raw_socket(port, 65536)
        loop = asyncio.get_running_loop()
        for _ in range(3):
            await loop.sock_sendall(sock, masked(b"\xff\xfe", first=0x81))
        heard = b""
        async with asyncio.timeout(5):
            while heard.count(b"malformed") < 4:  # thrice refused, then the reason of the close
                heard += await loop.sock_recv(sock, 1000)
        sock.close()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def flood(stage: Stage, at: int, lane: str, times: int) -> None:
    """Says so much to one connection that no kernel can hide it."""
    who = list(stage.hub.house.connections)[at]
    for _ in range(times):
        who.write(b"\xc4\x00" * 30_000, lane)
        await asyncio.sleep(0.002)


@BOTH
async def test_who_takes_nothing_is_reset_and_nobody_waits_for_it(ws: Any) -> None:
    async with staged(limits=Limits(takes_nothing_s=0.5)) as stage, served(stage, ws) as port, client(port) as quick:
        stalled = await raw_socket(port, 4096)
        await quick.say("hello", v=1)
        await quick.hears("welcome")
        assert len(stage.hub.house.connections) == 2
        flooding = asyncio.create_task(flood(stage, 1, "mine", 600))
        worst = 0.0
        while len(stage.hub.house.connections) == 2:
            asked = time.monotonic()
            await quick.say("clock", sent=1)
            await quick.hears("clock", "refused")
            worst = max(worst, time.monotonic() - asked)
            await asyncio.sleep(0.25)
        await flooding
        assert worst < 0.25
        if ws is ResettableProtocol:
            with pytest.raises(ConnectionResetError):
                while await asyncio.get_running_loop().sock_recv(stalled, 65536):
                    pass
        stalled.close()


async def test_who_reads_late_gets_the_latest_and_a_whole_chain() -> None:
    async with staged(limits=Limits(takes_nothing_s=30)) as stage, served(stage) as port:
        host = stage.host()
        sock = await raw_socket(port, 4096)
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(sock, masked(encoded(Encoding.MSGPACK, {"t": "hello", "v": 1, "token": HOST_KEY})))
        while len(stage.hub.house.connections) < 2 or list(stage.hub.house.connections)[1].room is None:
            await asyncio.sleep(0.01)
        await flood(stage, 1, "padding", 150)
        slow = list(stage.hub.house.connections)[1]
        for _ in range(20):
            await host.do("StartBreak", seconds=60)
            await host.do("ShowPlay")
        await host.do("LockLobby", locked=True)
        await host.until(lambda: host.view["locked"] or None)
        heard = bytearray()
        async with asyncio.timeout(20):
            while b"snapshot" not in heard[-20_000:] or slow.at != host.at or b"\xa6locked\xc3" not in heard[-20_000:]:
                heard += await loop.sock_recv(sock, 65536)
        assert bytes(heard).count(b"\xa1t\xa4room") <= 20
        sock.close()


async def test_who_lets_too_many_replies_wait_is_cut_off() -> None:
    async with staged() as stage, served(stage) as port:
        sock = await raw_socket(port, 4096)
        while not stage.hub.house.connections:
            await asyncio.sleep(0.01)
        with contextlib.suppress(IndexError):
            await flood(stage, 0, "keep", 600)
        async with asyncio.timeout(5):
            while stage.hub.house.connections:
                await asyncio.sleep(0.01)
        sock.close()


async def test_a_message_is_stamped_when_it_was_read_and_not_when_its_turn_came() -> None:
    async with staged() as stage:
        stamps: list[int] = []
        stage.hub.received = lambda who, raw, stamp_ms: stamps.append(stamp_ms)  # type: ignore[method-assign]
        asked, now = iter(({}, {READ_AT: time.monotonic() - 0.5})), stage.running.clock.now_ms

        async def receive() -> dict[str, Any]:
            message = next(asked, None)
            return {"type": "websocket.disconnect"} if message is None else {"type": "websocket.receive", "bytes": b"", **message}

        async def send(message: Any) -> None:
            assert message["type"] == "websocket.accept"

        await Endpoint(stage.hub)({"type": "websocket", "subprotocols": [Encoding.JSON.value]}, receive, send)
        assert -600 < stamps[0] - now() <= -500


async def test_our_protocol_says_when_it_read_and_how_to_reset() -> None:
    """What we use of uvicorn's internals; its version is pinned, and this fails first when they change."""
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        seen.extend([scope["extensions"][RESET], await receive(), await receive(), time.monotonic()])
        scope["extensions"][RESET]()
        seen.append(await receive())

    async with serving(app) as port, client(port, None) as phone:
        await phone.socket.send("text")
        await phone.socket.send(b"binary")
        assert (await phone.ending())[0] == 1006
    _, text, binary, now, end = seen
    assert [message["bytes"] for message in (text, binary)] == [b"text", b"binary"]
    assert now - 1 < text[READ_AT] <= binary[READ_AT] <= now
    assert end["type"] == "websocket.disconnect"

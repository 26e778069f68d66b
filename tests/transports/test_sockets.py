"""The same hub over real sockets: handshakes, close codes, broken frames, and those who do not read."""

import asyncio
import contextlib
import logging
import time

import pytest
from websockets.exceptions import InvalidStatus

from quizserver.hub.limits import Limits
from quizserver.transports import acked
from quizserver.transports.choice import Transport
from quizserver.wire.codec import LARGE_MESSAGE, Encoding, encoded
from quizserver.wire.framing import framed
from tests.hub.stage import HOST_KEY, Stage, staged
from tests.transports.sockets import client, masked, raw_socket, served

pytestmark = pytest.mark.parametrize("transport", Transport)


@pytest.mark.parametrize("encoding", Encoding)
async def test_both_encodings_are_spoken_in_their_own_kind_of_frame(encoding: Encoding, transport: Transport) -> None:
    async with staged() as stage, served(stage, transport) as port, client(port, encoding) as phone:
        await phone.say("hello", v=1)
        assert (await phone.hears("welcome"))["role"] == "guest"
        await phone.say("join", pin=stage.pin, name="Ту-144")
        assert (await phone.hears("mine"))["mine"]["name"] == "Ту-144"
        await phone.say("clock", sent=5)
        clock = await phone.hears("clock")
        assert abs(clock["now"] - time.time() * 1000) < 2000


async def test_who_speaks_no_language_of_ours_is_told_to_reload(transport: Transport) -> None:
    async with staged() as stage, served(stage, transport) as port, client(port, None) as phone:
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
async def test_a_page_of_another_address_gets_no_connection(transport: Transport, origin: str | None, welcome: bool) -> None:
    async with staged() as stage, served(stage, transport) as port:
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


async def test_a_silent_socket_is_closed_with_its_code(transport: Transport) -> None:
    async with staged(limits=Limits(hello_s=0.05)) as stage, served(stage, transport) as port, client(port) as phone:
        assert await phone.ending() == (4001, "no_hello")
        assert not stage.hub.house.connections


async def test_an_older_connection_of_the_same_device_is_closed_with_its_code(transport: Transport) -> None:
    async with staged() as stage, served(stage, transport) as port, client(port) as first, client(port) as second:
        await first.say("hello", v=1)
        await first.say("join", pin=stage.pin, name="Ту-144")
        token = (await first.hears("joined"))["token"]
        await second.say("hello", v=1, token=token)
        assert await second.hears("mine")
        assert await first.ending() == (4501, "replaced")


async def test_a_server_that_stops_says_come_back(transport: Transport) -> None:
    async with staged() as stage, served(stage, transport) as port, client(port) as phone:
        await phone.say("hello", v=1)
        await phone.hears("welcome")
        await stage.hub.close()
        code, reason = await phone.ending()
        assert (code, reason.split()[0]) == (4000, "restarting")


async def test_three_broken_messages_end_in_their_code(transport: Transport) -> None:
    async with staged() as stage, served(stage, transport) as port, client(port) as phone:
        for _ in range(3):
            await phone.socket.send(b"\xc1")
            assert (await phone.hears("refused"))["code"] == "malformed"
        assert await phone.ending() == (1007, "malformed")


@pytest.mark.parametrize("fragments", [1, 8])
async def test_a_giant_message_ends_the_connection_at_once(transport: Transport, fragments: int) -> None:
    part = b"x" * (LARGE_MESSAGE // fragments + 1)
    async with staged() as stage, served(stage, transport) as port, client(port) as phone:
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
async def test_broken_frames_end_one_connection_and_leave_no_traceback(
    transport: Transport, raw: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with staged() as stage, served(stage, transport) as port:
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


async def test_text_that_is_no_text_ends_the_connection_and_leaves_no_traceback(
    transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    async with staged() as stage, served(stage, transport) as port, client(port) as phone:
        await phone.socket.send(b"\xff\xfe", text=True)
        assert await phone.ending() == (1007, "malformed")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


async def flood(stage: Stage, at: int, lane: str, times: int) -> None:
    """Says so much to one connection that no kernel can hide it."""
    who = list(stage.hub.house.connections)[at]
    for _ in range(times):
        who.write(framed(Encoding.MSGPACK, b"\xc4\x00" * 30_000), lane)
        await asyncio.sleep(0.002)


async def test_who_takes_nothing_is_reset_and_nobody_waits_for_it(transport: Transport) -> None:
    async with staged(limits=Limits(takes_nothing_s=0.5)) as stage, served(stage, transport) as port, client(port) as quick:
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
        with pytest.raises(ConnectionResetError):
            while await asyncio.get_running_loop().sock_recv(stalled, 65536):
                pass
        stalled.close()


async def test_who_reads_late_gets_the_latest_and_a_whole_chain(transport: Transport) -> None:
    async with staged(limits=Limits(takes_nothing_s=30)) as stage, served(stage, transport) as port:
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


async def test_who_lets_too_many_replies_wait_is_cut_off(transport: Transport) -> None:
    async with staged() as stage, served(stage, transport) as port:
        sock = await raw_socket(port, 4096)
        while not stage.hub.house.connections:
            await asyncio.sleep(0.01)
        with contextlib.suppress(IndexError):
            await flood(stage, 0, "keep", 600)
        async with asyncio.timeout(5):
            while stage.hub.house.connections:
                await asyncio.sleep(0.01)
        sock.close()


@pytest.mark.skipif(not acked.KNOWS_ACKS, reason="only Linux says what a peer's kernel has acknowledged")
async def test_who_reads_slowly_but_reads_is_kept_and_ends_at_the_latest(transport: Transport) -> None:
    if transport is Transport.ASGI:
        pytest.skip("plain ASGI knows only whether its server's buffer empties")
    async with staged(limits=Limits(takes_nothing_s=1.0)) as stage, served(stage, transport) as port:
        loop, slow = asyncio.get_running_loop(), await raw_socket(port, 4096)
        while not stage.hub.house.connections:
            await asyncio.sleep(0.01)
        [who] = stage.hub.house.connections
        filler = framed(Encoding.MSGPACK, b"\xc4\x00" * 2_000)
        for _ in range(60):
            who.write(filler, "padding")
        began = time.monotonic()
        while time.monotonic() - began < 4.0:  # four times the patience
            await loop.sock_recv(slow, 512)
            who.write(filler, "padding")
            await asyncio.sleep(0.05)
        assert who in stage.hub.house.connections
        who.write(framed(Encoding.MSGPACK, b"the latest"), "padding")
        heard = b""
        async with asyncio.timeout(10):
            while not heard.endswith(b"the latest"):
                heard = heard[-100:] + await loop.sock_recv(slow, 65536)
        slow.close()

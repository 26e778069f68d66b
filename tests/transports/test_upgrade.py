"""The handshake of the fast transport: what is let in, what is refused in words, and what it uses of uvicorn."""

import asyncio
import contextlib
import inspect
import time

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from websockets.exceptions import InvalidStatus

from quizserver.hub.limits import Limits
from quizserver.transports.channel import Channel
from quizserver.transports.choice import Transport
from quizserver.transports.upgrade import who_asks
from quizserver.wire.codec import Encoding
from tests.hub.stage import staged
from tests.transports.sockets import client, served

GOOD = {
    "Host": "127.0.0.1:{port}",
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": Encoding.MSGPACK.value,
}


async def asked(port: int, line: str, headers: dict[str, str]) -> str:
    """The status line that a request of these headers is answered with."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [line, *(f"{name}: {value.format(port=port)}" for name, value in headers.items()), "", ""]
    writer.write("\r\n".join(lines).encode())
    async with asyncio.timeout(5):
        status = (await reader.readline()).decode().strip()
    writer.close()
    return status


@pytest.mark.parametrize(
    ("line", "changed", "status"),
    [
        ("GET /ws HTTP/1.1", {}, "101"),
        ("GET /ws?v=1 HTTP/1.1", {"Connection": "keep-alive, Upgrade", "Upgrade": "WebSocket"}, "101"),
        ("GET /ws?token=0123456789abcdef HTTP/1.1", {}, "400"),
        ("GET /ws HTTP/1.1", {"Origin": "http://127.0.0.1:{port}"}, "101"),
        ("GET /ws HTTP/1.1", {"Origin": "http://evil.example"}, "403"),
        ("GET /ws HTTP/1.1", {"Host": "evil.example"}, "421"),
        ("GET /ws HTTP/1.1", {"Host": "127.0.0.1:{port}\r\nHost: evil.example"}, "400"),
        ("GET /ws HTTP/1.1", {"Sec-WebSocket-Key": "short"}, "400"),
        ("GET /ws HTTP/1.1", {"Sec-WebSocket-Version": "12"}, "400"),
        ("POST /ws HTTP/1.1", {}, "405"),
        ("GET /ws HTTP/1.0", {}, "505"),
        ("GET /elsewhere HTTP/1.1", {}, "403"),
        ("GET /ws/ HTTP/1.1", {}, "403"),
    ],
)
async def test_a_handshake_is_ours_or_refused_with_its_status(line: str, changed: dict[str, str], status: str) -> None:
    async with staged() as stage, served(stage) as port:
        answer = await asked(port, line, GOOD | changed)
        assert answer.split()[1] == status
        assert bool(stage.hub.house.connections) is (status == "101")


async def test_a_request_without_an_upgrade_is_for_the_pages() -> None:
    async with staged() as stage, served(stage) as port:
        assert (await asked(port, "GET /ws HTTP/1.1", {"Host": GOOD["Host"]})).split()[1] == "404"


async def test_a_refused_handshake_leaves_nothing_behind_for_the_next() -> None:
    async with staged() as stage, served(stage) as port:
        for _ in range(3):
            with pytest.raises(InvalidStatus):
                await client(port, origin="http://evil.example").__aenter__()
            async with client(port) as phone, client(port, Encoding.JSON) as other:
                for each in (phone, other):
                    await each.say("hello", v=1)
                    assert await each.hears("welcome")


@pytest.mark.parametrize("said", [b"", b"GET /ws HTTP/1.1\r\nHost: slow"], ids=["nothing", "half a request"])
async def test_who_never_asks_anything_is_not_waited_for(said: bytes) -> None:
    async with staged(limits=Limits(hello_s=0.2)) as stage, served(stage) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(said)
        began = time.monotonic()
        async with asyncio.timeout(5):
            with contextlib.suppress(ConnectionResetError):
                assert await reader.read() == b""
        assert time.monotonic() - began >= 0.15
        writer.close()


async def test_a_server_that_stops_waits_for_nobody_who_reads_nothing() -> None:
    async with staged() as stage:
        async with served(stage) as port, client(port) as phone:
            await phone.say("hello", v=1)
            await phone.hears("welcome")
            began = time.monotonic()
        assert time.monotonic() - began < 1.5
        assert not stage.hub.house.connections


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("192.0.2.7", [], "192.0.2.7"),
        ("192.0.2.7", [b"198.51.100.1"], "192.0.2.7"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", [b"198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", [b"203.0.113.9, 198.51.100.1"], "198.51.100.1"),
        ("::1", [b"203.0.113.9", b"198.51.100.1 "], "198.51.100.1"),
        ("127.0.0.1", [b""], "127.0.0.1"),
    ],
)
def test_only_a_proxy_on_this_machine_is_believed(peer: str, forwarded: list[bytes], who: str) -> None:
    assert who_asks((peer, 1), [(b"x-forwarded-for", value) for value in forwarded]) == who


def test_who_has_no_address_is_nobody() -> None:
    assert who_asks(None, []) == ""


def test_uvicorn_still_has_what_is_used_of_it() -> None:
    """Its version is pinned; this fails first when its internals change."""
    assert {"config", "server_state", "app_state"} <= set(inspect.signature(HttpToolsProtocol.__init__).parameters)
    source = inspect.getsource(HttpToolsProtocol)
    for used in ("self.connections", "self.client", "self.url", "self.headers", "self.scope", "self.handle_websocket_upgrade()"):
        assert used in source


async def test_a_channel_is_among_what_uvicorn_shuts_down() -> None:
    async with staged() as stage, served(stage, Transport.LAZY) as port, client(port):
        [who] = stage.hub.house.connections
        channel = who.outlet
        assert isinstance(channel, Channel) and channel in channel._all

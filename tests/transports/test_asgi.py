"""The transport on plain ASGI: what it takes from a server of ours, and that it does without."""

import time
from typing import Any

from quizserver import listening
from quizserver.transports.asgi import READ_AT, RESET, Endpoint
from quizserver.transports.choice import Transport
from quizserver.transports.resettable import ResettableProtocol
from quizserver.wire.codec import Encoding
from tests.hub.stage import staged
from tests.transports.sockets import client, served, serving


async def test_it_runs_on_a_server_without_any_extension() -> None:
    stock = {"ws": "websockets-sansio"}
    async with staged() as stage, served(stage, Transport.ASGI, **stock) as port, client(port, Encoding.JSON) as phone:
        await phone.say("hello", v=1)
        assert (await phone.hears("welcome"))["role"] == "guest"


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

    with listening.bound("127.0.0.1", 0, "test") as sock:
        sock.listen(1)
        async with serving(app, sock, ws=ResettableProtocol), client(sock.getsockname()[1], None) as phone:
            await phone.socket.send("text")
            await phone.socket.send(b"binary")
            assert (await phone.ending())[0] == 1006
    _, text, binary, now, end = seen
    assert [message["bytes"] for message in (text, binary)] == [b"text", b"binary"]
    assert now - 1 < text[READ_AT] <= binary[READ_AT] <= now
    assert end["type"] == "websocket.disconnect"

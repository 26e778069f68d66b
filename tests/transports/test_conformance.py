"""RFC 6455 over raw sockets, case by case as the Autobahn test suite asks for them, on every transport.

One case differs: a goodbye in the middle of a fragmented message (7.1.5 there) is answered with 1002, since websockets does so.
"""

import asyncio
import itertools
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import Any

import pytest
import pytest_asyncio

from quizserver import listening
from quizserver.transports.asgi import Endpoint
from quizserver.transports.choice import Transport, uvicorn_options
from quizserver.wire.codec import LARGE_MESSAGE, Encoding
from tests.transports.echo import BINARY, CLOSE, CONT, PING, PONG, TEXT, EchoHub, closing, frame, frames_in, is_whole
from tests.transports.sockets import serving

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.parametrize("transport", Transport)]

PATIENCE_S = 10.0
PAUSE_S = 0.001  # so that what is written apart is mostly read apart
BYE = closing(1000)
BROKEN, NOT_UTF8, TOO_BIG = 1002, 1007, 1009


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ports() -> AsyncIterator[dict[Transport, int]]:
    """An echoing server on each transport."""
    async with AsyncExitStack() as stack:
        yield {transport: await stack.enter_async_context(echoing(transport)) for transport in Transport}


@asynccontextmanager
async def echoing(transport: Transport) -> AsyncIterator[int]:
    hub: Any = EchoHub()
    with listening.bound("127.0.0.1", 0, "test") as sock:
        sock.listen(100)
        with uvicorn_options(transport, hub, "/ws", lambda scope: None) as options:
            async with serving(Endpoint(hub), sock, **options):
                yield sock.getsockname()[1]


Frames = list[tuple[int, bytes]]
Say = Callable[..., Awaitable[Frames]]


async def said(port: int, encoding: Encoding, *writes: bytes) -> Frames:
    """What the server sends until it hangs up, if these are written one by one. Its goodbye is answered, as politeness asks."""
    async with asyncio.timeout(PATIENCE_S):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        writer.write(
            f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: {encoding.value}\r\n\r\n".encode()
        )
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
        listening_to = asyncio.create_task(_all_of(reader, writer))
        with suppress(ConnectionError):  # it may hang up before it was told everything
            for data in writes:
                writer.write(data)
                await writer.drain()
                await asyncio.sleep(PAUSE_S)
        heard = await listening_to
        writer.close()
        return frames_in(heard)


async def _all_of(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    heard, answered = b"", False
    with suppress(ConnectionError):
        while data := await reader.read(1 << 16):
            heard += data
            if not answered and is_whole(heard) and frames_in(heard)[-1][0] == CLOSE:
                answered = True
                writer.write(BYE)
    return heard


@pytest.fixture
def binary(ports: dict[Transport, int], transport: Transport) -> Say:
    return partial(said, ports[transport], Encoding.MSGPACK)


@pytest.fixture
def text(ports: dict[Transport, int], transport: Transport) -> Say:
    return partial(said, ports[transport], Encoding.JSON)


def goodbye(code: int, reason: bytes = b"") -> tuple[int, bytes]:
    return CLOSE, struct.pack("!H", code) + reason


def fails_with(code: int, frames: Frames) -> bool:
    """The last thing that is said is a goodbye with this code."""
    return bool(frames) and frames[-1][0] == CLOSE and frames[-1][1][:2] == struct.pack("!H", code)


# --- 1: whole messages of every size -----------------------------------------------------------------------------------------

SIZES = [0, 1, 125, 126, 127, 128, 65535, LARGE_MESSAGE]


async def test_messages_of_every_size_come_back(binary: Say, text: Say) -> None:
    payloads = [b"\xfe" * size for size in SIZES]
    assert await binary(*(frame(BINARY, each) for each in payloads), BYE) == [
        *((BINARY, each) for each in payloads),
        goodbye(1000),
    ]
    letters = [b"*" * size for size in SIZES]
    assert await text(*(frame(TEXT, each) for each in letters), BYE) == [*((TEXT, each) for each in letters), goodbye(1000)]


async def test_it_does_not_matter_how_bytes_are_cut(binary: Say) -> None:
    stream = frame(BINARY, b"x" * 130) + frame(PING, b"p") + frame(BINARY, b"y") + frame(BINARY, b"", mask=b"\0\0\0\0")
    answers = sorted([(BINARY, b"x" * 130), (PONG, b"p"), (BINARY, b"y"), (BINARY, b""), goodbye(1000)])
    for step in (1, 3, 7, len(stream)):
        frames = await binary(*(stream[at : at + step] for at in range(0, len(stream), step)), BYE)
        assert sorted(frames) == answers and fails_with(1000, frames)


# --- 2: pings and pongs ------------------------------------------------------------------------------------------------------


async def test_pings_are_answered_with_what_they_carry(binary: Say) -> None:
    pings = [b"", b"hello", b"\x00\xff\xfe", b"\xfe" * 125]
    assert await binary(*(frame(PING, each) for each in pings), BYE) == [*((PONG, each) for each in pings), goodbye(1000)]


async def test_many_pings_at_once_are_all_answered(binary: Say) -> None:
    frames = await binary(b"".join(frame(PING, b"%d" % number) for number in range(10)), BYE)
    assert frames == [*((PONG, b"%d" % number) for number in range(10)), goodbye(1000)]


async def test_a_pong_that_nobody_asked_for_is_no_matter(binary: Say) -> None:
    assert await binary(frame(PONG), frame(PONG, b"x"), frame(BINARY, b"on"), BYE) == [(BINARY, b"on"), goodbye(1000)]


@pytest.mark.parametrize("opcode", [PING, PONG, CLOSE])
async def test_a_control_frame_has_at_most_125_bytes(binary: Say, opcode: int) -> None:
    payload = (struct.pack("!H", 1000) if opcode == CLOSE else b"") + b"x" * 124
    assert fails_with(BROKEN, await binary(frame(opcode, payload + b"xx")))


# --- 3, 4: what is reserved; masking -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rsv", range(1, 8))
async def test_reserved_bits_are_refused(binary: Say, rsv: int) -> None:
    frames = await binary(frame(BINARY, b"before"), frame(BINARY, b"x", rsv=rsv), frame(BINARY, b"after"))
    assert fails_with(BROKEN, frames) and (BINARY, b"x") not in frames and (BINARY, b"after") not in frames


@pytest.mark.parametrize("opcode", [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
async def test_reserved_opcodes_are_refused(binary: Say, opcode: int) -> None:
    frames = await binary(frame(BINARY, b"before"), frame(opcode, b"x"), frame(BINARY, b"after"))
    assert fails_with(BROKEN, frames) and (BINARY, b"after") not in frames


@pytest.mark.parametrize("opcode", [TEXT, BINARY, PING, CLOSE])
async def test_what_a_client_does_not_mask_is_refused(binary: Say, opcode: int) -> None:
    payload = struct.pack("!H", 1000) if opcode == CLOSE else b"x"
    assert fails_with(BROKEN, await binary(frame(opcode, payload, mask=None)))


# --- 5: fragments ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("opcode", [PING, PONG, CLOSE])
async def test_control_frames_are_never_fragmented(binary: Say, opcode: int) -> None:
    assert fails_with(BROKEN, await binary(frame(opcode, b"\x03\xe8", fin=False), frame(CONT, b"x")))


async def test_fragments_are_one_message(binary: Say) -> None:
    parts = [frame(BINARY, b"a", fin=False), frame(CONT, b"", fin=False), frame(CONT, b"b" * 200, fin=False), frame(CONT, b"c")]
    for writes in (parts, [b"".join(parts)]):
        assert await binary(*writes, BYE) == [(BINARY, b"a" + b"b" * 200 + b"c"), goodbye(1000)]


async def test_control_frames_may_stand_inside_a_fragmented_message(text: Say) -> None:
    parts = [frame(TEXT, b"a", fin=False), frame(PING, b"1"), frame(CONT, b"b", fin=False), frame(PONG), frame(PING, b"2")]
    frames = await text(*parts, frame(CONT, b"c"), BYE)
    assert frames == [(PONG, b"1"), (PONG, b"2"), (TEXT, b"abc"), goodbye(1000)]


@pytest.mark.parametrize("fin", [True, False])
async def test_nothing_goes_on_that_has_not_begun(binary: Say, fin: bool) -> None:
    assert fails_with(BROKEN, await binary(frame(BINARY, b"whole"), frame(CONT, b"x", fin=fin)))
    assert fails_with(BROKEN, await binary(frame(CONT, b"x", fin=fin)))


@pytest.mark.parametrize("opcode", [TEXT, BINARY])
async def test_no_message_begins_inside_another(binary: Say, opcode: int) -> None:
    frames = await binary(frame(BINARY, b"a", fin=False), frame(opcode, b"b"), frame(CONT, b"c"))
    assert fails_with(BROKEN, frames) and len(frames) == 1


# --- 6: text is UTF-8 --------------------------------------------------------------------------------------------------------

WORDS = ["", "Hello-µ@ßöäüàá-UTF-8!!", "κόσμε", "Вопрос №\u00a07: «Ту‑144»", "\U00010348\U0010ffff", "\ufffe\uffff\u0000"]
NO_WORDS = [
    b"\x80",
    b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited",  # half of a surrogate pair
    b"\xf4\x90\x80\x80",  # beyond the last code point
    b"\xc0\xaf",  # longer than it need be
    b"\xf0\x80\x80\xaf",
    b"\xfe\xff",
    b"fine\xe1\xbd",  # cut off
]


@pytest.mark.parametrize("step", [1, 2, 1000])
async def test_text_comes_back_however_it_is_fragmented(text: Say, step: int) -> None:
    writes = []
    for word in WORDS:
        raw = word.encode()
        parts = [raw[at : at + step] for at in range(0, len(raw), step)] or [b""]
        for number, part in enumerate(parts):
            writes.append(frame(CONT if number else TEXT, part, fin=number == len(parts) - 1))
    assert await text(*writes, BYE) == [*((TEXT, word.encode()) for word in WORDS), goodbye(1000)]


@pytest.mark.parametrize("raw", NO_WORDS, ids=range(len(NO_WORDS)))
async def test_text_that_is_not_utf_8_is_refused_whole_or_in_fragments(text: Say, raw: bytes) -> None:
    whole = [frame(TEXT, b"before"), frame(TEXT, raw), frame(TEXT, b"after")]
    in_parts = [frame(TEXT, raw[:1], fin=False), frame(CONT, raw[1:])]
    for writes in (whole, [b"".join(whole)], in_parts):
        frames = await text(*writes)
        assert fails_with(NOT_UTF8, frames) and (TEXT, b"after") not in frames


# --- 7: goodbyes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [None, 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])
async def test_a_goodbye_is_answered_with_the_same(binary: Say, code: int | None) -> None:
    frames = await binary(frame(BINARY, b"last words"), closing(code))
    assert frames == [(BINARY, b"last words"), (CLOSE, b"" if code is None else struct.pack("!H", code))]


async def test_a_goodbye_may_say_why_in_123_bytes(binary: Say) -> None:
    assert await binary(closing(1000, b"x" * 123)) == [goodbye(1000, b"x" * 123)]


async def test_after_a_goodbye_nothing_is_heard(binary: Say) -> None:
    for writes in itertools.permutations([BYE, frame(BINARY, b"late"), frame(PING, b"late")]):
        frames = await binary(BYE, b"".join(writes))
        assert frames == [goodbye(1000)]


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535])
async def test_codes_that_may_not_be_sent_are_refused(binary: Say, code: int) -> None:
    assert fails_with(BROKEN, await binary(closing(code)))


async def test_half_a_code_is_refused(binary: Say) -> None:
    assert fails_with(BROKEN, await binary(frame(CLOSE, b"\x03")))


async def test_a_reason_is_utf_8(binary: Say) -> None:
    assert fails_with(NOT_UTF8, await binary(closing(1000, NO_WORDS[1])))


async def test_a_goodbye_inside_a_fragmented_message_ends_it(binary: Say) -> None:
    frames = await binary(frame(BINARY, b"a", fin=False), BYE)
    assert fails_with(BROKEN, frames)


# --- 9: sizes ----------------------------------------------------------------------------------------------------------------


async def test_a_message_over_the_limit_is_refused_whole_or_in_fragments(binary: Say) -> None:
    big = b"x" * (LARGE_MESSAGE + 1)
    parts = [frame(CONT if at else BINARY, big[at : at + 8192], at + 8192 >= len(big)) for at in range(0, len(big), 8192)]
    for writes in ([frame(BINARY, big)], parts, [struct.pack("!BBQ", 0x82, 0xFF, 2**62) + b"\0\0\0\0"]):
        frames = await binary(*writes)
        assert fails_with(TOO_BIG, frames) or not frames  # a reset, if it still had to be read

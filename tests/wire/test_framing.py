"""A message as one WebSocket frame: what others read of it, and what comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Opcode
from websockets.protocol import CLIENT, Protocol

from quizserver.wire.codec import Encoding
from quizserver.wire.framing import framed, unframed

BORDERS = [0, 1, 125, 126, 127, 65535, 65536, 70000]


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("length", BORDERS)
def test_a_frame_is_whole_and_of_the_kind_of_its_encoding(encoding: Encoding, length: int) -> None:
    reader = Protocol(CLIENT, max_size=None)
    reader.receive_data(framed(encoding, b"x" * length))
    [frame] = reader.events_received()
    assert (frame.opcode, bytes(frame.data), frame.fin) == (  # type: ignore[union-attr]
        Opcode.BINARY if encoding is Encoding.MSGPACK else Opcode.TEXT,
        b"x" * length,
        True,
    )
    assert not reader.reader.buffer


@given(st.sampled_from(Encoding), st.binary(max_size=300) | st.integers(65530, 65540).map(bytes))
def test_a_message_comes_out_of_its_frame_as_it_went_in(encoding: Encoding, message: bytes) -> None:
    assert unframed(framed(encoding, message)) == message

"""A channel without a parser does, byte for byte, what one with websockets' own parser does."""

from typing import Any

import pytest
from websockets.protocol import OPEN

from quizserver.transports import parser
from quizserver.transports.parser import Parser
from tests.transports.echo import BINARY, PING, frame
from tests.transports.fuzz import differs, played

STREAMS = 3_000


def test_no_stream_of_bytes_tells_lazy_and_eager_apart() -> None:
    assert [seed for seed in range(STREAMS) if differs(seed)] == []


def forgets_where_it_reads(self: Any) -> bool:
    protocol = self._protocol
    return protocol.state is OPEN and protocol.current_size is None and not protocol.reader.buffer and not protocol.writes


def forgets_that_a_message_has_begun(self: Any) -> bool:
    protocol = self._protocol
    clean = protocol.state is OPEN and not protocol.reader.buffer and not protocol.writes
    return clean and parser._waits_in(protocol) is parser._AT_EOF


def forgets_that_it_has_said_goodbye(self: Any) -> bool:
    protocol = self._protocol
    clean = protocol.current_size is None and not protocol.reader.buffer and not protocol.writes
    return clean and parser._waits_in(protocol) is parser._AT_EOF


@pytest.mark.parametrize("mistake", [forgets_where_it_reads, forgets_that_a_message_has_begun, forgets_that_it_has_said_goodbye])
def test_the_comparison_finds_a_parser_that_is_dropped_too_soon(mistake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Parser, "is_clean", property(mistake))
    assert any(differs(seed) for seed in range(STREAMS))


def test_a_parser_is_dropped_as_soon_as_it_is_not_needed() -> None:
    made: list[Parser] = []

    class Counted(Parser):
        def __init__(self, most_bytes: int) -> None:
            super().__init__(most_bytes)
            made.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("quizserver.transports.channel.Parser", Counted)
        small = ("data", frame(BINARY, b"x") + frame(PING, b"y"))
        played([small] * 3, True)
        assert made == []
        played([("data", frame(BINARY, b"x" * 200)), small] * 3, True)
        assert len(made) == 3

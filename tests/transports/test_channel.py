"""A channel and a peer that takes less than it is sent: the latest of everything, in order, and no more memory than that."""

import sys
from typing import Any

import pytest

from quizserver.hub.connection import Connection
from quizserver.hub.outbox import FRESH, KEEP, MINE, MOST_KEPT, MOST_LINKS, ROOM
from quizserver.hub.round_trips import NONCE_BYTES, RoundTrips
from quizserver.transports import acked
from quizserver.transports.channel import Channel
from quizserver.transports.watch import Watch
from quizserver.wire import closing
from quizserver.wire.codec import Encoding
from tests.transports.echo import BINARY, CLOSE, PING, PONG, EchoHub, frame, frames_in
from tests.transports.fuzz import FakeTransport, never


class SmallPipe(FakeTransport):
    """Takes so many writes, then pauses its protocol, as a loop's transport does in the middle of `write`."""

    room = 1_000_000

    def write(self, data: bytes) -> None:
        super().write(data)
        self.room -= 1
        if self.room == 0:
            self.protocol.pause_writing()

    def takes(self, writes: int) -> None:
        self.room = writes
        self.protocol.resume_writing()


class Peer:
    """A channel on a small pipe."""

    hub: Any
    pipe: Any

    def __init__(self, is_lazy: bool = True) -> None:
        stand_ins: tuple[Any, Any] = EchoHub(), SmallPipe()
        self.hub, self.pipe = stand_ins
        self.everyone: set[Any] = set()
        self.watch = Watch(10, never)
        self.channel = Channel(self.hub, self.watch, is_lazy, self.pipe, self.everyone)
        self.channel.begin(b"", Encoding.MSGPACK, "")
        self.who: Connection = self.hub.clients[0]

    def stops(self) -> None:
        self.pipe.room = 0
        self.channel.pause_writing()

    def write(self, text: str, lane: str) -> None:
        self.channel.write(b"\x82" + bytes([len(text)]) + text.encode(), lane)

    @property
    def heard(self) -> list[str]:
        return [payload.decode() for opcode, payload in frames_in(self.pipe.written) if opcode == BINARY]


def test_who_takes_everything_is_sent_everything_at_once() -> None:
    peer = Peer()
    for text, lane in (("a", KEEP), ("b", ROOM), ("c", MINE), ("d", MINE)):
        peer.write(text, lane)
    assert peer.heard == ["a", "b", "c", "d"]


def test_who_stops_taking_gets_the_latest_and_what_may_not_be_dropped_when_it_goes_on() -> None:
    peer = Peer()
    peer.stops()
    for number in range(100):
        peer.write(f"mine {number}", MINE)
        peer.write(f"counts {number}", "counts q1")
    peer.write("ack", KEEP)
    assert peer.heard == []
    peer.pipe.takes(100)
    assert peer.heard == ["mine 99", "counts 99", "ack"]


def test_whoever_missed_too_many_patches_is_sent_the_whole_view() -> None:
    peer = Peer()
    peer.stops()
    for number in range(MOST_LINKS + 1):
        peer.write(f"patch {number}", ROOM)
    peer.hub.refill = lambda who: peer.write("snapshot", FRESH)
    peer.pipe.takes(100)
    assert peer.heard == ["snapshot"]


def test_who_stops_again_in_the_middle_goes_on_from_there() -> None:
    peer = Peer()
    peer.stops()
    for text in "abcde":
        peer.write(text, KEEP)
    for heard in ("ab", "abcd", "abcde"):
        peer.pipe.takes(2)
        assert "".join(peer.heard) == heard
    peer.write("f", KEEP)
    assert "".join(peer.heard) == "abcdef"


def test_what_is_said_while_it_catches_up_comes_after_what_waited() -> None:
    peer = Peer()
    peer.stops()
    peer.write("a", KEEP)
    peer.write("b", KEEP)
    peer.pipe.takes(1)
    peer.write("c", KEEP)
    peer.pipe.takes(100)
    assert "".join(peer.heard) == "abc"


def test_a_goodbye_waits_for_what_waits() -> None:
    peer = Peer()
    peer.stops()
    peer.write("ack", KEEP)
    peer.who.close(closing.REPLACED)
    assert peer.pipe.written == b""
    peer.pipe.takes(100)
    assert [opcode for opcode, _ in frames_in(peer.pipe.written)] == [BINARY, CLOSE]


def test_whoever_lets_too_many_replies_wait_is_cut_off() -> None:
    peer = Peer()
    peer.stops()
    for number in range(MOST_KEPT):
        peer.write(str(number), KEEP)
    assert not peer.pipe.aborted
    peer.write("one more", KEEP)
    assert peer.pipe.aborted


@pytest.mark.parametrize("is_lazy", [True, False])
def test_pings_of_somebody_who_reads_nothing_fill_no_memory(is_lazy: bool) -> None:
    peer = Peer(is_lazy)
    peer.stops()
    for number in range(10_000):
        peer.channel.data_received(frame(PING, b"%d" % number))
    assert peer.pipe.written == b""
    peer.pipe.takes(100)
    assert frames_in(peer.pipe.written) == [(PONG, b"9999")]


@pytest.mark.parametrize("is_lazy", [True, False])
async def test_whoever_is_timed_must_repeat_what_nobody_could_know_before(is_lazy: bool) -> None:
    peer = Peer(is_lazy)
    peer.channel.ping()
    assert not peer.channel.is_timed
    trips = peer.who.trips = RoundTrips()
    assert peer.channel.is_timed
    peer.channel.data_received(frame(PONG, bytes(NONCE_BYTES)))
    peer.channel.ping()
    peer.channel.ping()
    plain, first, second = [payload for opcode, payload in frames_in(peer.pipe.written) if opcode == PING]
    assert (plain, len(first), first == second) == (b"", NONCE_BYTES, False)
    peer.channel.data_received(frame(PONG, first))
    assert trips.shortest_ms is None
    peer.channel.data_received(frame(PONG, second))
    assert trips.shortest_ms is not None


def test_a_ping_of_ours_is_not_added_to_what_waits() -> None:
    peer = Peer()
    peer.channel.ping()
    peer.stops()
    peer.channel.ping()
    assert frames_in(peer.pipe.written) == [(PING, b"")]


def test_at_a_shutdown_those_who_read_are_closed_and_the_others_reset() -> None:
    reads, stalled = Peer(), Peer()
    stalled.stops()
    reads.channel.shutdown()
    stalled.channel.shutdown()
    assert (reads.pipe.closing, reads.pipe.aborted) == (True, False)
    assert stalled.pipe.aborted


def test_a_connection_that_is_lost_is_forgotten_by_everybody() -> None:
    peer = Peer()
    assert peer.channel in peer.everyone
    peer.stops()
    peer.channel.connection_lost(None)
    assert peer.everyone == set() and peer.hub.ended == [peer.who]
    assert not peer.watch._everybody and not peer.watch._suspects


def test_one_connection_costs_little_more_than_its_socket() -> None:
    assert not hasattr(Peer().channel, "__dict__")
    assert sys.getsizeof(Peer().channel) < 200


def test_where_acks_are_not_known_progress_is_what_has_left_our_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = FakeTransport()
    monkeypatch.setattr(acked, "KNOWS_ACKS", False)
    before = acked.progress(pipe)
    pipe.write(b"four")
    assert acked.progress(pipe) - before == -4

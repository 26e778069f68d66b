"""The hub's pure parts, each by itself: outbox, stream, credits, doors, pulse, room."""

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.battle.views import apply_patch
from quizserver.hub.connection import Connection
from quizserver.hub.credits import Credits
from quizserver.hub.doors import MOST_KNOWN, Doors, neighbourhood
from quizserver.hub.frames import Frame, OpenFrame
from quizserver.hub.limits import Limits, Rate
from quizserver.hub.mine import revision_of
from quizserver.hub.outbox import FRESH, GAP, KEEP, MINE, MOST_KEPT, MOST_LINKS, ROOM, Outbox
from quizserver.hub.pulse import Pulse
from quizserver.hub.rooms import AT_A_STRETCH, Room
from quizserver.hub.stream import MOST_PATCHES, Stream
from quizserver.hub.turns import Turns
from quizserver.wire.closing import Closing
from quizserver.wire.codec import Encoding, decoded
from quizserver.wire.framing import unframed
from quizserver.wire.to_client import Counts, Result

LANES = [KEEP, ROOM, FRESH, MINE, "counts q1"]


def taken(outbox: Outbox) -> list[Any]:
    frames: list[Any] = []
    while (frame := outbox.take()) is not None:
        frames.append(frame)
    return frames


@given(st.lists(st.sampled_from(LANES), max_size=60))
@settings(deadline=None)
def test_an_outbox_keeps_its_order_and_what_may_not_be_dropped(lanes: list[str]) -> None:
    outbox = Outbox()
    for at, lane in enumerate(lanes):
        outbox.put(f"{at} {lane}".encode(), lane)
    frames = [frame for frame in taken(outbox) if frame is not GAP]
    order = [int(frame.split()[0]) for frame in frames]
    assert order == sorted(order)
    assert [at for at in order if lanes[at] == KEEP] == [at for at, lane in enumerate(lanes) if lane == KEEP]
    for slot in (MINE, "counts q1"):
        assert [at for at in order if lanes[at] == slot] == [at for at, lane in enumerate(lanes) if lane == slot][-1:]


@given(st.lists(st.sampled_from([ROOM, FRESH, "take"]), max_size=80))
@settings(deadline=None)
def test_links_that_come_out_of_an_outbox_continue_each_other_or_a_gap_says_so(steps: list[str]) -> None:
    outbox, written, at = Outbox(), 0, 0
    for step in steps:
        if step == "take":
            frame = outbox.take()
            if frame is GAP:
                outbox.put(f"={written}".encode(), FRESH)
            elif isinstance(frame, bytes):
                assert frame[:1] == b"=" or int(frame) == at + 1
                at = int(frame.lstrip(b"="))
        else:
            written += 1
            outbox.put(str(written).encode() if step == ROOM else f"={written}".encode(), step)
    while (frame := outbox.take()) is not None:
        if frame is GAP:
            outbox.put(f"={written}".encode(), FRESH)
        elif isinstance(frame, bytes):
            assert frame[:1] == b"=" or int(frame) == at + 1
            at = int(frame.lstrip(b"="))
    assert at == written


def test_a_snapshot_takes_the_place_of_the_patches_before_it() -> None:
    outbox = Outbox()
    for frame, lane in ((b"1", ROOM), (b"ack", KEEP), (b"2", ROOM), (b"=2", FRESH), (b"3", ROOM)):
        outbox.put(frame, lane)
    assert taken(outbox) == [b"ack", b"=2", b"3"]


def test_an_outbox_is_bounded_in_every_lane() -> None:
    outbox = Outbox()
    for number in range(1000):
        for lane in (ROOM, MINE, "counts q1"):
            assert outbox.put(str(number).encode(), lane)
    assert len(outbox) <= MOST_LINKS + 3
    assert [outbox.put(b"ack", KEEP) for _ in range(MOST_KEPT + 1)] == [True] * MOST_KEPT + [False]


small = st.recursive(st.integers(0, 2), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3), max_leaves=6)
views = st.dictionaries(st.sampled_from("abcd"), small, max_size=4)


@given(views, st.lists(views, max_size=30), st.integers(0, 40))
@settings(deadline=None)
def test_a_stream_leads_from_every_version_it_remembers_to_the_present_view(first: Any, later: list[Any], have: int) -> None:
    stream, seen = Stream(1, 100, first), {100: first}
    for version, view in enumerate(later, 101):
        link = stream.advance(version, view)
        assert (link is None) is (view == seen[max(seen)])
        if link:
            assert link.message.from_ == max(seen)
            seen[version] = view
    version = 100 + have
    frames = stream.since(1, version)
    if frames is None:
        assert version not in list(seen)[-MOST_PATCHES:]
    else:
        view = seen[version]
        for frame in frames:
            message = decoded(Encoding.JSON, unframed(frame.in_(Encoding.JSON)))
            view = apply_patch(view, message["patch"])
        assert view == stream.view == (later[-1] if later else first)


def test_a_stream_of_another_epoch_leads_nowhere() -> None:
    stream = Stream(2, 100, {})
    assert stream.since(2, 100) == []
    assert stream.since(1, 100) is stream.since(3, 100) is stream.since(2, 101) is None


@pytest.mark.parametrize("encoding", Encoding)
def test_a_frame_is_encoded_once_and_a_result_but_for_what_is_ones_own(encoding: Encoding) -> None:
    frame = Frame(Counts(question="q", opening=1, answered=1, of=2))
    assert frame.in_(encoding) is frame.in_(encoding)
    result = Result(room={"epoch": 1, "from": 1, "to": 2, "patch": {}}, mine={"revision": "a", "mine": {"name": "Ту"}})
    shared = result.plain()
    own = shared.pop("mine")
    assert decoded(encoding, unframed(OpenFrame(shared, "mine").in_(encoding, own))) == result.plain()


def test_credits_come_back_with_time_and_never_beyond_the_burst() -> None:
    now_s = 10.0
    credit = Credits(Rate(2, 0.5), now_s)
    assert [credit.take(now_s) for _ in range(3)] == [True, True, False]
    assert not credit.any_left(now_s + 1.9)
    assert credit.take(now_s + 2)
    assert not credit.is_full(now_s + 5.9)
    assert credit.is_full(now_s + 6)
    assert [credit.take(now_s + 1000) for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "unix", False),
    ],
)
def test_an_address_is_what_one_person_has(one: str, other: str, same: bool) -> None:
    assert (neighbourhood(one) == neighbourhood(other)) is same


def test_doors_forget_addresses_with_nothing_to_remember() -> None:
    now_s = [0.0]
    doors = Doors(Limits(wrong_tries=Rate(1, 1)), lambda: now_s[0])
    doors.was_wrong("10.0.0.1")
    doors.let_in("10.0.0.2")
    for number in range(MOST_KNOWN - 2):
        doors.may_try(f"10.1.{number // 250}.{number % 250}")
    assert not doors.may_try("10.0.0.1")
    doors.may_try("10.0.0.3")
    assert not doors.may_try("10.0.0.1")
    assert len(doors._known) == 3


async def test_a_pulse_beats_at_once_and_then_at_most_once_an_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    now_ms, beats_ms = [1000], list[int]()
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now_ms[0] / 1000)
    pulse = Pulse(lambda: beats_ms.append(now_ms[0]), 0.05)

    async def until(ms: int) -> None:
        while now_ms[0] < ms:
            now_ms[0] += 1
            await asyncio.sleep(0)
            await asyncio.sleep(0)  # a timer that is due runs in the next turn of the loop

    for _ in range(220):
        pulse.touch()
        await until(now_ms[0] + 1)
    assert beats_ms == [1000, 1050, 1100, 1150, 1200] and pulse.is_due
    pulse.now()
    assert beats_ms[5:] == [1220] and not pulse.is_due
    pulse.touch()
    pulse.stop()
    await until(1300)
    assert beats_ms[5:] == [1220]


class Heard:
    """An outlet that only remembers."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []

    def write(self, frame: bytes, lane: str) -> None:
        self.frames.append(unframed(frame))

    def close(self, closing: Closing) -> None:
        raise AssertionError("nobody closes here")


class Raw(Heard):
    """Remembers bytes, whole frames or not."""

    def write(self, frame: bytes, lane: str) -> None:
        self.frames.append(frame)


@dataclass
class Taking:
    """A line that takes so many bytes; None: it is torn."""

    bytes_at_once: int | None

    def send(self, frame: bytes, /) -> int:
        if self.bytes_at_once is None:
            raise BrokenPipeError
        return self.bytes_at_once


async def test_everybody_hears_all_in_one_order_whatever_their_number() -> None:
    room = Room(Stream(1, 1, {}))
    outlets = [Heard() for _ in range(2 * AT_A_STRETCH + 100)]
    members = [Connection(outlet, Encoding.JSON, "", Credits(Rate(1, 1), 0)) for outlet in outlets]
    for member in members:
        room.enter(member, None)
    for version in (2, 3):
        link = room.stream.advance(version, {"version": version})
        assert link
        room.follow(link)
    assert sum(len(outlet.frames) == 3 for outlet in outlets) == 0
    late = Heard()
    room.enter(Connection(late, Encoding.JSON, "", Credits(Rate(1, 1), 0)), None)
    gone = next(member for member, outlet in zip(members, outlets, strict=True) if len(outlet.frames) == 1)
    room.leave(gone)
    await asyncio.sleep(0.05)
    said = [decoded(Encoding.JSON, frame)["to"] for frame in late.frames]
    assert said == [3]
    for member, outlet in zip(members, outlets, strict=True):
        assert [decoded(Encoding.JSON, frame)["to"] for frame in outlet.frames] == ([1] if member is gone else [1, 2, 3])


async def test_who_was_given_the_whole_view_is_not_told_again_what_is_in_it() -> None:
    room = Room(Stream(1, 1, {}))
    outlets = [Heard() for _ in range(2 * AT_A_STRETCH)]
    members = [Connection(outlet, Encoding.JSON, "", Credits(Rate(1, 1), 0)) for outlet in outlets]
    for member in members:
        room.enter(member, None)
    link = room.stream.advance(2, {"version": 2})
    assert link
    room.follow(link)
    waiting, outlet = next((who, heard) for who, heard in zip(members, outlets, strict=True) if len(heard.frames) == 1)
    room.show(waiting)  # it was slow, and has lost patches
    await asyncio.sleep(0.05)
    assert [decoded(Encoding.JSON, frame)["t"] for frame in outlet.frames] == ["snapshot", "snapshot"]


async def test_who_cannot_be_told_is_no_reason_for_others_to_hear_nothing(caplog: pytest.LogCaptureFixture) -> None:
    room = Room(Stream(1, 1, {}))
    outlets = [Heard() for _ in range(3)]
    members = [Connection(outlet, Encoding.JSON, "", Credits(Rate(1, 1), 0)) for outlet in outlets]
    for member in members:
        room.enter(member, None)

    def write(who: Connection) -> None:
        assert who is not members[1]
        who.write(b"\x82\x05heard", KEEP)

    room.say(write)
    assert [len(outlet.frames) for outlet in outlets] == [2, 1, 2]
    assert len(caplog.records) == 1


@pytest.mark.parametrize(("takes", "left"), [(7, []), (3, [b"eart"]), (None, [b"\x82\x05heart"])])
def test_what_the_line_does_not_take_is_written_by_the_outlet(takes: int | None, left: list[bytes]) -> None:
    outlet, frame = Raw(), b"\x82\x05heart"
    who = Connection(outlet, Encoding.MSGPACK, "", Credits(Rate(1, 1), 0), line=Taking(takes))
    who.write(frame, KEEP)
    assert outlet.frames == left


def test_an_address_that_is_none_is_nobodys_own_machine() -> None:
    doors = Doors(Limits(joins=Rate(1, 0)), lambda: 0.0)
    assert [doors.may_join("unix") for _ in range(2)] == [True, False]
    assert [doors.may_join("::1") for _ in range(2)] == [True, True]


def test_a_revision_names_the_content() -> None:
    assert revision_of({"a": 1, "b": "Ту"}) == revision_of({"a": 1, "b": "Ту"})
    assert revision_of({"a": 1}) != revision_of({"a": 2})


async def test_a_flood_of_work_is_done_in_order_in_turns_that_end() -> None:
    turns, done, others = Turns(turn_s=0.002), list[int](), list[int]()

    def piece(number: int) -> None:
        time.sleep(0.001)
        done.append(number)

    for number in range(10):
        turns.do(partial(piece, number))
    assert len(done) + len(turns) == 10 and len(done) <= 3
    asyncio.get_running_loop().call_soon(others.append, len(done))
    while len(turns):
        await asyncio.sleep(0)
    assert done == list(range(10)) and others[0] < 10


async def test_work_that_comes_slowly_is_done_at_once() -> None:
    turns, done = Turns(), list[int]()
    for number in range(3):
        turns.do(partial(done.append, number))
        assert done[-1] == number
        await asyncio.sleep(0)

"""Bad input: each gets one word in reply and one line in the log, and nothing else happens to anybody."""

import asyncio
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.hub.limits import Limits, Rate
from quizserver.wire import closing
from quizserver.wire.allowed import Role
from quizserver.wire.codec import LARGE_MESSAGE, SMALL_MESSAGE, Encoding, encoded
from tests.hub.stage import Device, Stage, staged

MANY = Limits(messages=dict.fromkeys(Role, Rate(1e9, 1e9)))


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xc1", b"\x93\x01\x02", b"\x81\xa1t" * 4000, b"\x81\xa1t\xdd\xff\xff\xff\xff", b"\x81\xa1t\xcb\x7f\xf8" + b"\0" * 6],
    ids=["empty", "no msgpack", "a list", "deep", "a lie", "nan"],
)
async def test_what_is_no_message_is_told_so_three_times(raw: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with staged() as stage:
        device = stage.device()
        for _ in range(3):
            assert device.closing is None
            device.send(raw)
        assert device.closing is closing.MALFORMED
        assert device.kinds() == ["refused"] * 3
    assert [record.levelname for record in caplog.records if record.name == "quizserver"] == ["WARNING"]
    assert all(record.exc_info is None for record in caplog.records)


async def test_a_message_over_the_limit_of_its_role_is_refused() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello()
        device.send(encoded(Encoding.MSGPACK, {"t": "look", "pin": "1" * SMALL_MESSAGE}))
        assert device.said[-1] | {"detail": ""} == {
            "t": "refused",
            "to": "",
            "code": "too_big",
            "detail": "",
            "fault": "sender",
            "temporary": False,
        }
        device.send(b"x" * (SMALL_MESSAGE + 1))
        device.send(b"x" * (SMALL_MESSAGE + 1))
        assert device.closing is closing.TOO_BIG


async def test_a_desk_may_send_more_at_once_than_a_phone() -> None:
    async with staged() as stage:
        desk = await stage.staff("desk", venue=stage.venue)
        desk.send(encoded(Encoding.MSGPACK, {"t": "look", "pin": "1" * (LARGE_MESSAGE - 100)}))
        assert desk.said[-1]["code"] == "invalid"


async def test_unknown_fields_and_messages_are_named_and_never_repeated() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello()
        device.say("look", pin=stage.pin, secret="x")
        device.say("secret")
        assert [message["code"] for message in device.said[1:]] == ["invalid", "unknown_message"]
        assert b"secret" not in b"".join(device.frames)


async def test_a_flood_is_refused_and_then_closed() -> None:
    async with staged(limits=Limits(floods=5)) as stage:
        device = stage.device()
        device.hello()
        for _ in range(40):
            device.say("clock", sent=1)
        assert device.kinds().count("clock") == 19
        assert [message["code"] for message in device.said if message["t"] == "refused"] == ["too_fast"] * 5
        assert device.closing is closing.FORBIDDEN


async def test_a_desk_back_from_an_offline_evening_is_no_flood() -> None:
    async with staged() as stage:
        desk = await stage.staff("desk", venue=stage.venue)
        for sent in range(90):
            desk.say("clock", sent=sent)
        assert desk.kinds().count("clock") == 90


async def test_a_bug_of_ours_is_one_entry_in_the_log_and_the_socket_goes_on(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello()
        monkeypatch.setattr(stage.running, "by_pin", lambda pin: 1 / 0)
        device.say("look", pin=stage.pin)
        assert device.said[-1]["code"] == "our_fault"
        device.say("clock", sent=1)
        assert device.said[-1]["t"] == "clock"
    assert len([record for record in caplog.records if record.exc_info]) == 1


async def test_a_bug_in_a_piece_of_work_is_one_entry_in_the_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello()
        monkeypatch.setattr(stage.running.seating, "join", None)
        assert (await device.join(stage.pin, "Ту-144"))["code"] == "our_fault"
        monkeypatch.undo()
        device.said.clear()
        assert (await device.join(stage.pin, "Ту-144"))["t"] == "joined"
    assert [record.message for record in caplog.records if record.exc_info] == ["join of a guest failed"]


@given(
    st.lists(
        st.binary(max_size=60)
        | st.dictionaries(
            st.sampled_from("t v n pin name of scope command args question value sent id".split()),
            st.sampled_from(["hello", "look", "join", "answer", "do", "page", "marks", "sheet", "StartRound", "0" * 32])
            | st.integers(-3, 3)
            | st.none()
            | st.lists(st.integers(-(2**63), 2**63), max_size=2),
        ).map(lambda message: encoded(Encoding.MSGPACK, message)),
        max_size=6,
    )
)
@settings(deadline=None, max_examples=50)
def test_any_bytes_from_anybody_never_raise(raws: list[bytes]) -> None:
    asyncio.run(send_all(raws))


async def send_all(raws: list[bytes]) -> None:
    async with staged(limits=MANY) as stage:
        for device in (stage.device(), stage.host(), await greeted(stage)):
            for raw in raws:
                device.send(raw)
            assert device.closing in (None, closing.MALFORMED, closing.FORBIDDEN, closing.GOODBYE)


async def greeted(stage: Stage) -> Device:
    device = stage.device()
    device.hello()
    return device

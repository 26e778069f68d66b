"""The two small tables of the language: who may say what, and how a connection ends."""

import pytest

from quizserver.battle.refusals import Fault, Refused
from quizserver.wire import to_client
from quizserver.wire.allowed import LIMIT, MAY_PAGE, MAY_SAY, Role, may_say
from quizserver.wire.closing import CLOSINGS, Closing
from quizserver.wire.from_client import MESSAGES


def test_every_role_has_its_row_in_every_table() -> None:
    assert set(MAY_SAY) == set(MAY_PAGE) == set(LIMIT) == set(Role)


def test_every_message_but_hello_is_somebodys_to_say_and_hello_is_nobodys_twice() -> None:
    assert frozenset().union(*MAY_SAY.values()) == set(MESSAGES) - {"hello"}


def test_only_a_host_may_press_only_a_team_may_answer_only_staff_may_mark() -> None:
    assert [role for role in Role if may_say(role, "do")] == [Role.HOST]
    assert [role for role in Role if may_say(role, "answer")] == [Role.TEAM]
    assert [role for role in Role if may_say(role, "marks")] == [Role.DESK, Role.HOST]


def test_a_page_is_allowed_by_what_it_is_of() -> None:
    assert may_say(Role.TEAM, "page", "standing")
    assert not may_say(Role.TEAM, "page", "teams")
    assert not may_say(Role.GUEST, "page", "standing")


@pytest.mark.parametrize("closing", CLOSINGS, ids=lambda closing: closing.reason)
def test_codes_of_40xx_come_back_and_all_others_stay_away(closing: Closing) -> None:
    assert closing.comes_back is (4000 <= closing.code < 4100)
    assert len(closing.reason.encode()) <= 123


def test_codes_and_reasons_are_used_once() -> None:
    assert len({each.code for each in CLOSINGS}) == len({each.reason for each in CLOSINGS}) == len(CLOSINGS)


def test_a_refusal_keeps_its_word_its_fault_and_whether_it_passes() -> None:
    refused = Refused("store_gone", Fault.SERVER, temporary=True, detail="x")
    assert to_client.refusal(refused) == {"code": "store_gone", "detail": "x", "fault": "server", "temporary": True}
    assert to_client.denied("join", refused).plain() == {"t": "refused", "to": "join", **to_client.refusal(refused)}


def test_absent_fields_are_left_out_and_false_ones_are_not() -> None:
    assert to_client.Done(n=1, ok=False).plain() == {"t": "done", "n": 1, "ok": False}
    assert to_client.Room(epoch=1, from_=1, to=2, patch={}).plain() == {"t": "room", "epoch": 1, "from": 1, "to": 2, "patch": {}}


def test_a_device_may_be_told_how_long_to_stay_away() -> None:
    told = CLOSINGS[0].after(1740)
    assert (told.reason, told.code) == (f"{CLOSINGS[0].reason} 1740", CLOSINGS[0].code)

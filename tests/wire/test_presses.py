"""What a host may ask stands in one table, fits the battle's commands, and is all a socket can ever ask."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.wire import presses
from quizserver.wire.codec import WireError
from quizserver.wire.from_client import Do
from tests.wire.test_codec import plain

NEVER = {
    "TimeUp",
    "SealBox",
    "ConfirmCollected",
    "EnterMarks",
    "NameScorekeeper",
    "TakeSeat",
    "OfferToken",
    "UseToken",
    "NoteRestored",
    "GiveTime",
    "Command",
    "Press",
}
"""Asked by clocks, desks, phones and the server itself. CreateBattle is pressed too, and its battle is made by the server."""


def do(command: str, args: dict[str, Any] | None = None, step: int | None = None) -> Do:
    return Do(t="do", n=1, command=command, args=args or {}, step=step)


def fault(message: Do) -> tuple[str, str]:
    with pytest.raises(WireError) as error:
        presses.asked(message)
    return error.value.code, error.value.detail


def all_commands() -> set[str]:
    return {name for name, value in vars(ask).items() if isinstance(value, type) and issubclass(value, ask.Command)}


def test_every_command_is_a_hosts_or_listed_as_nobodys_to_press() -> None:
    assert presses.COMMANDS.keys() | NEVER | {"CreateBattle"} == all_commands()
    assert not presses.COMMANDS.keys() & NEVER


@pytest.mark.parametrize("name", sorted(NEVER | {"", "__class__", "startround"}))
def test_what_is_not_in_the_table_cannot_be_pressed(name: str) -> None:
    assert fault(do(name or "-")) == ("unknown_command", "")


@pytest.mark.parametrize("command", presses.OTHERS, ids=lambda command: command.__name__)
def test_every_argument_is_one_the_command_has(command: type[ask.Command]) -> None:
    own = {field.name for field in fields(command)}
    looked_up_by = {ask.AdmitMissed: {"answer"}, ask.RevokeStaff: {"key"}}
    assert presses.OTHERS[command].keys() <= own | looked_up_by.get(command, set())


@pytest.mark.parametrize("command", presses.STEPS, ids=lambda command: command.__name__)
def test_a_step_carries_the_step_that_the_console_showed(command: type[ask.Command]) -> None:
    assert issubclass(command, ask.Press)
    assert presses.asked(do(command.__name__, step=4)) == presses.Asked(command.__name__, command, {}, 4)
    assert fault(do(command.__name__, {"by": "me"})) == ("invalid", command.__name__)


def test_arguments_are_checked_strictly_and_defaults_filled_in() -> None:
    assert presses.asked(do("ShowStanding")).args == {"which": "total"}
    assert presses.asked(do("MoveTeam", {"team": "t"})).args == {"team": "t", "venue": None}
    assert fault(do("StartBreak", {"seconds": "60"})) == ("invalid", "StartBreak.seconds")
    assert fault(do("ShowStanding", {"which": "secret"})) == ("invalid", "ShowStanding.which")


def test_the_servers_own_presses_are_no_commands_of_the_battle() -> None:
    assert presses.asked(do("PairScreen", {"code": "M4XQ7K"})).command is None
    assert presses.asked(do("ShowTeamCode", {"team": "t"})).command is None


@given(st.sampled_from(sorted({*presses.COMMANDS, *presses.SERVERS_OWN})), st.dictionaries(st.text(max_size=8), plain, max_size=4))
@settings(deadline=None)
def test_any_arguments_are_a_press_or_wire_error(command: str, args: dict[str, Any]) -> None:
    try:
        assert presses.asked(do(command, args)).name == command
    except WireError as error:
        assert error.code == "invalid"

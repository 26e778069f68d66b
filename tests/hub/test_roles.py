"""Who may say what: every message of the language from every role, and nothing comes from claiming to be somebody."""

from typing import Any

import pytest

from quizserver.wire import closing
from quizserver.wire.allowed import MAY_PAGE, MAY_SAY, Role, may_say
from tests.hub.stage import Device, Stage, staged

MESSAGES: dict[str, dict[str, Any]] = {
    "sign_in": {"password": "of somebody"},
    "look": {"pin": "000000"},
    "join": {"pin": "000000", "name": "Ту-144"},
    "answer": {"id": "0" * 32, "question": "r1-one", "opening": 1, "value": "a"},
    "clock": {"sent": 1},
    "do": {"n": 1, "command": "StartRound"},
    "marks": {
        "n": 1,
        "operations": [
            {
                "device": "d",
                "counter": 1,
                "venue": "v",
                "team": "t",
                "round": "r1",
                "question": "r1-one",
                "who": "a" * 16,
                "value": "1",
            }
        ],
    },
    "sit": {"n": 1, "scorekeeper": "a" * 16},
    "collected": {"n": 1, "scope": "r1"},
    "leave": {},
}
PAGES: dict[str, dict[str, Any]] = {
    "standing": {"n": 1},
    "teams": {"n": 1},
    "sheet": {"n": 1, "scope": "r1"},
    "evening": {"n": 1},
    "cell": {"n": 1, "team": "t", "round": "r1", "question": "r1-one"},
    "late": {"n": 1},
    "entry": {"n": 1},
    "missed": {"n": 1, "question": "r1-one", "opening": 1},
    "battles": {"n": 1},
    "packs": {"n": 1},
    "addresses": {"n": 1},
    "health": {"n": 1},
    "consoles": {"n": 1},
    "desks": {"n": 1},
    "keys": {"n": 1},
    "screens": {"n": 1},
    "arrivals": {"n": 1},
    "announced": {"n": 1},
    "representatives": {"n": 1},
}
SAYINGS = [*MESSAGES.items(), *(("page", {"of": of, **rest}) for of, rest in PAGES.items())]


async def of_role(stage: Stage, role: Role) -> Device:
    match role:
        case Role.GUEST:
            guest = stage.device()
            guest.hello()
            return guest
        case Role.TEAM:
            return (await stage.team(f"Team {len(stage.live.known.teams)}"))[0]
        case Role.HOST:
            host = stage.host()
            await host.hears("snapshot")
            return host
        case Role.DESK:
            return await stage.staff("desk", venue=stage.venue)
    return await stage.staff("screen")


def is_denied(device: Device) -> bool:
    return any(message["t"] == "refused" and message["code"] == "not_allowed" for message in device.said)


def test_the_matrix_knows_every_message_and_every_page() -> None:
    assert {*MESSAGES, "page"} == frozenset().union(*MAY_SAY.values())
    assert PAGES.keys() == frozenset().union(*MAY_PAGE.values())


@pytest.mark.parametrize("role", Role)
async def test_what_is_not_in_a_roles_row_is_refused_and_the_rest_is_not(role: Role) -> None:
    async with staged() as stage:
        for t, rest in SAYINGS:
            device = await of_role(stage, role)
            device.say(t, **rest)
            assert is_denied(device) is not may_say(role, t, rest.get("of", "")), t
            device.gone()


@pytest.mark.parametrize("role", Role)
async def test_the_third_forbidden_message_ends_the_connection(role: Role) -> None:
    async with staged() as stage:
        device = await of_role(stage, role)
        forbidden = next((t, rest) for t, rest in SAYINGS if not may_say(role, t, rest.get("of", "")))
        for times in (1, 2, 3):
            assert device.closing is None, times
            device.say(forbidden[0], **forbidden[1])
        assert device.closing is closing.FORBIDDEN
        before = len(device.said)
        device.say("clock", sent=1)
        assert len(device.said) == before


async def test_a_role_cannot_be_claimed() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello(role="host")
        assert device.said[-1]["code"] == "invalid"
        device.hello()
        assert device.said[-1] == {"t": "welcome", "role": "guest", "now": device.said[-1]["now"]}
        assert device.who.role is Role.GUEST


async def test_the_pin_makes_nobody_a_host() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello(stage.pin.rjust(16, "0"))
        await device.until(lambda: device.closing)
        assert device.closing is closing.UNKNOWN_TOKEN
        assert "welcome" not in device.kinds()


async def test_hello_comes_first_and_once() -> None:
    async with staged() as stage:
        device = stage.device()
        device.say("look", pin=stage.pin)
        assert device.said[-1]["code"] == "hello_first"
        device.hello()
        device.hello()
        assert device.said[-1]["code"] == "hello_again"


@pytest.mark.parametrize("of", ["teams", "sheet", "missed"])
async def test_a_page_that_holds_a_list_of_teams_is_no_page_of_a_phone(of: str) -> None:
    async with staged() as stage:
        team, _ = await stage.team("Ту-104")
        team.say("page", of=of, **PAGES[of])
        assert is_denied(team)

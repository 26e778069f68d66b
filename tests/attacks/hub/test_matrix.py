"""Every role says every message in every phase. What the tables do not list is refused in the right word and changes nothing.

Generated from the tables themselves (`allowed.py`, `presses.py`, `phases.py`), so that a message, a role or a phase that comes new
is asked too, or fails here for want of an example.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase, may_ask
from quizserver.services.ports import Head
from quizserver.services.seating import Seated
from quizserver.wire.allowed import MAY_PAGE, Role, may_say
from quizserver.wire.from_client import MESSAGES, Do, understood
from quizserver.wire.presses import COMMANDS, SERVERS_OWN, asked
from tests.attacks.phases import staged_in
from tests.hub.stage import Device, Message, Stage
from tests.hub.test_roles import MESSAGES as SAID
from tests.hub.test_roles import PAGES, of_role

NOBODY = "0" * 16
NUMBERED = ("do", "page", "sit", "marks", "collected")
ARGS: Mapping[str, Mapping[str, Any]] = {
    "Extend": {"by_ms": 1},
    "AddVenue": {"name": "Клуб"},
    "RenameVenue": {"venue": NOBODY, "name": "Клуб"},
    "DescribeVenue": {"venue": NOBODY, "city": "Омск", "starts": "19:00", "zone_min": 360},
    "OpenRegistration": {"opened": False},
    "CountPeople": {"team": NOBODY, "people": 5},
    "MergeTeams": {"team": NOBODY, "into": NOBODY},
    "NameRepresentative": {"venue": NOBODY, "name": "Анна"},
    "ApproveAnnounced": {"announced": [NOBODY]},
    "RefuseAnnounced": {"announced": [NOBODY]},
    "MoveAnnounced": {"announced": NOBODY},
    "MergeAnnounced": {"announced": NOBODY, "into": NOBODY},
    "JoinTeam": {"name": "Бумага 2", "venue": NOBODY},
    "RenameTeam": {"team": NOBODY, "name": "Як"},
    "MuteTeam": {"team": NOBODY, "muted": True},
    "ApproveTeams": {"teams": [NOBODY]},
    "MoveTeam": {"team": NOBODY},
    "ReserveSpares": {"venue": NOBODY, "count": 1},
    "AssignSpare": {"team": NOBODY, "spare": "4-033-7"},
    "ChangeSource": {
        "team": NOBODY,
        "round": NOBODY,
        "question": NOBODY,
        "source": "paper",
        "only_this_round": True,
        "reason": "нет сети",
    },
    "LockLobby": {"locked": False},
    "AdmitStaff": {"role": "screen"},
    "RevokeStaff": {"key": NOBODY},
    "FreezeStanding": {"frozen": False},
    "StartBreak": {"seconds": 60},
    "AcceptMarks": {"venue": NOBODY, "scope": NOBODY},
    "JudgeLate": {"operations": [NOBODY], "accepted": True, "reason": "курьер"},
    "VoidQuestion": {"question": NOBODY, "voided": True, "reason": "спорный"},
    "RuleAnswer": {"question": NOBODY, "said": "x", "accepted": True},
    "TickAnswer": {"question": NOBODY, "said": "x", "shown": True},
    "AdmitMissed": {"question": NOBODY, "opening": 1, "answer": "0" * 32},
    "AdjustPoints": {"team": NOBODY, "points": 100, "reason": "бонус"},
    "CreateBattle": {"pack": "none"},
    "OfferAddress": {"origin": "http://evil.example"},
    "SignOut": {"console": NOBODY},
    "SignOutOthers": {"console": NOBODY},
    "PairScreen": {"code": "AAAAAA"},
    "ShowTeamCode": {"team": NOBODY},
    "ShowPhoneCodes": {"venue": NOBODY},
}
TELLS_OF_EACH = "ApproveAnnounced"
"""Of many it says of each why not, and is not refused as a whole."""
PRESSES = (*COMMANDS, *SERVERS_OWN)


def sayings() -> Iterator[tuple[str, Message]]:
    """Each message with each kind of page and of press."""
    for t in MESSAGES:
        if t == "page":
            yield from ((t, {"of": of, **rest}) for of, rest in PAGES.items())
        elif t == "do":
            yield from ((t, {"command": press, "args": dict(ARGS.get(press, {}))}) for press in PRESSES)
        elif t == "hello":
            yield t, {"v": 1}
        elif t != "leave":
            yield t, SAID[t] | ({"scope": NOBODY} if t == "collected" else {})


def word(message: Message) -> str:
    """How a reply refuses, "" if it does not."""
    code: str = message.get("refused", message).get("code") or ""
    return code


async def told(device: Device, t: str, rest: Message) -> Message:
    """The first reply to a message."""
    since = len(device.said)
    device.say(t, **rest)
    replies = ("refused", "done", "page", "ack", "lobby", "joined", "clock")
    reply: Message = await device.until(lambda: next((m for m in device.said[since:] if m["t"] in replies), None))
    return reply


def battle_of(stage: Stage) -> tuple[Head, Phase]:
    return stage.live.head, stage.live.known.phase


@pytest.mark.parametrize("phase", Phase)
async def test_only_what_is_listed_is_done(phase: Phase) -> None:
    async with staged_in(phase) as stage:
        for role in Role:
            await every_message(stage, role, phase)


async def every_message(stage: Stage, role: Role, phase: Phase) -> None:
    device = await of_role(stage, role) if role is not Role.TEAM else await back(stage)
    for n, (t, rest) in enumerate(sayings(), 1):
        numbered = rest | ({"n": n} if t in NUMBERED else {}) | (late(stage, phase, rest["command"]) if t == "do" else {})
        what = (role, t, rest.get("of") or rest.get("command"))
        before = battle_of(stage)
        reply = await told(device, t, numbered)
        if t == "hello":
            assert (word(reply), battle_of(stage)) == ("hello_again", before), what
        elif not may_say(role, t, rest.get("of", "")):
            assert (word(reply), battle_of(stage)) == ("not_allowed", before), what
        elif t == "do":
            check_press(stage, phase, rest["command"], word(reply), before)
        elif t == "sign_in":
            assert (word(reply), battle_of(stage)) == ("no_password", before), what
        elif t in ("look", "join"):
            assert (word(reply), battle_of(stage)) == ("unknown_pin", before), what
        elif t == "answer":
            assert (reply["verdict"] == "recorded", battle_of(stage)) == (False, before), what
        else:
            assert word(reply) != "not_allowed" and battle_of(stage) == before, what


def late(stage: Stage, phase: Phase, name: str) -> Message:
    """A step that is in its place would be done and lead on: it is pressed for another step, and told so."""
    command = COMMANDS.get(name)
    is_step = command is not None and issubclass(command, ask.Press) and may_ask(phase, command)
    return {"step": stage.live.known.step + 1} if is_step else {}


def check_press(stage: Stage, phase: Phase, name: str, said: str, before: tuple[Head, Phase]) -> None:
    command = COMMANDS.get(name)
    if command is None:
        unknown = ("unknown_address", "unknown_code", "unknown_console", "unknown_team", "unknown_venue", "unknown_announcement")
        assert said in ("no_packs", *unknown, *([""] if name == TELLS_OF_EACH else [])), name
        assert battle_of(stage) == before, name
    elif not may_ask(phase, command):
        assert (said, battle_of(stage)) == ("not_in_this_phase", before), name
    else:
        assert said == "stale" if issubclass(command, ask.Press) else said not in ("not_allowed", "not_in_this_phase"), name
        assert battle_of(stage)[1] is phase, name


async def back(stage: Stage) -> Device:
    """A further device of the team that is in: where nobody new may join, it may."""
    code = await stage.running.seating.code(stage.live, next(iter(stage.live.known.teams)))
    seated = await stage.running.seating.add_device(stage.live, code)
    assert isinstance(seated, Seated)
    device = stage.device()
    device.hello(seated.token)
    await device.hears("mine")
    return device


def test_every_message_page_and_press_has_its_example() -> None:
    said = list(sayings())
    assert {t for t, _ in said} == {*MESSAGES} - {"leave"}
    assert {rest["of"] for t, rest in said if t == "page"} == frozenset().union(*MAY_PAGE.values())
    assert ARGS.keys() <= set(PRESSES)
    for t, rest in said:
        message = understood({"t": t, **rest} | ({"n": 1} if t in NUMBERED else {}))
        assert not isinstance(message, Do) or asked(message).name == rest["command"]

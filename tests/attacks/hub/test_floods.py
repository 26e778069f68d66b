"""Bots that come in thousands, and whoever guesses PINs: the evening goes on, and the console has one line about it."""

from collections import Counter

import pytest

from quizserver.battle.phases import Phase
from quizserver.hub.arrivals import A_FLOOD, RECENTLY_S, Arrivals
from quizserver.hub.credits import Credits
from quizserver.hub.doors import MOST_KNOWN, Doors
from quizserver.hub.limits import Limits, Rate
from tests.attacks.phases import UNTIRING, staged_in
from tests.hub.stage import Device, Stage, staged


def bot(stage: Stage, number: int) -> Device:
    """One of many, twenty to an address."""
    device = stage.device(address=f"198.51.{number // 5000}.{number // 20 % 250}")
    device.hello()
    return device


async def flooded(stage: Stage, bots: int) -> Counter[str]:
    """What so many bots are told that come all at once."""
    devices = [bot(stage, number) for number in range(bots)]
    for number, device in enumerate(devices):
        device.say("join", pin=stage.pin, name=f"Bot {number:05}")
    replies = [await device.hears("joined", "refused") for device in devices]
    return Counter(reply["code"] if reply["t"] == "refused" else "joined" for reply in replies)


async def line(host: Device) -> list[dict[str, int]]:
    rows: list[dict[str, int]] = (await host.ask("page", of="arrivals"))["page"]["rows"]
    return rows


async def test_of_five_thousand_bots_most_stay_outside_and_the_console_has_one_line_and_works() -> None:
    async with staged() as stage:
        host = stage.host()
        before = len(host.frames)
        told = await flooded(stage, 5_000)
        assert told["joined"] <= 1_100 and told["joined"] + told["too_fast"] == 5_000
        assert await line(host) == [{"joined": told["joined"], "refused": told["too_fast"]}]
        assert sum(map(len, host.frames[before:])) < 200_000
        await host.do("LockLobby", locked=True)
        assert (await flooded(stage, 100))["joined"] == 0
        assert len(stage.live.known.teams) == told["joined"]
        await host.do("StartRound")


async def test_a_team_that_is_in_comes_back_and_brings_its_phones_in_the_middle_of_a_flood() -> None:
    async with staged(limits=Limits(joins_of_battle=Rate(3, 0))) as stage:
        phone, joined = await stage.team("Ту-144")
        assert (await flooded(stage, 50))["too_fast"] == 48
        phone.gone()
        assert (await stage.returns(phone, joined["token"]).hears("welcome"))["team"] == joined["team"]
        mate = stage.device()
        mate.hello()
        mate.say("join", pin=stage.pin, code=joined["code"])
        assert (await mate.hears("joined", "refused"))["team"] == joined["team"]


async def test_names_to_approve_pile_up_only_so_far_and_are_on_no_screen() -> None:
    async with staged(approval=True) as stage:
        host, screen = stage.host(), await stage.staff("screen")
        told = await flooded(stage, 500)
        assert told == {"joined": 300, "too_many_waiting": 200}
        await host.until(lambda: host.view["attention"]["names"]["count"] == 300 or None)
        assert len(host.view["attention"]["names"]["rows"]) == 12
        await screen.until(lambda: screen.view["counts"]["teams"] == 300 or None)
        assert screen.view["latest"] == []
        assert "Bot" not in str(screen.said)
        assert await line(host) == [{"joined": 300, "refused": 200}]


async def test_a_hall_of_phones_behind_one_router_is_no_flood() -> None:
    async with staged() as stage:
        host = stage.host()
        for number in range(229):
            await stage.team(f"Team {number}", address="203.0.113.1")
        assert await line(host) == []


def test_a_flood_that_is_over_is_no_news() -> None:
    now_s = 0.0
    came = Arrivals(lambda: now_s)
    for _ in range(A_FLOOD):
        came.refused("b")  # type: ignore[arg-type]
        now_s += 0.5
    assert came.rows("b") == [{"joined": 0, "refused": A_FLOOD}]  # type: ignore[arg-type]
    now_s += RECENTLY_S
    assert came.rows("b") == []  # type: ignore[arg-type]


async def test_the_phones_of_one_team_together_are_no_faster_than_a_team() -> None:
    async with staged(limits=Limits(messages_of_team=Rate(30, 0))) as stage:
        first, joined = await stage.team("Ту-144")
        other, _ = await stage.team("Ан-2")
        phones = [first]
        for _ in range(3):
            phone = stage.device()
            phone.hello()
            phone.say("join", pin=stage.pin, code=joined["code"])
            await phone.hears("mine")
            phones.append(phone)
        for phone in phones * 10:
            phone.say("clock", sent=1)
        assert sum(phone.kinds().count("clock") for phone in phones) == 30
        assert all(phone.closing is None for phone in phones)
        other.say("clock", sent=1)
        assert other.said[-1]["t"] == "clock"


# --- guessing ---


async def guessed(stage: Stage, guesses: int, pins: list[str]) -> list[Counter[str]]:
    """What is told to so many who try these PINs in turn, each PIN's replies by themselves."""
    told = [Counter[str]() for _ in pins]
    for number in range(guesses):
        device = stage.device(address=f"10.{number // 62500}.{number // 250 % 250}.{number % 250}")
        device.hello()
        device.say("look", pin=pins[number % len(pins)])
        reply = device.said[-1]
        told[number % len(pins)][str({key: reply[key] for key in sorted(reply)})] += 1
        device.gone()
    return told


async def test_a_hundred_thousand_guesses_learn_nothing_that_tells_a_closed_battle_from_none() -> None:
    async with staged_in(Phase.FINISHED) as stage:
        unknown = "000000" if stage.pin != "000000" else "111111"
        nobody, over = await guessed(stage, 100_000, [unknown, stage.pin])
        assert nobody == over and sum(nobody.values()) == 50_000
        assert all("unknown_pin" in reply for reply in nobody)


async def test_whoever_guesses_from_one_address_has_ten_tries_and_then_learns_nothing_even_from_the_right_pin() -> None:
    async with staged(limits=UNTIRING) as stage:
        guesser = stage.device(address="198.51.100.7")
        guesser.hello()
        for number in range(1_000):
            guesser.say("look", pin=stage.pin if number % 100 == 99 else f"{number:06}")
        told = Counter(message.get("code", message["t"]) for message in guesser.said[1:])
        assert told["unknown_pin"] == 10 and told["too_fast"] == 990 and not told["lobby"]


def test_while_thousands_guess_an_address_has_one_try_and_whoever_is_right_still_comes_in() -> None:
    doors = Doors(Limits(wrong_tries_in_all=Rate(100, 0)), lambda: 0.0)
    for number in range(100):
        doors.was_wrong(f"10.0.0.{number}")
    assert [doors.may_try("10.0.0.1"), doors.may_try("192.0.2.1")] == [False, True]
    doors.was_wrong("192.0.2.1")
    assert not doors.may_try("192.0.2.1")


def test_a_flood_from_many_addresses_does_not_search_them_all_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    doors, asked = Doors(Limits(), lambda: 0.0), 0
    is_full = Credits.is_full

    def counted(credits: Credits, now_s: float) -> bool:
        nonlocal asked
        asked += 1
        return is_full(credits, now_s)

    monkeypatch.setattr(Credits, "is_full", counted)
    for number in range(3 * MOST_KNOWN):
        doors.was_wrong(f"10.{number // 62500}.{number // 250 % 250}.{number % 250}")
    assert asked <= 3 * 3 * MOST_KNOWN

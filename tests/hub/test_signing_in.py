"""A host signs in by a password: what it is given for it, and that guessing is slow for whoever guesses and for nobody else."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from quizserver.battle.refusals import Refused, wrong
from quizserver.hub.consoles import name_of
from quizserver.hub.limits import Limits, Rate
from quizserver.hub.session import Hub
from quizserver.services.ports import StoreGone
from quizserver.services.running import Running
from quizserver.services.seating import token_hash
from quizserver.wire import closing
from quizserver.wire.allowed import Role
from tests.hub.stage import HOST_KEY, Device, Message, Stage, staged
from tests.hub.test_backstage import KEPT, FakeBackstage

PASSWORD = "Canary of a password, three words"
FREE = Limits(guesses=Rate(1e9, 1e9), guesses_in_all=Rate(1e9, 1e9))


class Behind(FakeBackstage):
    """Looks at one guess at a time as long as `held` is set, and counts."""

    def __init__(self, running: Running) -> None:
        super().__init__(running)
        self.looked: list[str] = []
        self.at_once = self.most_at_once = 0
        self.go = asyncio.Event()
        self.go.set()

    async def proved(self, name: str, password: str) -> str | Refused:
        self.looked.append(name)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.go.wait()
        self.at_once -= 1
        return "Анна" if (name, password) == ("анна", PASSWORD) else wrong("wrong_password")


@asynccontextmanager
async def guarded(limits: Limits | None = None) -> AsyncIterator[tuple[Stage, Hub, Behind]]:
    async with staged() as stage:
        behind = Behind(stage.running)
        hub = Hub(stage.running, HOST_KEY, limits, backstage=behind)
        yield stage, hub, behind
        behind.go.set()
        await hub.close()


def guest(hub: Hub, **kind: Any) -> Device:
    device = Device(hub, **kind)
    device.hello()
    return device


def says(device: Device, password: str = PASSWORD, name: str = "анна", **rest: Any) -> None:
    device.say("sign_in", name=name, password=password, **rest)


async def reply_to(device: Device) -> Message:
    """The refusal, or the welcome that has a token."""
    reply: Message = await device.until(lambda: next((m for m in device.said if m["t"] == "refused" or "token" in m), None))
    return reply


async def test_a_password_makes_a_host_of_a_guest_who_is_known_again_and_listed_by_name() -> None:
    async with guarded() as (stage, hub, _):
        console = guest(hub)
        says(console, browser="Chrome, Linux")
        welcome = await reply_to(console)
        assert (welcome["role"], welcome["token"], welcome["battle"]) == ("host", KEPT, stage.live.id)
        assert console.view["battle"]["id"] == stage.live.id and console.who.role is Role.HOST
        rows = (await console.ask("page", of="consoles"))["page"]["rows"]
        assert [(row["name"], row["browser"], row["this"]) for row in rows] == [("Анна", "Chrome, Linux", True)]
        again = Device(hub)
        again.hello(KEPT)
        await again.hears("snapshot")
        assert again.who.role is Role.HOST
        again.say("do", n=1, command="SignOut", args={"console": name_of(token_hash(KEPT))})
        assert await console.until(lambda: console.closing) is closing.SIGNED_OUT


async def test_it_may_ask_for_a_battle_or_a_desk_and_a_battle_that_is_gone_keeps_nobody_out() -> None:
    async with guarded() as (stage, hub, _):
        desk, lost = guest(hub), guest(hub)
        says(desk, desk=stage.venue, battle=stage.live.id)
        await reply_to(desk)
        assert (desk.who.role, desk.view["venue"]["id"]) == (Role.DESK, stage.venue)
        says(lost, battle="nowhere")
        await reply_to(lost)
        assert (lost.who.role, lost.view["battle"]["id"]) == (Role.HOST, stage.live.id)


async def test_a_wrong_password_and_an_unknown_name_are_refused_alike_and_looked_at_alike() -> None:
    async with guarded() as (_, hub, behind):
        refusals = []
        for name, password in (("анна", "wrong " * 3), ("Пётр", "wrong " * 3), ("", PASSWORD)):
            device = guest(hub)
            says(device, password, name)
            refusals.append(await reply_to(device))
            assert device.who.role is Role.GUEST and not device.who.busy
        assert all(refusal == refusals[0] for refusal in refusals) and refusals[0]["code"] == "wrong_password"
        assert len(behind.looked) == 3


async def test_a_guest_may_try_again_on_the_same_connection() -> None:
    async with guarded() as (_, hub, _):
        device = guest(hub)
        says(device, "wrong " * 3)
        await reply_to(device)
        says(device)
        await device.hears("snapshot")
        assert device.who.role is Role.HOST


async def test_nothing_else_is_done_for_a_guest_while_its_password_is_looked_at() -> None:
    async with guarded() as (stage, hub, behind):
        behind.go.clear()
        device = guest(hub)
        says(device)
        says(device)
        device.say("look", pin=stage.pin)
        assert [message["code"] for message in device.said if message["t"] == "refused"] == ["not_yet", "not_yet"]
        behind.go.set()
        await device.hears("snapshot")


async def test_whoever_is_let_in_without_a_token_would_not_come_back_so_the_token_comes_first() -> None:
    async with guarded() as (_, hub, behind):

        async def gone(browser: str, name: str = "") -> str:
            raise StoreGone("The fake backstage is gone.")

        behind.sign_in = gone  # type: ignore[method-assign]
        device = guest(hub)
        says(device)
        refused = await reply_to(device)
        assert (refused["code"], device.who.role, device.who.busy) == ("store_gone", Role.GUEST, False)


async def test_a_hub_alone_has_no_passwords() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello()
        says(device)
        assert (await reply_to(device))["code"] == "no_password"


# --- where it is said ---


async def test_a_password_is_not_looked_at_on_a_line_that_strangers_read_unless_that_was_chosen() -> None:
    for limits, codes in ((Limits(), "open_line"), (Limits(passwords_in_the_open=True), None)):
        async with guarded(limits) as (_, hub, behind):
            device = Device(hub)
            device.who.is_open = True
            device.hello()
            says(device)
            assert (await reply_to(device)).get("code") == codes
            assert len(behind.looked) == (codes is None)


# --- how often ---


async def test_an_address_has_five_guesses_and_then_one_in_twelve_seconds_and_others_have_theirs() -> None:
    async with guarded() as (_, hub, behind):
        now_s = hub.house.now_s()
        hub.house.doors._now_s = lambda: now_s
        told = [await guessed(hub, "192.0.2.7") for _ in range(7)]
        assert told == ["wrong_password"] * 5 + ["too_many_guesses"] * 2 and len(behind.looked) == 5
        right = guest(hub, address="192.0.2.7")
        says(right)
        assert (await reply_to(right))["code"] == "too_many_guesses"
        assert await guessed(hub, "192.0.2.8") == "wrong_password"
        now_s += 12.1
        assert [await guessed(hub, "192.0.2.7") for _ in range(2)] == ["wrong_password", "too_many_guesses"]


async def test_wrong_pins_of_a_hall_do_not_keep_its_host_out() -> None:
    async with guarded() as (_, hub, _):
        for _ in range(12):
            phone = guest(hub)
            phone.say("look", pin="000000")
        assert phone.said[-1]["code"] == "too_fast"
        console = guest(hub)
        says(console)
        assert (await reply_to(console))["role"] == "host"


async def test_whoever_guesses_from_many_addresses_has_one_guess_at_each_and_a_host_still_comes_in() -> None:
    async with guarded() as (_, hub, _):
        now_s = hub.house.now_s()
        hub.house.doors._now_s = lambda: now_s
        told = [await guessed(hub, f"10.0.{n // 2}.1") for n in range(80)]
        assert told[:30] == ["wrong_password"] * 30
        assert told[30:] == ["wrong_password", "too_many_guesses"] * 25
        console = guest(hub, address="192.168.1.20")
        says(console)
        assert (await reply_to(console))["role"] == "host"


async def guessed(hub: Hub, address: str) -> str:
    """What is said to one wrong guess."""
    device = guest(hub, address=address)
    says(device, "wrong " * 3)
    code: str = (await reply_to(device))["code"]
    device.gone()
    return code


async def test_guesses_are_looked_at_one_by_one_eight_wait_and_the_hub_plays_on() -> None:
    async with guarded(FREE) as (stage, hub, behind):
        behind.go.clear()
        devices = [guest(hub, address=f"10.0.{n // 250}.{n % 250}") for n in range(1000)]
        for device in devices:
            says(device, "wrong " * 3)
        busy = [device for device in devices if device.said[-1].get("code") == "too_busy"]
        assert len(busy) == 992 and hub.house.in_progress == 8
        phone = guest(hub)
        assert (await phone.join(stage.pin, "Ту-144"))["t"] == "joined"
        behind.go.set()
        for device in devices:
            await reply_to(device)
        assert (behind.most_at_once, len(behind.looked)) == (1, 8)
        console = guest(hub)
        says(console)
        assert (await reply_to(console))["role"] == "host"


async def test_of_whoever_has_gone_while_it_waited_nobody_looks_at_the_guess() -> None:
    async with guarded(FREE) as (_, hub, behind):
        behind.go.clear()
        devices = [guest(hub) for _ in range(8)]
        for device in devices:
            says(device)
        await asyncio.sleep(0)
        for device in devices[1:]:
            device.gone()
        behind.go.set()
        assert (await reply_to(devices[0]))["role"] == "host"
        while hub.house.in_progress:
            await asyncio.sleep(0.001)
        assert len(behind.looked) == 1 and not hub.house.guesses.are_many


# --- what is not kept ---


async def test_no_password_and_no_name_is_in_the_log_or_in_any_reply(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with guarded() as (_, hub, behind):
        device = guest(hub)
        says(device, f"{PASSWORD}!", name=PASSWORD)
        await reply_to(device)
        says(device, PASSWORD * 99)
        device.say("sign_in", name="анна", password=PASSWORD, token=PASSWORD)

        async def fails(name: str, password: str) -> str | Refused:
            raise RuntimeError("a bug of ours")

        behind.proved = fails  # type: ignore[method-assign]
        broken = guest(hub)
        says(broken)
        assert (await reply_to(broken))["code"] == "our_fault"
        heard = str([*device.said, *broken.said])
        assert "a password from 192.0.2.1 was refused: wrong_password" in caplog.text
        assert PASSWORD not in caplog.text + heard and "анна" not in caplog.text.lower() + heard

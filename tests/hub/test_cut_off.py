"""Devices that move between two servers on one store, one of which is behind or cut off: nobody is shown less than it was told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from quizserver.battle.decide import seats
from quizserver.hub import greetings
from quizserver.hub.session import Hub
from quizserver.services import hearing
from quizserver.services.running import Running
from quizserver.wire import closing
from tests.hub.stage import HOST_KEY, Device, Message, Stage, fake_stores, staged
from tests.hub.test_answers import opened
from tests.hub.test_evening import answer
from tests.support.battles import wrong_answer
from tests.support.fakes.memory import Memory


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "LOOKS_EVERY_S", 0.05)


@dataclass
class There:
    """The second server. `line`: its own to the store, which may be gone."""

    line: Memory
    running: Running
    hub: Hub

    def comes(self, token: str, device: Device | None = None) -> Device:
        """A device on a new socket, with what it had."""
        again = Device(self.hub)
        if device is None:
            again.hello(token)
        else:
            again.remembers(device)
            again.hello(token, resume=device.resume)
        return again


@asynccontextmanager
async def two(stage: Stage) -> AsyncIterator[There]:
    line = replace(stage.memory)
    running = Running(fake_stores(line))
    await running.open()
    hub = Hub(running, HOST_KEY)
    await asyncio.sleep(0.1)  # both have seen each other
    try:
        yield There(line, running, hub)
    finally:
        line.gone = False
        await hub.close()
        await running.close()


async def silence(*cut_off: Running) -> None:
    """Until they have noticed it."""
    while not all(running.hearing.is_cut_off for running in cut_off):
        await asyncio.sleep(0.01)


async def said(team: Device, number: int) -> None:
    """One more answer, and its ack."""
    since = len(team.said)
    answer(team, wrong_answer("r1-one"), number)
    assert (await team.hears("ack", since=since))["revision"] == number


async def test_who_moves_is_shown_what_it_was_told_a_moment_ago() -> None:
    async with staged() as stage, two(stage) as there:
        _, team, joined = await opened(stage)
        for number in range(1, 6):
            await said(team, number)
            moved = there.comes(joined["token"], team)
            await moved.hears("mine")
            assert [mine["mine"]["answers"]["r1-one"]["revision"] for mine in of(moved, "mine")] == [number]


async def test_who_moves_is_shown_the_room_it_was_shown_a_moment_ago() -> None:
    async with staged() as stage, two(stage) as there:
        host = stage.host()
        team, joined = await stage.team("Ту-144")
        await host.do("StartRound")
        await team.sees("round_intro")
        moved = there.comes(joined["token"])
        await moved.hears("snapshot")
        assert of(moved, "snapshot")[0]["to"] >= team.at


async def test_who_comes_to_a_server_that_is_cut_off_is_sent_on_and_told_when_to_come() -> None:
    async with staged() as stage, two(stage) as there:
        _, team, joined = await opened(stage)
        there.line.gone = True
        await said(team, 1)
        moved = there.comes(joined["token"], team)
        await moved.until(lambda: moved.closing)
        assert moved.said == []
        assert moved.closing and moved.closing.code == closing.STORE_GONE.code
        assert 100 <= int(moved.closing.reason.split()[1]) <= 2_000


async def test_a_server_that_is_cut_off_sends_everybody_on_and_lets_nobody_in_until_it_hears_its_store() -> None:
    async with staged() as stage, two(stage) as there:
        _, team, joined = await opened(stage)
        _, other = await stage.team("Ан-2")
        here, guest = there.comes(other["token"]), Device(there.hub)
        await here.hears("mine")
        guest.hello()
        there.line.gone = True
        for device in (here, guest):
            await device.until(lambda device=device: device.closing)  # type: ignore[misc]
            assert device.closing and device.closing.code == closing.STORE_GONE.code
        late, stranger = Device(there.hub), there.comes("a-token-that-nobody-knows-here")
        late.hello()
        for device in (late, stranger):
            assert device.closing and device.closing.code == closing.STORE_GONE.code
        await said(team, 1)
        there.line.gone = False
        while there.running.hearing.is_cut_off:
            await asyncio.sleep(0.01)
        back = there.comes(joined["token"], team)
        await back.hears("mine")
        assert [mine["mine"]["answers"]["r1-one"]["revision"] for mine in of(back, "mine")] == [1]


async def test_who_found_no_better_server_is_kept_each_time_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(greetings, "FIRST_KEPT_S", 0.2)
    async with staged() as stage, two(stage) as there:
        _, _, joined = await opened(stage)
        there.line.gone = True
        await silence(there.running)
        kept_s: list[float] = []
        for _ in range(4):
            since, device = asyncio.get_running_loop().time(), there.comes(joined["token"])
            await device.until(lambda device=device: device.closing)  # type: ignore[misc]
            assert device.closing and device.closing.code == closing.STORE_GONE.code and device.said == []
            kept_s.append(asyncio.get_running_loop().time() - since)
        there.line.gone = False
    assert all(kept >= least for kept, least in zip(kept_s, (0, 0.2, 0.4, 0.8), strict=True)), kept_s


async def test_while_no_server_hears_the_store_who_was_sent_on_waits_and_is_greeted_when_it_is_back() -> None:
    async with staged() as stage, two(stage) as there:
        _, team, joined = await opened(stage)
        await said(team, 1)
        stage.memory.gone = there.line.gone = True
        await silence(stage.running, there.running)
        moved = there.comes(joined["token"], team)
        await moved.until(lambda: moved.closing)
        kept = [stage.returns(team, joined["token"]), there.comes(joined["token"], team)]
        await asyncio.sleep(0.4)
        assert [(device.closing, device.said) for device in kept] == [(None, [])] * 2
        stage.memory.gone = there.line.gone = False
        for device in kept:
            await device.hears("mine")
            assert device.mine["answers"]["r1-one"]["revision"] == 1


async def test_after_a_greeting_whoever_comes_in_the_next_silence_is_sent_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(greetings, "FIRST_KEPT_S", 60.0)
    async with staged() as stage, two(stage) as there:
        _, team, joined = await opened(stage)
        for _ in range(2):
            there.line.gone = True
            away = there.comes(joined["token"], team)
            await away.until(lambda: away.closing)  # noqa: B023
            there.line.gone = False
            while there.running.hearing.is_cut_off:
                await asyncio.sleep(0.01)
            back = there.comes(joined["token"], team)
            await back.hears("mine")
            back.gone()


async def test_a_server_that_is_alone_keeps_everybody_and_greets_at_once_while_its_store_is_gone() -> None:
    async with staged() as stage:
        _, team, joined = await opened(stage)
        stage.memory.gone = True
        await asyncio.sleep(0.5)
        assert team.closing is None
        again = stage.returns(team, joined["token"])
        assert again.kinds()[:1] == ["welcome"] and again.view == team.view
        stage.memory.gone = False


async def test_a_token_whose_successor_was_used_elsewhere_a_moment_ago_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "RENEWED_AFTER_MS", 0)
    async with staged() as stage, two(stage) as there:
        _, joined = await stage.team("Ту-144")
        await asyncio.sleep(0.1)
        successor = await stage.running.seating.renew(stage.live, joined["token"])
        await stage.running.seating.use(stage.live, successor or "")
        late = there.comes(joined["token"])
        await late.until(lambda: late.closing)
        assert late.closing is closing.UNKNOWN_TOKEN and late.said == []


async def test_all_who_come_in_one_moment_share_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged() as stage, two(stage) as there:
        joined = [(await stage.team(f"Team number {number}", address="127.0.0.1"))[1] for number in range(50)]
        await asyncio.sleep(0.1)  # it knows them all
        looks = 0
        abreast = there.running.stores.feed.abreast

        async def counted(battle: object) -> None:
            nonlocal looks
            looks += 1
            await abreast(stage.live.id)

        monkeypatch.setattr(there.running.stores.feed, "abreast", counted)
        devices = [there.comes(each["token"]) for each in joined]
        for device in devices:
            await device.hears("mine")
        assert looks == 1


def of(device: Device, t: str) -> list[Message]:
    return [message for message in device.said if message["t"] == t]

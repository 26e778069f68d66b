"""A seat's token is replaced in two steps: the old one lives until the next is first used, and then opens nothing."""

import asyncio

import pytest

from quizserver.battle import events as did
from quizserver.battle.decide import seats
from quizserver.hub.session import Hub
from quizserver.services.entries import decode
from quizserver.services.running import Running
from quizserver.wire import closing
from tests.hub.stage import HOST_KEY, Device, Message, Stage, fake_stores, staged


@pytest.fixture(autouse=True)
def tokens_are_old_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "RENEWED_AFTER_MS", 0)


def comes(stage: Stage, token: str) -> Device:
    device = stage.device()
    device.hello(token)
    return device


async def given(device: Device) -> str:
    """The token it is given after its welcome."""
    welcome: Message = await device.until(lambda: next((m for m in device.said if m["t"] == "welcome" and "token" in m), None))
    token: str = welcome["token"]
    return token


async def ending(device: Device) -> object:
    return await device.until(lambda: device.closing)


async def test_a_device_that_comes_back_is_let_in_first_and_given_a_token_then() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        device = comes(stage, joined["token"])
        assert device.kinds() == ["welcome", "snapshot", "mine"]
        assert await given(device) != joined["token"]
        assert device.kinds()[3:] == ["welcome"]


async def test_the_old_token_opens_the_seat_until_the_new_one_is_used_and_nothing_after_that() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        lost = await given(comes(stage, joined["token"]))
        token = await given(comes(stage, joined["token"]))
        device = comes(stage, token)
        await device.hears("mine")
        assert device.who.identity.seat == joined["seat"]
        for dead in (joined["token"], lost):
            assert await ending(comes(stage, dead)) is closing.UNKNOWN_TOKEN
        assert device.closing is None


async def test_of_two_successors_used_in_one_moment_one_opens_the_seat() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        first, second = await given(comes(stage, joined["token"])), await given(comes(stage, joined["token"]))
        devices = [comes(stage, first), comes(stage, second)]
        assert await ending(devices[1]) is closing.UNKNOWN_TOKEN
        await devices[0].hears("mine")


async def test_a_successor_opens_nothing_while_the_store_cannot_write_that_it_is_used() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        token = await given(comes(stage, joined["token"]))
        stage.memory.gone = True
        device = comes(stage, token)
        assert await ending(device) is closing.STORE_GONE
        assert device.kinds() == []
        stage.memory.gone = False


async def test_a_device_keeps_its_token_while_the_store_is_gone() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        stage.memory.gone = True
        device = comes(stage, joined["token"])
        while stage.hub.house.in_progress:
            await asyncio.sleep(0)
        assert device.kinds() == ["welcome", "snapshot", "mine"]
        stage.memory.gone = False


async def test_a_used_token_is_dead_in_every_process_and_after_a_restart() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        token = await given(comes(stage, joined["token"]))
        await comes(stage, token).hears("mine")
        other = Running(fake_stores(stage.memory))
        await other.open()
        hub = Hub(other, HOST_KEY)
        old, new = Device(hub), Device(hub)
        old.hello(joined["token"])
        assert await ending(old) is closing.UNKNOWN_TOKEN
        new.hello(token)
        await new.hears("mine")
        await hub.close()
        await other.close()


async def test_a_storm_of_old_tokens_is_a_few_entries_of_hashes() -> None:
    async with staged() as stage:
        tokens = [(await stage.team(f"Ту-{n}"))[1]["token"] for n in range(100)]
        before = stage.live.head.version
        devices = [comes(stage, token) for token in tokens]
        renewed = [await given(device) for device in devices]
        for device in [comes(stage, token) for token in renewed]:
            await device.hears("mine")
        entries = await stage.running.stores.ledger.read(stage.live.id, before)
        happened = [type(decode(entry)[0]) for entry in entries]
        assert {did.TokensOffered, did.TokensUsed} <= set(happened) and len(happened) < 20
        everything = b"".join(entry.body + entry.beside for entry in entries)
        assert not any(token.encode() in everything for token in renewed)


async def test_a_young_token_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "RENEWED_AFTER_MS", 3_600_000)
    async with staged() as stage:
        tokens = [(await stage.team(f"Ту-{n}"))[1]["token"] for n in range(20)]
        before = stage.live.head.version
        for device in [comes(stage, token) for token in tokens]:
            await device.hears("mine")
        assert stage.live.head.version == before

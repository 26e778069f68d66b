"""One device, one connection, on two servers of one store: the older one is told to stay away, and never the newer one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from quizserver.services import taken_seats
from quizserver.wire import closing
from tests.hub.stage import Device, Stage, staged
from tests.hub.test_cut_off import There, quick, two

__all__ = ["quick"]

SECOND_S = 1.0


@dataclass
class Servers:
    """Two of them. A device is on both in turn, with one token."""

    here: Stage
    there: There
    token: str

    async def comes(self, to_there: bool, speaks: bool = True) -> Device:
        """A new socket of the device, welcomed."""
        device = Device(self.there.hub if to_there else self.here.hub)
        device.hello(self.token)
        await device.hears("mine")
        if speaks:
            device.say("clock", sent=1)
        return device

    async def turns(self) -> None:
        """Both tell and hear all there is."""
        for _ in range(2):
            for running in (self.here.running, self.there.running):
                await running.taken_seats.turn()
        await asyncio.sleep(0)


@asynccontextmanager
async def at_two_servers() -> AsyncIterator[tuple[Servers, Device]]:
    async with staged() as here, two(here) as there:
        device, joined = await here.team("Ту-144")
        await asyncio.sleep(0.1)  # the other has heard of it
        yield Servers(here, there, joined["token"]), device


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns are taken when the test says so."""
    monkeypatch.setattr(taken_seats, "TURN_S", 3600)


async def test_a_second_connection_of_a_seat_at_another_server_ends_the_first_within_a_second() -> None:
    async with at_two_servers() as (servers, first):
        await asyncio.sleep(2 * taken_seats.TURN_S)
        second = await servers.comes(to_there=True)
        async with asyncio.timeout(SECOND_S):
            await first.until(lambda: first.closing)
        assert [first.closing, second.closing] == [closing.REPLACED, None]
        third = await servers.comes(to_there=False)
        async with asyncio.timeout(SECOND_S):
            await second.until(lambda: second.closing)
        assert [second.closing, third.closing] == [closing.REPLACED, None]


@pytest.mark.usefixtures("by_hand")
async def test_who_was_welcomed_and_has_not_spoken_since_replaces_nobody_elsewhere() -> None:
    async with at_two_servers() as (servers, first):
        await servers.turns()
        second = await servers.comes(to_there=True, speaks=False)
        await servers.turns()
        assert (first.closing, second.closing) == (None, None)
        second.say("clock", sent=1)
        await servers.turns()
        assert (first.closing, second.closing) == (closing.REPLACED, None)


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize("moves", [2, 3, 4, 5])
@pytest.mark.parametrize("hangs", [True, False], ids=["half-open", "open"])
async def test_a_device_that_moves_to_and_fro_in_one_turn_keeps_its_newest_connection(moves: int, hangs: bool) -> None:
    async with at_two_servers() as (servers, first):
        await servers.turns()
        sockets = [first]
        for number in range(moves):
            await asyncio.sleep(0.002)
            if not hangs:
                sockets[-1].gone()
            sockets.append(await servers.comes(to_there=number % 2 == 0))
        await servers.turns()
        assert sockets[-1].closing is None
        if hangs:
            assert [socket.closing for socket in sockets[:-1]] == [closing.REPLACED] * moves


@pytest.mark.usefixtures("by_hand")
@pytest.mark.parametrize("late_there", [True, False])
async def test_of_two_welcomes_that_are_told_in_one_moment_the_later_one_stands(late_there: bool) -> None:
    async with at_two_servers() as (servers, first):
        await servers.turns()
        first.gone()
        early = await servers.comes(not late_there)
        await asyncio.sleep(0.002)
        late = await servers.comes(late_there)
        await servers.turns()
        assert (early.closing, late.closing) == (closing.REPLACED, None)


@pytest.mark.usefixtures("by_hand")
async def test_of_two_welcomes_in_the_same_millisecond_one_stands() -> None:
    async with at_two_servers() as (servers, first):
        await servers.turns()
        first.gone()
        both = [await servers.comes(to_there, speaks=False) for to_there in (True, False)]
        for device in both:
            device.who.came_ms = 1_763_842_800_123
            device.say("clock", sent=1)
        await servers.turns()
        assert sorted(str(device.closing) for device in both) == sorted([str(None), str(closing.REPLACED)])


@pytest.mark.usefixtures("by_hand")
async def test_what_is_told_late_of_a_connection_that_is_gone_ends_no_newer_one() -> None:
    async with at_two_servers() as (servers, first):
        await servers.turns()
        left = await servers.comes(to_there=True)
        left.gone()
        await asyncio.sleep(0.002)
        back = await servers.comes(to_there=False)
        assert first.closing is closing.REPLACED
        await servers.there.running.taken_seats.turn()
        await servers.turns()
        assert back.closing is None


@pytest.mark.usefixtures("by_hand")
async def test_another_seat_of_the_same_team_stays() -> None:
    async with at_two_servers() as (servers, first):
        await servers.turns()
        code = next(message["code"] for message in first.said if message["t"] == "joined")
        mate = servers.here.device()
        mate.hello()
        mate.say("join", pin=servers.here.pin, code=code)
        await mate.hears("mine")
        await servers.comes(to_there=True)
        await servers.turns()
        assert (first.closing, mate.closing) == (closing.REPLACED, None)

"""Two servers on one Redis, and it hangs for both: nobody is chased from one to the other until it is back, and then all are in."""

import asyncio
import time

import pytest

from tests.faults.test_bad_surroundings import OwnRedis, own_redis
from tests.faults.test_cut_off import Two, two
from tests.faults.test_hung_redis import hung
from tests.support.server import Server
from tests.support.sockets import Device

__all__ = ["own_redis", "two"]

HANGS_S = 8.0
PAUSE_S = 1.0  # about what they are told
BACK_S = 3.0  # two, and a look that had been given up
MOST_TRIES = 5  # with a pause of a second each it would be eight


class Phone:
    """The team's, which tries these servers in turn until it is welcomed."""

    def __init__(self, token: str, *servers: Server) -> None:
        self._servers, self.device = servers, Device(servers[0].socket, token)
        self.tries = 0

    async def comes_back(self) -> None:
        while not self.device.welcome:
            await asyncio.sleep(PAUSE_S)
            self.device.url = self._servers[self.tries % len(self._servers)].socket
            self.tries += 1
            await self.device.come()


@pytest.mark.parametrize("servers", [1, 2])
async def test_who_finds_no_better_server_waits_and_is_back_soon_after_redis(two: Two, own_redis: OwnRedis, servers: int) -> None:
    latest = await two.answered()
    team = two.evening.team
    phone = Phone(team.token or "", *[two.second, two.evening.server][:servers])
    with hung(own_redis.pid):
        began = time.monotonic()
        await team.until(lambda: team.ended is not None)
        coming = asyncio.create_task(phone.comes_back())
        await asyncio.sleep(began + HANGS_S - time.monotonic())
        assert not phone.device.said and phone.tries <= MOST_TRIES
    back = time.monotonic()
    await coming
    await phone.device.until(lambda: bool(phone.device.mine))
    assert time.monotonic() < back + BACK_S
    assert [answer["revision"] for answer in phone.device.mine["answers"].values()] == [latest]
    await phone.device.go()

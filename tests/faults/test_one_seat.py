"""Two servers on one Redis, and one seat on both: the older connection is closed within a second, and the newest one never."""

import asyncio
import time

from quizserver.wire import closing
from tests.faults.test_bad_surroundings import own_redis
from tests.faults.test_cut_off import Two, two
from tests.support.sockets import Device

__all__ = ["own_redis", "two"]

WITHIN_S = 1.0
MOVES = 12


async def settled(device: Device) -> Device:
    """As a page does: asks for the time as soon as it is welcomed."""
    await device.until(lambda: bool(device.mine))
    await device.say("clock", sent=1)
    return device


async def test_a_seat_that_is_taken_at_one_server_is_closed_at_the_other_within_a_second(two: Two) -> None:
    first = two.evening.team
    second = await settled(await two.moves())
    since = time.monotonic()
    await first.until(lambda: first.ended is not None)
    assert first.ended == closing.REPLACED.code and time.monotonic() < since + WITHIN_S
    third = await settled(await two.moves(two.evening.server))
    since = time.monotonic()
    await second.until(lambda: second.ended is not None)
    assert second.ended == closing.REPLACED.code and time.monotonic() < since + WITHIN_S
    assert third.ended is None
    for device in (second, third):
        await device.go()


async def test_a_device_that_moves_as_fast_as_it_can_keeps_its_newest_connection(two: Two) -> None:
    sockets = [two.evening.team]
    for number in range(MOVES):
        sockets.append(await settled(await two.moves(two.second if number % 2 == 0 else two.evening.server)))
    await asyncio.sleep(2 * WITHIN_S)
    assert [socket.ended for socket in sockets] == [closing.REPLACED.code] * MOVES + [None]
    for device in sockets[1:]:
        await device.go()

"""Battle time: the store's clock, carried on by a monotonic one."""

import pytest

from quizserver.services.clock import SAMPLES, BattleClock
from quizserver.services.ports import StoreGone


class Times:
    """A store and a monotonic clock whose every reading is set down beforehand. A look: (store's ms, ms it took to ask)."""

    def __init__(self, *looks: tuple[int, int]) -> None:
        self._looks = list(looks)
        self.monotonic_ms = 1_000

    async def store_now_ms(self) -> int:
        if not self._looks:
            raise StoreGone("gone")
        store_ms, took_ms = self._looks.pop(0)
        self.monotonic_ms += took_ms
        return store_ms

    def monotonic_ns(self) -> int:
        return self.monotonic_ms * 1_000_000

    def clock(self) -> BattleClock:
        return BattleClock(self.store_now_ms, self.monotonic_ns)


async def test_the_quickest_of_several_answers_is_believed() -> None:
    times = Times((900_000, 300), (600_010, 2), (900_000, 50), (900_000, 40), (900_000, 100))
    clock = times.clock()
    await clock.sample()
    # The second look was answered at 1,301 ms of the monotonic clock, which is 1,492 ms by now.
    assert clock.now_ms() == 600_010 + 1_492 - 1_301


async def test_time_goes_on_between_two_looks_without_the_store() -> None:
    times = Times(*[(600_000, 0)] * SAMPLES)
    clock = times.clock()
    await clock.sample()
    times.monotonic_ms += 12_345
    assert clock.now_ms() == 612_345


async def test_time_never_goes_back() -> None:
    times = Times(*[(600_000, 0)] * SAMPLES, *[(599_000, 0)] * SAMPLES)
    clock = times.clock()
    await clock.sample()
    assert clock.now_ms() == 600_000
    await clock.sample()
    times.monotonic_ms += 500
    assert clock.now_ms() == 600_000
    times.monotonic_ms += 600
    assert clock.now_ms() == 600_100


async def test_a_monotonic_clock_that_begins_anew_changes_no_time() -> None:
    """As after a reboot, or in another process: what it counts from is nobody's business."""
    told = []
    for began_ms in (1_000, 987_654_321):
        times = Times(*[(600_000, 0)] * SAMPLES)
        times.monotonic_ms = began_ms
        clock = times.clock()
        await clock.sample()
        times.monotonic_ms += 77
        told.append(clock.now_ms())
    assert told == [600_077, 600_077]


async def test_a_store_that_is_gone_leaves_the_time_as_it_was() -> None:
    times = Times(*[(600_000, 0)] * SAMPLES)
    clock = times.clock()
    await clock.sample()
    with pytest.raises(StoreGone):
        await clock.sample()
    assert clock.now_ms() == 600_000


def test_nobody_asks_for_the_time_before_the_first_look() -> None:
    with pytest.raises(RuntimeError):
        Times().clock().now_ms()

"""The clock of a page in Python, for clients that have none: browser/clock.js to the letter. A test holds the two together."""

from collections.abc import Callable
from random import Random
from typing import Any

KEPT = 8


class PageClock:
    """`monotonic_ms`: the device's own clock."""

    def __init__(self, monotonic_ms: Callable[[], float]) -> None:
        self._monotonic_ms = monotonic_ms
        self._looks: list[tuple[float, float]] = []
        self.offset_ms = 0.0

    def stamp(self) -> int:
        return int(self._monotonic_ms() + 0.5)

    def heard(self, sent: float, now: int) -> None:
        received = self._monotonic_ms()
        self._looks = [*self._looks, (received - sent, now - (sent + received) / 2)][-KEPT:]
        self.offset_ms = min(self._looks, key=lambda look: look[0])[1]

    def guess(self, now: int) -> None:
        if not self._looks:
            self.offset_ms = now - self._monotonic_ms()

    def now_ms(self) -> float:
        return self._monotonic_ms() + self.offset_ms


def clock_cases(lots: Random, number: int = 50) -> list[dict[str, Any]]:
    """Looks as networks give them: quick ones, slow ones, some that take the same time."""
    cases = []
    for _ in range(number):
        at: float = lots.randrange(1000)
        looks: list[list[float]] = []
        guess = [at, 1_700_000_000_000 + at]
        for _ in range(lots.randrange(12)):
            sent = at + lots.randrange(500)
            at = sent + lots.choice((3, 20, 20.5, 180, 2000))
            looks.append([sent, at, 1_700_000_000_000 + int((sent + at) / 2) + lots.randrange(-9, 9)])
        cases.append({"guess": guess, "looks": looks, "at": at + 10_000})
    return cases


def clock_says(case: dict[str, Any]) -> list[float]:
    """Battle time after the guess, after each look, and at the end."""
    now: float = case["guess"][0]
    clock = PageClock(lambda: now)
    clock.guess(case["guess"][1])
    said = [clock.now_ms()]
    for sent, received, told in case["looks"]:
        now = received
        clock.heard(sent, told)
        said.append(clock.now_ms())
    now = case["at"]
    return [*said, clock.now_ms()]

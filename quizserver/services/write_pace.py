"""How long a small write takes until it is on the disk, as this process sees it; and how long a seal waits because of that.

The signs of life are the measure: each is a write, and there are four a second however quiet the evening is. What a slow disk and
a machine that is too busy have in common is what matters here: answers are on their way for longer.
"""

from collections import deque

GOOD_MS, SLOW_MS = 20.0, 100.0  # p99: up to the first nobody notices, above the second people wait for "saved"
KEPT = 240  # of one battle, a minute
FEWEST = 20  # before that one hiccup would be the whole picture

DRAIN_S = 2.0  # a seal waits so long at most for whoever still holds answers, on a disk that is good
WRITES_A_DRAIN = 20  # two batches, the words of each process, and what stands before them in the queue
LONGEST_DRAIN_S = 10.0  # a hall that waits for the reveal waits no longer


class WritePace:
    """One a process."""

    def __init__(self) -> None:
        self._took_s: deque[float] = deque(maxlen=KEPT)

    def took(self, seconds: float) -> None:
        """A write was acknowledged after this time."""
        self._took_s.append(seconds)

    @property
    def p99_ms(self) -> float:
        """Of the last minute; 0 while little is known."""
        if len(self._took_s) < FEWEST:
            return 0.0
        return 1000 * sorted(self._took_s)[int(0.99 * (len(self._took_s) - 1))]

    @property
    def slow_ms(self) -> int:
        """p99 while writes are slow, 0 while they are not."""
        p99_ms = self.p99_ms
        return round(p99_ms) if p99_ms > SLOW_MS else 0

    @property
    def drain_s(self) -> float:
        """After that a box is sealed, whoever still holds something."""
        return min(LONGEST_DRAIN_S, DRAIN_S + WRITES_A_DRAIN * self.p99_ms / 1000)

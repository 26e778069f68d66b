"""Token buckets: how fast somebody may go on."""

from quizserver.hub.limits import Rate


class Credits:
    """Starts full. `now_s` is any clock that never goes back."""

    __slots__ = ("_at_s", "_left", "rate")

    def __init__(self, rate: Rate, now_s: float) -> None:
        self.rate = rate
        self._left, self._at_s = rate.burst, now_s

    def take(self, now_s: float) -> bool:
        """Takes one, or says that there is none."""
        self._fill(now_s)
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def any_left(self, now_s: float) -> bool:
        """True if `take` would give one."""
        self._fill(now_s)
        return self._left >= 1

    def is_full(self, now_s: float) -> bool:
        """True if nothing was taken that has not grown back."""
        self._fill(now_s)
        return self._left >= self.rate.burst

    def _fill(self, now_s: float) -> None:
        self._left = min(self.rate.burst, self._left + (now_s - self._at_s) * self.rate.each_s)
        self._at_s = now_s

"""Battle time as clients know it: this machine's own clock and an offset, believed from the quickest reply that anybody had.

All clients of a rehearsal share one, since they share one clock: the more of them ask, the better it is known.
"""

import time


class BattleTime:
    """Only asked after the first reply was heard."""

    def __init__(self) -> None:
        self._quickest_ms = float("inf")
        self._offset_ms = 0.0

    @staticmethod
    def stamp_ms() -> int:
        """What is sent along with the question for the time."""
        return time.monotonic_ns() // 1_000_000

    def heard(self, sent_ms: int, battle_ms: int) -> None:
        """A reply: what was sent comes back with the server's time, which was somewhere between."""
        now_ms = time.monotonic_ns() / 1e6
        took_ms = now_ms - sent_ms
        if took_ms < self._quickest_ms:
            self._quickest_ms, self._offset_ms = took_ms, battle_ms - (sent_ms + now_ms) / 2

    def now_ms(self) -> int:
        return int(time.monotonic_ns() / 1e6 + self._offset_ms)

"""How long a line is: what the server measures by itself, by its own clock, with a question whose answer nobody can know before.

A device can only answer late. So the shortest of the last few trips is believed: to look far away it must be slow all the time.
"""

from collections import deque

NONCE_BYTES = 8
KEPT = 8


class RoundTrips:
    """Of one connection. Times in seconds of one clock that never goes back. One question at a time: a new one makes the answer
    to an older one worthless."""

    __slots__ = ("_asked_s", "_nonce", "_trips_ms")

    def __init__(self) -> None:
        self._trips_ms: deque[int] = deque(maxlen=KEPT)
        self._nonce, self._asked_s = b"", 0.0

    def asked(self, nonce: bytes, at_s: float) -> None:
        """The question has just been sent."""
        self._nonce, self._asked_s = nonce, at_s

    def answered(self, payload: bytes, at_s: float) -> None:
        """An answer has just been read; what nobody asked for, or asked for twice, says nothing."""
        if payload and payload == self._nonce:
            self._trips_ms.append(int(1000 * (at_s - self._asked_s)))
            self._nonce = b""

    @property
    def shortest_ms(self) -> int | None:
        """The shortest of the last 8 trips; None before the first."""
        return min(self._trips_ms, default=None)

"""Not more often than so: what many small causes ask for is done once, at the latest one interval later."""

import asyncio
from collections.abc import Callable


class Pulse:
    """Calls `beat` at once if it was quiet for `every_s` seconds, else once when that time has come. Made inside a running loop."""

    __slots__ = ("_beat", "_beaten_at", "_every_s", "_loop", "_timer")

    def __init__(self, beat: Callable[[], None], every_s: float) -> None:
        self._beat, self._every_s = beat, every_s
        self._loop = asyncio.get_running_loop()
        self._beaten_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_due(self) -> bool:
        """True if a beat is still to come."""
        return self._timer is not None

    def touch(self) -> None:
        """There is a reason."""
        if self._timer is None:
            due_s = self._beaten_at + self._every_s
            if due_s <= self._loop.time():
                self.now()
            else:
                self._timer = self._loop.call_at(due_s, self.now)

    def now(self) -> None:
        """There is a reason that cannot wait."""
        self.stop()
        self._beaten_at = self._loop.time()
        self._beat()

    def stop(self) -> None:
        """Forgets a beat that was due."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

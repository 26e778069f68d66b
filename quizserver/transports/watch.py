"""One timer for all connections of a server: who is silent is asked for a sign of life, who takes nothing is let go.

A reader may be as slow as it likes as long as it reads: what counts is that its kernel acknowledges bytes (`acked`), not how long
it has been behind. Written without a task, so that nothing can end it silently.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from quizserver.services import in_step

log = logging.getLogger("quizserver")
TICK_S = 0.5
ROUND_TICKS = 10  # in which all are looked at once, or timed: a tenth of them at each tick, so that pings never come all at once
QUIET_TICKS = 6  # 3 s without a word: time to look whether it takes what there is for it
SILENT_TICKS = 40  # 20 s without a word, and we ask; pages of ours ask for the time more often than that
GONE_TICKS = 600  # 5 min in which the kernel takes our questions, but nobody answers them: a device that sleeps, or hangs


class Watched(Protocol):
    """A connection, as far as it is watched."""

    heard: int
    """The tick in which it was heard last."""

    @property
    def is_timed(self) -> bool:
        """True while somebody wants to know how long its line is."""

    @property
    def must_take(self) -> bool:
        """True while something waits for it."""

    def ping(self) -> None:
        """Asks for a sign of life."""

    def progress(self) -> int:
        """Changes whenever the peer takes something."""

    @property
    def waits(self) -> bool:
        """True while its kernel has not confirmed what ours has for it."""

    @property
    def is_gone(self) -> bool:
        """True where that lasts for too long, whenever we looked first."""

    def reset(self) -> None:
        """Drops the connection."""


class Watch:
    """`takes_nothing_s`: how long a connection may take nothing while something waits for it."""

    def __init__(self, takes_nothing_s: float, later: Callable[[float, Callable[[], None]], object] | None = None) -> None:
        self.tick = 0
        self._later = later or _in_step
        self._patience = max(1, round(takes_nothing_s / TICK_S))
        self._everybody: dict[Watched, None] = {}
        self._round: list[Watched] = []
        self._suspects: dict[Watched, tuple[int, int]] = {}
        self._closing: dict[Watched, int] = {}
        self._timer = self._later(TICK_S, self._beat)

    def begin(self, one: Watched) -> None:
        """Watches a connection until `end`."""
        self._everybody[one] = None

    def end(self, one: Watched) -> None:
        """Forgets it."""
        for known in (self._everybody, self._suspects, self._closing):
            known.pop(one, None)

    def suspect(self, one: Watched) -> None:
        """Something waits for it: it must take some of it."""
        self._suspects.setdefault(one, (one.progress(), self.tick))

    def closes(self, one: Watched) -> None:
        """Goodbye was said to it: it has as long to say it too."""
        self._closing.setdefault(one, self.tick + self._patience)

    def stop(self) -> None:
        """The end of all watching."""
        self._timer.cancel()  # type: ignore[attr-defined]

    def _beat(self) -> None:
        self._timer = self._later(TICK_S, self._beat)
        self.tick += 1
        for look in (self._look_at_suspects, self._look_at_closing, self._look_around):
            try:
                look()
            except Exception:  # a bug about one connection is no reason to stop watching the others
                log.exception("connections could not be watched")

    def _look_at_suspects(self) -> None:
        for one, (before, since) in list(self._suspects.items()):
            taken = one.progress()
            if taken != before or one.heard >= since:  # a word within the very tick counts
                if one.must_take or one.waits:
                    self._suspects[one] = taken, self.tick
                else:
                    del self._suspects[one]
            elif self.tick - since >= self._patience or one.is_gone:
                self._let_go(one)

    def _look_at_closing(self) -> None:
        for one, until in list(self._closing.items()):
            if self.tick >= until:
                self._let_go(one)

    def _look_around(self) -> None:
        part = self.tick % ROUND_TICKS
        if part == 0:
            self._round = list(self._everybody)
        for one in self._round[part::ROUND_TICKS]:
            if one in self._everybody:
                self._ask(one)

    def _ask(self, one: Watched) -> None:
        silent = self.tick - one.heard
        if silent >= QUIET_TICKS and one.waits:
            self.suspect(one)
        if silent >= GONE_TICKS and not one.must_take:
            self._let_go(one)
        elif silent >= SILENT_TICKS:
            one.ping()
            self.suspect(one)
        elif one.is_timed:
            one.ping()

    def _let_go(self, one: Watched) -> None:
        self.end(one)
        one.reset()


def _in_step(every_s: float, call: Callable[[], None]) -> asyncio.TimerHandle:
    return asyncio.get_running_loop().call_later(in_step.left_s(every_s), call)

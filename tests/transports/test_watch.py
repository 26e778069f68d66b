"""Who is asked for a sign of life, and who is let go: the silent and the dead, never the slow."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from quizserver.transports.watch import GONE_TICKS, QUIET_TICKS, ROUND_TICKS, SILENT_TICKS, TICK_S, Watch

PATIENCE_TICKS = 20


class Timer:
    """Time that a test lets pass."""

    def __init__(self) -> None:
        self.call: Callable[[], None] = lambda: None

    def later(self, delay_s: float, call: Callable[[], None]) -> "Timer":
        assert delay_s == TICK_S
        self.call = call
        return self

    def cancel(self) -> None:
        self.call = lambda: None

    def ticks(self, number: int) -> None:
        for _ in range(number):
            self.call()


@dataclass(eq=False)
class Peer:
    heard: int = 0
    must_take: bool = False
    is_timed: bool = False
    taken: int = 0
    pings: list[int] = field(default_factory=list)
    resets: int = 0
    answers: bool = False
    waits: bool = False
    is_gone: bool = False
    watch: Watch | None = None

    def ping(self) -> None:
        assert self.watch
        self.pings.append(self.watch.tick)
        if self.answers:
            self.heard = self.watch.tick

    def progress(self) -> int:
        return self.taken

    def reset(self) -> None:
        self.resets += 1


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
def watch(timer: Timer) -> Watch:
    return Watch(PATIENCE_TICKS * TICK_S, timer.later)


def peer(watch: Watch, **how: Any) -> Peer:
    known = Peer(watch=watch, **how)
    watch.begin(known)
    return known


def test_who_speaks_is_asked_nothing(timer: Timer, watch: Watch) -> None:
    one = peer(watch)
    for _ in range(100):
        one.heard = watch.tick
        timer.ticks(1)
    assert (one.pings, one.resets) == ([], 0)


def test_who_is_timed_is_asked_every_round_however_much_it_says(timer: Timer, watch: Watch) -> None:
    one = peer(watch, is_timed=True)
    for _ in range(10 * ROUND_TICKS):
        one.heard = watch.tick
        timer.ticks(1)
    assert 9 <= len(one.pings) <= 10
    assert one.resets == 0


def test_who_is_silent_is_asked_every_few_seconds_and_stays_if_it_answers(timer: Timer, watch: Watch) -> None:
    one = peer(watch, answers=True)
    timer.ticks(10 * SILENT_TICKS)
    assert 4 <= len(one.pings) <= 10
    assert min(later - earlier for earlier, later in zip(one.pings, one.pings[1:], strict=False)) >= SILENT_TICKS
    assert one.resets == 0


def test_who_is_dead_is_let_go_after_a_question_and_the_patience(timer: Timer, watch: Watch) -> None:
    one = peer(watch)
    timer.ticks(SILENT_TICKS + ROUND_TICKS)
    assert one.pings and one.resets == 0
    timer.ticks(PATIENCE_TICKS)
    assert one.resets == 1


def test_who_is_gone_while_something_is_on_its_way_is_let_go_as_soon_as_that_is_known(timer: Timer, watch: Watch) -> None:
    one = peer(watch, waits=True)
    timer.ticks(QUIET_TICKS + ROUND_TICKS)
    one.is_gone = True
    timer.ticks(1)
    assert one.resets == 1


def test_who_takes_it_or_says_a_word_is_not_gone(timer: Timer, watch: Watch) -> None:
    one, other = peer(watch, waits=True), peer(watch, waits=True)
    timer.ticks(QUIET_TICKS + ROUND_TICKS)
    for _ in range(3 * PATIENCE_TICKS):
        one.taken, other.heard = one.taken + 1, watch.tick
        one.is_gone = other.is_gone = True
        timer.ticks(1)
    assert (one.resets, other.resets) == (0, 0)


def test_whose_kernel_takes_our_questions_is_given_minutes(timer: Timer, watch: Watch) -> None:
    one = peer(watch)
    for _ in range(GONE_TICKS - 1):
        one.taken = len(one.pings)
        timer.ticks(1)
    assert one.resets == 0 and len(one.pings) > 20
    timer.ticks(2 * ROUND_TICKS)
    assert one.resets == 1


def test_who_takes_nothing_of_what_waits_is_let_go_in_time(timer: Timer, watch: Watch) -> None:
    one = peer(watch, must_take=True, heard=-1)
    watch.suspect(one)
    timer.ticks(PATIENCE_TICKS - 1)
    assert one.resets == 0
    timer.ticks(1)
    assert one.resets == 1


def test_who_reads_slowly_but_reads_is_never_let_go(timer: Timer, watch: Watch) -> None:
    one = peer(watch, must_take=True)
    watch.suspect(one)
    for _ in range(200):
        one.taken += 1
        timer.ticks(PATIENCE_TICKS - 1)
    assert one.resets == 0


def test_who_has_taken_all_is_no_suspect_any_more(timer: Timer, watch: Watch) -> None:
    one = peer(watch, must_take=True)
    watch.suspect(one)
    timer.ticks(5)
    one.taken, one.must_take = 1, False
    for _ in range(PATIENCE_TICKS):
        one.heard = watch.tick
        timer.ticks(2)
    assert one.resets == 0


def test_who_was_said_goodbye_to_has_as_long_to_go(timer: Timer, watch: Watch) -> None:
    one = peer(watch)
    watch.closes(one)
    watch.closes(one)
    for _ in range(PATIENCE_TICKS - 1):
        one.heard = watch.tick
        timer.ticks(1)
    assert one.resets == 0
    timer.ticks(1)
    assert one.resets == 1


def test_who_has_gone_is_forgotten(timer: Timer, watch: Watch) -> None:
    one = peer(watch, must_take=True)
    watch.suspect(one)
    watch.closes(one)
    watch.end(one)
    timer.ticks(10 * PATIENCE_TICKS)
    assert (one.pings, one.resets) == ([], 0)


def test_everybody_is_looked_at_once_a_round_and_never_all_in_one_tick(timer: Timer, watch: Watch) -> None:
    crowd = [peer(watch) for _ in range(1000)]
    timer.ticks(SILENT_TICKS + 2 * ROUND_TICKS)
    asked = [one.pings[0] for one in crowd]
    assert max(asked.count(tick) for tick in set(asked)) <= 1000 / ROUND_TICKS


def test_a_bug_about_one_is_no_reason_to_stop_watching_the_others(
    timer: Timer, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, dead = peer(watch, must_take=True), peer(watch)
    broken.progress = lambda: 1 // 0  # type: ignore[method-assign]
    watch._suspects[broken] = (0, 0)
    timer.ticks(SILENT_TICKS + ROUND_TICKS)
    assert dead.pings and "could not be watched" in caplog.text


def test_a_watch_that_is_stopped_does_nothing_more(timer: Timer, watch: Watch) -> None:
    one = peer(watch)
    watch.stop()
    timer.ticks(10 * SILENT_TICKS)
    assert one.pings == []

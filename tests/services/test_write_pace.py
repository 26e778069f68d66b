"""A slow disk is noticed by what writes take, one hiccup is not, and a seal never waits for ever."""

import pytest

from quizserver.services.write_pace import DRAIN_S, FEWEST, KEPT, LONGEST_DRAIN_S, WritePace


def pace(*took_s: float) -> WritePace:
    known = WritePace()
    for seconds in took_s:
        known.took(seconds)
    return known


def test_nothing_is_said_before_enough_is_known() -> None:
    early = pace(*[1.0] * (FEWEST - 1))
    assert (early.p99_ms, early.slow_ms, early.drain_s) == (0, 0, DRAIN_S)


def test_one_hiccup_is_no_slow_disk() -> None:
    assert pace(*[0.002] * FEWEST, 3.0).slow_ms == 0


@pytest.mark.parametrize("took_s", [0.002, 0.02, 0.1])
def test_writes_of_a_tenth_of_a_second_are_still_no_trouble(took_s: float) -> None:
    assert pace(*[took_s] * KEPT).slow_ms == 0


def test_slow_writes_are_said_with_their_time_and_seals_wait_longer() -> None:
    slow = pace(*[0.15] * FEWEST)
    assert slow.slow_ms == 150
    assert slow.drain_s == pytest.approx(DRAIN_S + 3)


def test_a_seal_never_waits_for_ever() -> None:
    assert pace(*[30.0] * FEWEST).drain_s == LONGEST_DRAIN_S


def test_a_disk_that_is_quick_again_is_forgiven_within_a_minute() -> None:
    assert pace(*[1.0] * KEPT, *[0.002] * KEPT).slow_ms == 0

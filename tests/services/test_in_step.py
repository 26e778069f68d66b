"""Pauses that end together, and are never left out or doubled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.services.in_step import NEAR, until_next

moments = st.integers(0, 10**9).map(lambda ms: ms / 1000)
periods = st.sampled_from([0.25, 0.5, 1.0, 5.0])


@given(moments, moments, periods)
def test_whoever_pauses_for_as_long_wakes_in_the_same_moment(one: float, other: float, every_s: float) -> None:
    apart = (one + until_next(every_s, one)) - (other + until_next(every_s, other))
    assert apart == pytest.approx(every_s * round(apart / every_s), abs=1e-4)


@given(moments, periods)
def test_no_pause_is_much_shorter_or_longer_than_it_should_be(now_s: float, every_s: float) -> None:
    assert NEAR * every_s < until_next(every_s, now_s) <= (1 + NEAR) * every_s


@pytest.mark.parametrize(("now_s", "pause_s"), [(7.0, 0.25), (7.001, 0.249), (7.1, 0.15), (7.249, 0.251)])
def test_a_timer_that_fires_a_millisecond_early_does_not_fire_twice(now_s: float, pause_s: float) -> None:
    assert until_next(0.25, now_s) == pytest.approx(pause_s)

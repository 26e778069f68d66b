"""Ranges of places out of spans of points: never wrong, as tight as can be, and narrower by all that is learnt."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle.ranges import Span, ranges_of
from quizserver.battle.settings import Ties
from quizserver.battle.state import Range

Chances = Sequence[int]
"""The points that a team may come to have, whatever the others get."""
CHANCES = st.lists(st.lists(st.integers(-2, 4), min_size=1, max_size=3, unique=True).map(sorted), min_size=1, max_size=5)


def span(chances: Chances) -> Span:
    return chances[0], chances[-1]


def ranges(teams: Sequence[Chances], ties: Ties, broken: bool) -> list[Range]:
    found = ranges_of([span(each) for each in teams], ties, broken)
    return [found[span(each)] for each in teams]


def places(points: Sequence[int], at: int, ties: Ties, broken: bool) -> Iterator[int]:
    """Every place that this team may have once these are the points."""
    ahead = [other for other in points if other > points[at]]
    first = 1 + (len(ahead) if ties is Ties.SKIP else len(set(ahead)))
    yield first
    if broken:
        yield 1 + len(ahead)  # with every tie ahead broken, too
        yield from range(1 + len(ahead), 1 + len(ahead) + points.count(points[at]))


@given(CHANCES, st.sampled_from(Ties), st.booleans())
def test_no_completion_leads_out_of_a_range(teams: list[list[int]], ties: Ties, broken: bool) -> None:
    found = ranges(teams, ties, broken)
    for points in product(*teams):
        for at, own in enumerate(found):
            assert own.least <= points[at] <= own.most
            assert all(own.best <= place <= own.worst for place in places(points, at, ties, broken))


@given(CHANCES, st.booleans())
def test_some_completion_leads_to_either_end_of_a_range(teams: list[list[int]], broken: bool) -> None:
    for at, own in enumerate(ranges(teams, Ties.SKIP, broken)):
        possible = {place for points in product(*teams) for place in places(points, at, Ties.SKIP, broken)}
        assert (own.best, own.worst) == (min(possible), max(possible))


@given(CHANCES, st.sampled_from(Ties), st.booleans(), st.data())
def test_whatever_is_learnt_widens_no_range(teams: list[list[int]], ties: Ties, broken: bool, data: st.DataObject) -> None:
    learnt = [data.draw(st.lists(st.sampled_from(each), min_size=1, unique=True).map(sorted)) for each in teams]
    for before, after in zip(ranges(teams, ties, broken), ranges(learnt, ties, broken), strict=True):
        assert before.best <= after.best <= after.worst <= before.worst


@pytest.mark.parametrize(("ties", "expected"), [(Ties.SKIP, [1, 2, 2, 4]), (Ties.DENSE, [1, 2, 2, 3])])
def test_where_all_is_known_a_range_is_the_place_that_is_shared(ties: Ties, expected: list[int]) -> None:
    found = ranges([[9], [5], [5], [1]], ties, broken=False)
    assert [(own.best, own.worst) for own in found] == [(place, place) for place in expected]


def test_without_jumps_teams_that_can_share_points_may_take_one_place_together() -> None:
    teams = [[3, 4, 5], [4, 6], [4, 5, 9], [7, 8], [0]]
    assert ranges(teams, Ties.DENSE, broken=False)[-1] == Range(3, 5, 0, 0)
    assert ranges(teams, Ties.SKIP, broken=False)[-1] == Range(5, 5, 0, 0)

"""Places that are possible while points are not certain: never wrong, since nobody's best and worst assumes more than is known.

The best place is behind all whose least points are over my most; the worst is behind all whose most points are over my least. Where
places go on by one after a tie (1-2-2-3), teams that share points take one place together: the best is then behind as few different
points as those teams can have, the worst behind each certain number of points once and each uncertain team by itself.

Tie-breaks never narrow: a missing mark moves difficulties, and one more team in a tie may keep it from being broken. So while
anything is unknown, teams of equal points may come out in any order; once nothing is, a place is the standing's place.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate

from quizserver.battle.settings import Ties
from quizserver.battle.state import Range

Span = tuple[int, int]
"""The least and the most points of a team, in hundredths."""


def ranges_of(spans: Iterable[Span], ties: Ties, broken: bool) -> Mapping[Span, Range]:
    """The range of a team that has this span, among teams that have all of these. `broken`: equal points may yet be parted."""
    teams = Counter(spans)
    skips = ties is Ties.SKIP
    ahead_for_sure = _beyond(_least(teams) if skips else _fewest_points(teams))
    maybe_ahead = _beyond(_most(teams) if skips or broken else _different_most(teams))
    return {span: _range(span, ahead_for_sure, maybe_ahead, broken) for span in teams}


Beyond = Callable[[int], int]
"""How many there are beyond these points."""


def _range(span: Span, ahead_for_sure: Beyond, maybe_ahead: Beyond, broken: bool) -> Range:
    """Whoever may beat itself is not among the others: it would, by its most points over its least."""
    least, most = span
    best = 1 + ahead_for_sure(most)
    worst = maybe_ahead(least - 1) if broken else 1 + maybe_ahead(least) - (least < most)
    return Range(best, worst, least, most)


def _least(teams: Mapping[Span, int]) -> Mapping[int, int]:
    counts: Counter[int] = Counter()
    for (least, _), count in teams.items():
        counts[least] += count
    return counts


def _most(teams: Mapping[Span, int]) -> Mapping[int, int]:
    counts: Counter[int] = Counter()
    for (_, most), count in teams.items():
        counts[most] += count
    return counts


def _different_most(teams: Mapping[Span, int]) -> Mapping[int, int]:
    """The same with teams of certain points once for each number of points."""
    return _most({(least, most): count if least < most else 1 for (least, most), count in teams.items()})


def _fewest_points(teams: Mapping[Span, int]) -> Mapping[int, int]:
    """As few numbers of points as can lie in all spans, each as great as it may be: so those beyond any points are the fewest for
    the spans beyond, too."""
    chosen: dict[int, int] = {}
    lowest: int | None = None
    for least, most in sorted(teams, reverse=True):
        if lowest is None or most < lowest:
            lowest = least
            chosen[lowest] = 1
    return chosen


def _beyond(counts: Mapping[int, int]) -> Beyond:
    points = sorted(counts)
    sums = [0, *accumulate(counts[each] for each in points)]
    return lambda at: sums[-1] - sums[bisect_right(points, at)]

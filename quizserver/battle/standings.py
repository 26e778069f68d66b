"""Places out of scores: a total order of ties. Pure; the same state always gives the same standing, to the byte.

Ties share a place, 1-2-2-4 or 1-2-2-3 as the battle is set. A tie-break parts a group of equal points only if every team of the
group has it: teams without per-question marks take no part in difficulty, teams without times none in speed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from quizserver.battle.ids import TeamId
from quizserver.battle.possible import possible_places
from quizserver.battle.remembering import remembered
from quizserver.battle.scoring import Score, scored_parts, scores
from quizserver.battle.settings import TieBreak, Ties
from quizserver.battle.state import BattleState, Place, Range
from quizserver.battle.unknown import unknown_parts

STANDINGS = ("total", "speed")
"""The standings there are, by name."""

Key = Callable[[Score], int | None]
"""A smaller key is a better place; None: this team has none."""

_BREAKS: Mapping[TieBreak, Key] = {
    TieBreak.DIFFICULTY: lambda score: None if score.difficulty is None else -score.difficulty,
    TieBreak.SPEED: lambda score: score.speed_ms,
}


def standing(state: BattleState, which: str = "total") -> tuple[Place, ...]:
    """All teams by place, ties by name; the very same rows while nothing of it moves. `which`: `total`, or `speed` (most right
    answers, then least time; online teams alone; without what may become of it)."""
    return _standing(state, which)


@remembered(lambda state, which: (*scored_parts(state), *unknown_parts(state)))
def _standing(state: BattleState, which: str) -> tuple[Place, ...]:
    table, teams = scores(state), _by_name(state)
    possible: Mapping[TeamId, Range] = {}
    if which == "speed":
        teams = [team for team in teams if table[team].speed_ms is not None and table[team].right]
        keys: list[Key] = [lambda score: -score.right, lambda score: score.speed_ms]
    else:
        possible = possible_places(state, table)
        keys = [lambda score: -score.points, *(_BREAKS[each] for each in state.settings.tie_breaks)]
    groups = _split([teams], table, keys)
    return tuple(_places(groups, table, state, possible))


def shown_standing(state: BattleState, which: str = "total") -> tuple[Place, ...]:
    """What screens and teams may see: the frozen standing while it is frozen."""
    return standing(state, which) if state.frozen is None else state.frozen[which]


def digest(places: Iterable[Place]) -> str:
    """sha256 of a standing: one line a team by (place, id), with points and rounds in hundredths."""
    rows = sorted(places, key=lambda row: (row.place, row.team))
    lines = (f"{row.place} {row.team} {row.points} {' '.join(map(str, row.rounds))}\n" for row in rows)
    return sha256("".join(lines).encode()).hexdigest()


@remembered(lambda state: (state.teams,))
def _by_name(state: BattleState) -> Sequence[TeamId]:
    return sorted(state.teams, key=lambda team: (state.teams[team].name.text.casefold(), team))


def _split(groups: Sequence[Sequence[TeamId]], table: Mapping[TeamId, Score], keys: Iterable[Key]) -> Sequence[Sequence[TeamId]]:
    """Parts every group by each key in turn, best first, in the order that it had; where somebody lacks the key it stays whole."""
    for key in keys:
        parted: list[Sequence[TeamId]] = []
        for group in groups:
            ranked = [(rank, team) for team in group if (rank := key(table[team])) is not None] if len(group) > 1 else ()
            if len(ranked) < len(group):
                parted.append(group)
                continue
            ranked = sorted(ranked, key=itemgetter(0))
            parted.extend([team for _, team in tied] for _, tied in groupby(ranked, key=itemgetter(0)))
        groups = parted
    return groups


def _places(
    groups: Iterable[Sequence[TeamId]], table: Mapping[TeamId, Score], state: BattleState, possible: Mapping[TeamId, Range]
) -> Iterable[Place]:
    place = 1
    for group in groups:
        for team in group:
            score = table[team]
            yield Place(place, team, score.points, score.rounds, score.pending, possible.get(team))
        place += len(group) if state.settings.ties is Ties.SKIP else 1

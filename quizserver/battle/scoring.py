"""From marks to points: totals of every team over what has been revealed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from quizserver.battle.ids import BattleId, QuestionId, TeamId
from quizserver.battle.kinds.kind import MARK_BLANK
from quizserver.battle.marking import answered_parts, answers_that_count, paper_cell, total_cell
from quizserver.battle.questions import POINT
from quizserver.battle.remembering import Parts, remembered, same
from quizserver.battle.settings import Source, TieBreak
from quizserver.battle.sheets import CellState
from quizserver.battle.state import BattleState, Mark, Marked, Team


class Score(NamedTuple):
    """One team's sums. `difficulty` is None without per-question marks, `speed_ms` None for a team that played on paper, too."""

    points: int
    rounds: tuple[int, ...]
    right: int
    pending: bool
    difficulty: int | None
    speed_ms: int | None


def points_of_total(text: str) -> int:
    """A sheet's total in hundredths, rounded to the nearest, halves to even; the text is canonical (kinds.number.canonical)."""
    return round(Fraction(text) * POINT)


def shown_positions(state: BattleState) -> list[int]:
    """Positions of the questions that count publicly: revealed and not taken out."""
    row = state.plan.questions
    return [at for at, (_, question) in enumerate(row) if question.id in state.revealed and question.id not in state.voided]


def difficulty(state: BattleState, position: int, marks: Mapping[TeamId, Marked]) -> int:
    """What a right answer is worth in a tie-break: how many teams missed the question.

    A team that said nothing missed it too, online or by a blank on its sheet; a paper team without marks takes no part,
    and half an answer is neither.
    """
    missed = sum(1 for marked in marks.values() if marked.mark is Mark.WRONG)
    silent = sum(1 for team in state.teams.values() if team.id not in marks and _said_nothing(state, team, position))
    return missed + silent


def _said_nothing(state: BattleState, team: Team, position: int) -> bool:
    _, question = state.plan.questions[position]
    return team.source(position) is Source.ONLINE or paper_cell(state, team.id, question.id).value == MARK_BLANK


def elapsed_ms(state: BattleState, question: QuestionId) -> Mapping[TeamId, int]:
    """For every team whose online answer counts: from the opening of its box to its stamp, >= 0, by the server's clock alone.

    Only what is timed asks for it; whether an answer is in time never does."""
    times: dict[TeamId, int] = {}
    for box in state.sealed_boxes(question):
        times.update((team, box.elapsed_ms(row)) for team, row in box.answers.items())
    return {team: times[team] for team in answers_that_count(state, question)}


def scored_parts(state: BattleState) -> Parts:
    """All that scores are made of; nothing of it changes while people answer."""
    sheets = (state.cells, state.kept_out, state.collected, state.waiting, state.accepted)
    shown = chain.from_iterable(_shown_parts(state).values())
    return state.settings, state.teams, state.revealed, state.voided, state.adjustments, *sheets, *shown


def _shown_parts(state: BattleState) -> Mapping[int, Parts]:
    """By position."""
    return {at: answered_parts(state, state.plan.questions[at][1].id) for at in shown_positions(state)}


@remembered(scored_parts)
def scores(state: BattleState) -> Mapping[TeamId, Score]:
    """Every team's sums over what is revealed, adjustments included."""
    sums, totals = _summed(state), _totals(state)
    adjusted: Counter[TeamId] = Counter()
    for team, points, _ in state.adjustments:
        adjusted[team] += points
    return {team: each.score(adjusted[team], totals.get(team, {})) for team, each in sums.items()}


class _Sum:
    """What is added up for one team. `pending` and `untimed`: of how many questions its sheet is missing, and it has no time."""

    __slots__ = ("difficulty", "pending", "right", "rounds", "speed", "untimed")

    def __init__(self, rounds: int) -> None:
        self.right = self.difficulty = self.speed = self.pending = self.untimed = 0
        self.rounds = [0] * rounds

    def score(self, adjusted: int, totals: Mapping[int, int]) -> Score:
        """`totals`: what whole sheets say, by round."""
        rounds = tuple(points + totals.get(at, 0) for at, points in enumerate(self.rounds)) if totals else tuple(self.rounds)
        return Score(
            adjusted + sum(rounds),
            rounds,
            self.right,
            self.pending > 0,
            None if totals else self.difficulty,
            None if self.untimed else self.speed,
        )


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one question adds to the sums of a round: as long as it is made of the same `parts`, it adds the same."""

    parts: Parts
    round: int
    marks: Mapping[TeamId, Marked]
    elapsed: Mapping[TeamId, int]
    worth: int
    untimed: Sequence[TeamId]

    def count(self, sums: Mapping[TeamId, _Sum], sign: int) -> None:
        """Adds it (1), or takes out what it had added (-1): all of it are whole numbers, so nothing of it remains."""
        for team, marked in self.marks.items():
            total = sums[team]
            total.rounds[self.round] += sign * marked.points
            if marked.mark is Mark.RIGHT:
                total.right += sign
                total.difficulty += sign * self.worth
                total.speed += sign * self.elapsed.get(team, 0)
            elif marked.mark is Mark.PENDING:
                total.pending += sign
        for team in self.untimed:
            sums[team].untimed += sign


@dataclass(frozen=True, slots=True)
class _Summed:
    """`sums` over the `counted` questions, by position; they hold for as long as `teams` are the same."""

    teams: Parts
    sums: Mapping[TeamId, _Sum]
    counted: dict[int, _Counted]


_LATEST: dict[BattleId, _Summed] = {}
"""What was summed last, so that a solution or a sheet counts one question anew and not the whole evening."""
MOST_BATTLES = 16


def _summed(state: BattleState) -> Mapping[TeamId, _Sum]:
    """The sums over all shown questions; to be read at once, for they change with the next call."""
    teams = (state.pack, state.settings, state.teams)
    latest = _LATEST.pop(state.battle, None)
    if latest is None or not same(latest.teams, teams):
        latest = _Summed(teams, {team: _Sum(len(state.pack.rounds)) for team in state.teams}, {})
    parts = _shown_parts(state)
    for at in [at for at, known in latest.counted.items() if at not in parts or not same(known.parts, parts[at])]:
        latest.counted.pop(at).count(latest.sums, -1)
    for at in parts.keys() - latest.counted.keys():
        latest.counted[at] = _counted(state, at, parts[at])
        latest.counted[at].count(latest.sums, 1)
    _LATEST[state.battle] = latest
    if len(_LATEST) > MOST_BATTLES:
        del _LATEST[next(iter(_LATEST))]
    return latest.sums


def _counted(state: BattleState, position: int, parts: Parts) -> _Counted:
    playing, question = state.plan.questions[position]
    marks = state.marks.get(question.id, {})
    worth = difficulty(state, position, marks) if TieBreak.DIFFICULTY in state.settings.tie_breaks else 0
    on_paper = tuple(team.id for team in state.paper_teams(position))
    return _Counted(parts, state.pack.rounds.index(playing), marks, elapsed_ms(state, question.id), worth, on_paper)


def _totals(state: BattleState) -> Mapping[TeamId, Mapping[int, int]]:
    """Points of the sheets whose venues sent a total and no marks, by round."""
    totals: dict[TeamId, dict[int, int]] = {}
    for at, playing in enumerate(state.pack.rounds):
        if not any(question.id in state.revealed for question in playing.questions):
            continue
        for team in state.paper_teams(state.plan.positions[playing.questions[0].id]):
            entered = total_cell(state, team.id, playing)
            if entered.state is CellState.MARKED:
                totals.setdefault(team.id, {})[at] = points_of_total(entered.value)
    return totals

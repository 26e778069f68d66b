"""From marks to points: totals of every team over what has been revealed. Nothing here is kept; it is summed each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.kinds.kind import MARK_BLANK
from quizserver.battle.marking import answers_that_count, paper_cell, total_cell
from quizserver.battle.questions import POINT
from quizserver.battle.settings import Source, TieBreak
from quizserver.battle.sheets import CellState
from quizserver.battle.state import BattleState, Mark, Marked, Team


@dataclass(frozen=True, slots=True)
class Score:
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

    A team that said nothing missed it too, online or by a blank on its sheet; a paper team without marks takes no part.
    """
    missed = sum(1 for marked in marks.values() if marked.mark is Mark.WRONG)
    silent = sum(1 for team in state.teams.values() if team.id not in marks and _said_nothing(state, team, position))
    return missed + silent


def _said_nothing(state: BattleState, team: Team, position: int) -> bool:
    _, question = state.plan.questions[position]
    return team.source(position) is Source.ONLINE or paper_cell(state, team.id, question.id).value == MARK_BLANK


def elapsed_ms(state: BattleState, question: QuestionId) -> Mapping[TeamId, int]:
    """For every team whose online answer counts: from the opening of its box to its stamp, >= 0, by the server's clock alone."""
    times: dict[TeamId, int] = {}
    for box in state.sealed_boxes(question):
        times.update((team, box.elapsed_ms(row.stamp_ms)) for team, row in box.answers.items())
    return {team: times[team] for team in answers_that_count(state, question)}


def scores(state: BattleState) -> Mapping[TeamId, Score]:
    """Every team's sums over what is revealed, adjustments included."""
    sums = {team: _Sum(len(state.pack.rounds)) for team in state.teams}
    for position in shown_positions(state):
        _add_question(state, position, sums)
    for at, playing in enumerate(state.pack.rounds):
        if any(question.id in state.revealed for question in playing.questions):
            _add_totals(state, at, sums)
    for team, points, _ in state.adjustments:
        sums[team].points += points
    return {team: each.score() for team, each in sums.items()}


class _Sum:
    """What is added up for one team while a standing is made."""

    __slots__ = ("difficulty", "has_marks", "has_times", "pending", "points", "right", "rounds", "speed")

    def __init__(self, rounds: int) -> None:
        self.points = self.right = self.difficulty = self.speed = 0
        self.rounds = [0] * rounds
        self.pending, self.has_marks, self.has_times = False, True, True

    def score(self) -> Score:
        points = self.points + sum(self.rounds)
        return Score(
            points,
            tuple(self.rounds),
            self.right,
            self.pending,
            self.difficulty if self.has_marks else None,
            self.speed if self.has_times else None,
        )


def _add_question(state: BattleState, position: int, sums: Mapping[TeamId, _Sum]) -> None:
    playing, question = state.plan.questions[position]
    marks, elapsed = state.marks.get(question.id, {}), elapsed_ms(state, question.id)
    worth = difficulty(state, position, marks) if TieBreak.DIFFICULTY in state.settings.tie_breaks else 0
    at = state.pack.rounds.index(playing)
    for team, marked in marks.items():
        total = sums[team]
        total.rounds[at] += marked.points
        total.pending |= marked.mark is Mark.PENDING
        if marked.mark is Mark.RIGHT:
            total.right += 1
            total.difficulty += worth
            total.speed += elapsed.get(team, 0)
    for each in state.paper_teams(position):
        sums[each.id].has_times = False


def _add_totals(state: BattleState, at: int, sums: Mapping[TeamId, _Sum]) -> None:
    """A sheet's total counts where the venue sent no marks for that round."""
    playing = state.pack.rounds[at]
    for team in state.paper_teams(state.plan.positions[playing.questions[0].id]):
        entered = total_cell(state, team.id, playing)
        if entered.state is CellState.MARKED:
            sums[team.id].rounds[at] += points_of_total(entered.value)
            sums[team.id].has_marks = False

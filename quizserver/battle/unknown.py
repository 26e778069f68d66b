"""How far points may still move while something is not known: a sheet that is missing, a cell in dispute or before the judge, marks
that wait for the host, a text that waits for a ruling, a nearest number that another sheet may beat.

Nothing that is known is taken to change: corrections are not foreseen, nor are teams that have not joined. A sheet's own total is
taken to be a sum of marks, so that it lies within what its questions are worth. A text waits for a ruling while its round is
played: what the host has let stand at the round's end is wrong. But what was typed from paper waits until it is ruled upon or the
battle is over, and with it everybody who said it; where sheets of a question are typed, one that is still to come may say anything.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.kinds import kind_of
from quizserver.battle.marking import answered_parts, paper_cell, total_cell, values_of
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Question, Round
from quizserver.battle.remembering import Parts, remembered
from quizserver.battle.scoring import scored_parts, shown_positions
from quizserver.battle.settings import Source
from quizserver.battle.sheets import CellState
from quizserver.battle.state import BattleState, Mark, Team


class Slack(NamedTuple):
    """What may come on top of points, in hundredths: at the least `down`, at the most `up`."""

    down: int = 0
    up: int = 0


NONE = Slack()
Slacks = Mapping[TeamId, Slack]
"""Of the teams that have any."""

Found = Sequence[tuple[Slack, Collection[TeamId]]]
"""Whose points one thing that is not known may move, and how far: mostly many teams equally."""


def worth(question: Question) -> Slack:
    """The range of the rule by which a question is scored, of a team of which nothing is known: right, wrong or no answer."""
    return Slack(-question.penalty, question.points)


def unknown_parts(state: BattleState) -> Parts:
    """All that slack is made of, beside what scores are made of."""
    return state.rulings, state.phase is Phase.FINISHED, *(_is_judged(state, playing) for playing in state.pack.rounds)


def slack(state: BattleState) -> Slacks:
    """What may still come to the points of what is revealed."""
    return _slack(state)


@remembered(lambda state: (*scored_parts(state), *unknown_parts(state)))
def _slack(state: BattleState) -> Slacks:
    known = [open_marks(state, state.plan.questions[at][1].id) for at in shown_positions(state)]
    return _summed([*known, *(_as_totals(state, playing) for playing in state.pack.rounds if _has_begun(state, playing))])


def slack_to_come(state: BattleState) -> tuple[Slack, Slacks]:
    """What may come beside that by the end of the battle: to every team, and to (or not to) some teams besides. Once the podium is
    shown no question is to come."""
    if state.phase in (Phase.FINAL, Phase.FINISHED):
        return NONE, {}
    to_come = [question for playing in state.pack.rounds for question in _unrevealed(state, playing)]
    return _whole(to_come), _summed(_beside(state, playing) for playing in state.pack.rounds)


def _parts_of_marks(state: BattleState, question: QuestionId) -> Parts:
    playing, _ = state.plan.questions[state.plan.positions[question]]
    judged = _is_judged(state, playing), state.phase is Phase.FINISHED
    return *answered_parts(state, question), state.rulings.get(question), *judged


@remembered(_parts_of_marks)
def open_marks(state: BattleState, question: QuestionId) -> Found:
    """How far the points of one question may still move; who is absent has what it has."""
    _, asked = state.plan.questions[state.plan.positions[question]]
    unread = [team for team, marked in state.marks.get(question, {}).items() if marked.mark is Mark.PENDING]
    at_stake = asked.points + asked.penalty  # what right has over wrong
    found = [(worth(asked), unread)]
    if unread and kind_of(asked).paper_takes_value(asked, state.solution(question)):
        found.append((Slack(down=-at_stake), list(_may_be_beaten(state, asked))))
    if kind_of(asked).is_judged and state.phase is not Phase.FINISHED:
        found.append((Slack(up=at_stake), _unruled(state, asked, more_come=bool(unread))))
    return found


def _may_be_beaten(state: BattleState, asked: Question) -> Iterator[TeamId]:
    """Teams that are right until a better answer is read, and that no ruling holds."""
    kind, solution, rulings = kind_of(asked), state.solution(asked.id), state.rulings.get(asked.id, {})
    marks = state.marks[asked.id]
    for team, value in values_of(state, asked.id).items():
        is_right = marks[team].mark is Mark.RIGHT and kind.said(asked, value) not in rulings
        if is_right and kind.may_be_beaten(asked, solution, value):
            yield team


def _unruled(state: BattleState, asked: Question, more_come: bool) -> list[TeamId]:
    """Teams whose words are wrong until the host says otherwise. `more_come`: somebody's sheet is not read yet."""
    values, at = values_of(state, asked.id), state.plan.positions[asked.id]
    typed = {team for team in values if state.teams[team].source(at) is Source.PAPER}
    playing, _ = state.plan.questions[at]
    all_wait = _is_judged(state, playing) or (more_come and bool(typed))
    if not (all_wait or typed):
        return []  # as in most rounds that have ended: nobody's words need be folded
    kind, rulings, marks = kind_of(asked), state.rulings.get(asked.id, {}), state.marks[asked.id]
    said = {team: kind.said(asked, value) for team, value in values.items() if marks[team].mark is Mark.WRONG}
    waits = {words for team, words in said.items() if all_wait or team in typed}
    return [team for team, words in said.items() if words in waits and words not in rulings]


def _is_judged(state: BattleState, playing: Round) -> bool:
    """True while words of this round wait for the host's rulings."""
    return playing.id not in state.ended and any(kind_of(question).is_judged for question in playing.questions)


# --- sheets that may come as a total, which counts for the whole round ---


def _as_totals(state: BattleState, playing: Round) -> Found:
    """What a total would bring over the marks of what is revealed: it holds what is not revealed yet, and what was taken out."""
    beside = [*_unrevealed(state, playing), *_voided(state, playing)]
    return [(_whole(beside), list(_blank_sheets(state, playing)))] if beside else []


def _beside(state: BattleState, playing: Round) -> Found:
    """How what is to come of a round differs for those whose total holds all of it: one that may come, one that is here."""
    if _has_begun(state, playing):
        to_come = _unrevealed(state, playing)
        counted = [*_blank_sheets(state, playing), *_totals(state, playing)] if to_come else []
        down, up = _whole(to_come)
        return [(Slack(-down, -up), counted)]
    voided = _voided(state, playing)
    return [(_whole(voided), [team.id for team in _whole_sheets(state, playing)])] if voided else []


def _has_begun(state: BattleState, playing: Round) -> bool:
    """True once something of a round counts."""
    return any(question.id in state.revealed for question in playing.questions)


def _unrevealed(state: BattleState, playing: Round) -> list[Question]:
    return [each for each in playing.questions if each.id not in state.revealed and each.id not in state.voided]


def _voided(state: BattleState, playing: Round) -> list[Question]:
    return [each for each in playing.questions if each.id in state.voided]


def _whole(questions: Iterable[Question]) -> Slack:
    each = [worth(question) for question in questions]
    return Slack(sum(one.down for one in each), sum(one.up for one in each))


def _whole_sheets(state: BattleState, playing: Round) -> Iterator[Team]:
    """Teams that play all of a round on paper: only such a sheet's total says anything."""
    positions = [state.plan.positions[question.id] for question in playing.questions]
    return (team for team in state.paper_teams(positions[0]) if all(team.source(at) is Source.PAPER for at in positions))


def _blank_sheets(state: BattleState, playing: Round) -> Iterator[TeamId]:
    """Teams of whose sheet nothing at all is known."""
    return (team.id for team in _whole_sheets(state, playing) if _is_blank(state, team.id, playing))


def _is_blank(state: BattleState, team: TeamId, playing: Round) -> bool:
    written = (each.id for each in playing.questions if (team, playing.id, each.id) in state.cells)
    if any(paper_cell(state, team, question).state is not CellState.EMPTY for question in written):
        return False
    return total_cell(state, team, playing).state is not CellState.MARKED


def _totals(state: BattleState, playing: Round) -> Iterator[TeamId]:
    """Teams whose total counts for the whole round."""
    whole = _whole_sheets(state, playing)
    return (team.id for team in whole if total_cell(state, team.id, playing).state is CellState.MARKED)


def _summed(found: Iterable[Found]) -> Slacks:
    """Counted first, for a thousand sheets that miss the same twelve questions are the usual case."""
    times: dict[Slack, Counter[TeamId]] = {}
    for each in found:
        for slack, teams in each:
            times.setdefault(slack, Counter()).update(teams)
    sums: dict[TeamId, Slack] = {}
    for (down, up), counts in times.items():
        for team, count in counts.items():
            before = sums.get(team, NONE)
            sums[team] = Slack(before.down + count * down, before.up + count * up)
    return sums

"""A team's own document: small, absolute, the same for all its devices. Sent whole, so it needs no versions between."""

from collections.abc import Mapping
from typing import Any

from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.marking import answer_that_counts, paper_cell
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState, Place
from quizserver.battle.typed import text_of
from quizserver.battle.views.parts import plain
from quizserver.battle.views.patch import View
from quizserver.battle.views.team import visible_questions


def mine_view(state: BattleState, team: TeamId, answers: Mapping[QuestionId, View], place: Place | None, gap: int | None) -> View:
    """`answers`: what the boxes hold for open questions ({value, revision}); `place` out of the shown standing, `gap` in hundredths
    to the next better place (None: nobody is better)."""
    me = state.teams[team]
    view: View = {"team": team, "name": me.name.text, "answers": dict(answers), "marks": own_marks(state, team)}
    if me.venue is not None:
        view["venue"] = state.venues[me.venue].name
    if (question := state.current_question) is not None:
        view["source"] = me.source(state.plan.positions[question.id]).value
    if place is not None and state.revealed:
        view["place"] = {"place": place.place, "points": place.points, "of": len(state.teams), "pending": place.pending}
        if gap is not None:
            view["place"]["gap"] = gap
        if place.possible is not None and not place.is_certain:
            view["place"] |= {"best": place.possible.best, "worst": place.possible.worst}
    return view


def own_marks(state: BattleState, team: TeamId) -> View:
    """Marks of revealed questions on the stage's round, with what the team had said."""
    marks: View = {}
    for question in visible_questions(state):
        if question.id not in state.revealed:
            continue
        marks[question.id] = _own_mark(state, team, question.id)
    return marks


def _own_mark(state: BattleState, team: TeamId, question: QuestionId) -> View:
    marked = state.marks.get(question, {}).get(team)
    mine: View = {"mark": marked.mark.value, "points": marked.points} if marked else {"mark": "none", "points": 0}
    said = own_value(state, team, question)
    return mine if said is None else {**mine, "said": said}


def own_value(state: BattleState, team: TeamId, question: QuestionId) -> Any:
    """What counts as said by the team: its sealed answer, or what the desk entered or typed; None if nothing."""
    position = state.plan.positions[question]
    if state.teams[team].source(position) is Source.ONLINE:
        row = answer_that_counts(state, question, team)
        return None if row is None else plain(row.value)
    entered = paper_cell(state, team, question).value
    return (text_of(entered) or entered) or None

"""Which questions are marked anew when something has happened."""

from collections.abc import Iterable
from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import with_news
from quizserver.battle.ids import QuestionId
from quizserver.battle.marking import mark_question
from quizserver.battle.settings import Source
from quizserver.battle.sheets import TOTAL, CellKey
from quizserver.battle.state import BattleState


def marked(state: BattleState, event: did.Event) -> BattleState:
    """The state after `event`, with the marks it makes."""
    news = {each: mark_question(state, each) for each in _touched(state, event)}
    return replace(state, marks=with_news(state.marks, news)) if news else state


def _touched(state: BattleState, event: did.Event) -> Iterable[QuestionId]:
    """Questions whose marks an event may change; all others keep theirs. Before its first seal a question has none."""
    return (each for each in _concerned(state, event) if any(state.sealed_boxes(each)))


def _concerned(state: BattleState, event: did.Event) -> Iterable[QuestionId]:
    match event:
        case did.BoxSealed() | did.QuestionVoided() | did.AnswerRuled() | did.MissedAdmitted():
            return (event.question,)
        case did.MarksEntered():
            return _questions_of(state, (each.cell for each in event.operations))
        case did.LateJudged():
            return _questions_of(state, (state.late[each] for each in event.verdict.operations if each in state.late))
        case did.MarksAccepted() | did.VenueCollected():
            at = state.plan.scopes[event.scope][0]
            return (each.id for each in state.plan.questions[at][0].questions)  # a sheet's total needs all slips of its round
        case did.SourceChanged():
            return state.plan.positions
        case did.TeamsJoined():
            return state.plan.positions if state.voided or any(join.plays is Source.PAPER for join in event.joins) else ()
    return ()


def _questions_of(state: BattleState, cells: Iterable[CellKey]) -> Iterable[QuestionId]:
    """The questions whose cells these are; where a sheet has a total, each mark says something of its whole round."""
    touched: dict[QuestionId, None] = {}
    for team, round, question in cells:
        if (team, round, TOTAL) in state.cells:
            touched.update((each.id, None) for playing, each in state.plan.questions if playing.id == round)
        else:
            touched[question] = None
    return touched

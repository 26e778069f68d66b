"""Marks from sheets, rulings, and what was mended afterwards."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.answers import with_rows
from quizserver.battle.evolve.changes import with_boxes, with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.evolve.late import judged
from quizserver.battle.sheets import merged
from quizserver.battle.state import BattleState


@effect(did.MarksEntered)
def _marks_entered(state: BattleState, event: did.MarksEntered) -> BattleState:
    """An operation that came in time once is in time, however often and late it comes again."""
    cells, late = dict(state.cells), dict(state.late)
    for operation in event.operations:
        key, name = operation.cell, operation.name
        cells[key] = merged(cells.get(key, {}), [operation])
        if name not in event.late:
            late.pop(name, None)
        elif name not in state.entered:
            late[name] = key
    entered = with_news({operation.name: state.at_ms for operation in event.operations}, state.entered)
    return judged(replace(state, cells=cells, entered=entered, late=late if late or state.late else state.late))


@effect(did.MarksAccepted)
def _marks_accepted(state: BattleState, event: did.MarksAccepted) -> BattleState:
    here = {(event.venue, event.scope)}
    return replace(state, accepted=state.accepted | here, waiting=state.waiting - here)


@effect(did.QuestionVoided)
def _voided(state: BattleState, event: did.QuestionVoided) -> BattleState:
    voided = {each: why for each, why in state.voided.items() if each != event.question}
    return replace(state, voided=with_news(voided, {event.question: event.reason}) if event.voided else voided)


@effect(did.AnswerRuled)
def _ruled(state: BattleState, event: did.AnswerRuled) -> BattleState:
    rulings = {said: verdict for said, verdict in state.rulings.get(event.question, {}).items() if said != event.said}
    if event.accepted is not None:
        rulings[event.said] = event.accepted
    return replace(state, rulings=with_news(state.rulings, {event.question: rulings}))


@effect(did.AnswerTicked)
def _ticked(state: BattleState, event: did.AnswerTicked) -> BattleState:
    ticked = state.ticked.get(event.question, frozenset())
    now = ticked | {event.said} if event.shown else ticked - {event.said}
    return replace(state, ticked=with_news(state.ticked, {event.question: now}))


@effect(did.MissedAdmitted)
def _missed_admitted(state: BattleState, event: did.MissedAdmitted) -> BattleState:
    box = state.boxes[event.question, event.opening]
    return with_boxes(state, [box], answers=with_rows(box.answers, [event.row]))


@effect(did.PointsAdjusted)
def _adjusted(state: BattleState, event: did.PointsAdjusted) -> BattleState:
    return replace(state, adjustments=(*state.adjustments, (event.team, event.points, event.reason)))


@effect(did.Restored)
def _restored(state: BattleState, event: did.Restored) -> BattleState:
    return replace(state, epoch=event.epoch, restored=event.lost)

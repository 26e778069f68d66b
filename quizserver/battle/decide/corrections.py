"""Marks from sheets, rulings, and everything a host mends afterwards."""

from dataclasses import replace

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.answers import order
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.kinds import kind_of
from quizserver.battle.kinds.kind import MARK_ASK, MARK_BLANK, MARK_RIGHT, MARK_WRONG
from quizserver.battle.kinds.number import canonical
from quizserver.battle.questions import Counts
from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.scoring import points_of_total
from quizserver.battle.sheets import TOTAL, Operation, merged
from quizserver.battle.state import BattleState

MOST_OPERATIONS = 100  # of one message; an offline evening's 2,900 come in 29
MOST_POINTS = 100_000  # a thousand points either way: more is a slip of the finger


@rule(ask.EnterMarks)
def _enter_marks(state: BattleState, command: ask.EnterMarks, now_ms: int) -> Outcome:
    if len(command.operations) > MOST_OPERATIONS:
        return wrong("too_many_operations")
    checked = [checked_operation(state, operation) for operation in command.operations]
    refused = next((each for each in checked if isinstance(each, Refused)), None)
    if refused is not None:
        return refused
    news = tuple(each for each in checked if isinstance(each, Operation) and _is_news(state, each))
    return (did.MarksEntered(by=command.by, operations=news),) if news else ()


def _is_news(state: BattleState, operation: Operation) -> bool:
    known = state.cells.get((operation.team, operation.round, operation.question), {})
    return merged(known, [operation]) != known


def checked_operation(state: BattleState, operation: Operation) -> Operation | Refused:
    """The operation with its value in canonical form, or why it cannot be a mark."""
    if operation.team not in state.teams:
        return wrong("unknown_team")
    if operation.venue not in state.teams[operation.team].been_at:
        return wrong("not_your_venue")
    playing = next((each for each in state.pack.rounds if each.id == operation.round), None)
    if playing is None or (operation.question != TOTAL and operation.question not in {each.id for each in playing.questions}):
        return wrong("unknown_question")
    try:
        return _with_value(operation, _canonical_mark(state, operation))
    except ValueError:
        return wrong("not_a_mark", operation.value[:20])


def _canonical_mark(state: BattleState, operation: Operation) -> str:
    value = operation.value.strip()
    if value == "":
        return value
    if operation.question == TOTAL:
        return _canonical_total(value)
    if value in (MARK_BLANK, MARK_ASK):
        return value
    _, question = state.plan.questions[state.plan.positions[operation.question]]
    kind = kind_of(question)
    if kind.paper_takes_value(question, state.solution(question.id)):
        return str(kind.read(question, value))
    if value not in (MARK_RIGHT, MARK_WRONG):
        raise ValueError("not_a_mark")
    return value


def _canonical_total(value: str) -> str:
    total = canonical(value)
    if abs(points_of_total(total)) > MOST_POINTS:
        raise ValueError("too_many_points")
    return total


def _with_value(operation: Operation, value: str) -> Operation:
    return replace(operation, value=value, over=tuple(sorted(set(operation.over) - {operation.name})))


@rule(ask.AcceptMarks)
def _accept_marks(state: BattleState, command: ask.AcceptMarks, now_ms: int) -> Outcome:
    if command.venue not in state.venues or command.scope not in state.plan.scopes:
        return wrong("unknown_venue")
    if not state.is_revealed(command.scope):
        return not_now("not_revealed")
    if state.marks_count(command.venue, command.scope):
        return ()
    return (did.MarksAccepted(by=command.by, venue=command.venue, scope=command.scope),)


@rule(ask.VoidQuestion)
def _void(state: BattleState, command: ask.VoidQuestion, now_ms: int) -> Outcome:
    if command.question not in state.plan.positions:
        return wrong("unknown_question")
    if not command.reason.strip():
        return wrong("reason_needed")
    if (command.question in state.voided) is command.voided:
        return ()
    return (did.QuestionVoided(by=command.by, question=command.question, voided=command.voided, reason=command.reason.strip()),)


@rule(ask.RuleAnswer)
def _rule_answer(state: BattleState, command: ask.RuleAnswer, now_ms: int) -> Outcome:
    if command.question not in state.plan.positions:
        return wrong("unknown_question")
    if not command.said.strip():
        return wrong("empty")
    if state.rulings.get(command.question, {}).get(command.said) is command.accepted:
        return ()
    return (did.AnswerRuled(by=command.by, question=command.question, said=command.said, accepted=command.accepted),)


@rule(ask.TickAnswer)
def _tick_answer(state: BattleState, command: ask.TickAnswer, now_ms: int) -> Outcome:
    if command.question not in state.plan.positions:
        return wrong("unknown_question")
    if (command.said in state.ticked.get(command.question, ())) is command.shown:
        return ()
    return (did.AnswerTicked(by=command.by, question=command.question, said=command.said, shown=command.shown),)


@rule(ask.AdmitMissed)
def _admit_missed(state: BattleState, command: ask.AdmitMissed, now_ms: int) -> Outcome:
    box = state.boxes.get((command.question, command.opening))
    if box is None or not box.sealed:
        return not_now("not_sealed")
    if command.row.team not in state.teams:
        return wrong("unknown_team")
    if command.row.stamp_ms > (box.cut_off_ms or 0):
        return wrong("late")
    if (known := box.answers.get(command.row.team)) is not None:
        if known.id == command.row.id:
            return ()
        if box.counts is Counts.FIRST or order(known) > order(command.row):
            return not_now("locked" if box.counts is Counts.FIRST else "superseded")
    return (did.MissedAdmitted(by=command.by, question=command.question, opening=command.opening, row=command.row),)


@rule(ask.AdjustPoints)
def _adjust(state: BattleState, command: ask.AdjustPoints, now_ms: int) -> Outcome:
    if command.team not in state.teams:
        return wrong("unknown_team")
    if not command.reason.strip():
        return wrong("reason_needed")
    if not 0 < abs(command.points) <= MOST_POINTS:
        return wrong("bad_points")
    return (did.PointsAdjusted(by=command.by, team=command.team, points=command.points, reason=command.reason.strip()),)


@rule(ask.NoteRestored)
def _note_restored(state: BattleState, command: ask.NoteRestored, now_ms: int) -> Outcome:
    if command.epoch <= state.epoch:
        return ()
    return (did.Restored(by=command.by, epoch=command.epoch, upto=command.upto, lost=command.lost),)

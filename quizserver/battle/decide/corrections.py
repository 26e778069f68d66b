"""Marks from sheets, rulings, and everything a host mends afterwards."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from math import gcd

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.answers import order
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.gates import is_late
from quizserver.battle.kinds import kind_of
from quizserver.battle.kinds.kind import MARK_ASK, MARK_BLANK, MARK_HALF, MARK_RIGHT, MARK_WRONG, TYPED
from quizserver.battle.kinds.number import canonical
from quizserver.battle.marking import half_of
from quizserver.battle.questions import POINT, Counts, Round
from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.sheets import MOST_LETTERS_OF_WHY, TOTAL, Operation
from quizserver.battle.state import BattleState
from quizserver.battle.typed import text_of

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
    news = _news(state, (each for each in checked if isinstance(each, Operation)))
    late = tuple(each.name for each in news if is_late(state, each))
    return (did.MarksEntered(by=command.by, operations=news, late=late),) if news else ()


def _news(state: BattleState, operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """Each name once, and none that was entered: what a desk says again changes nothing, though it has been corrected since."""
    news: dict[str, Operation] = {}
    for operation in operations:
        if operation.name not in state.entered:
            news.setdefault(operation.name, operation)
    return tuple(news.values())


def checked_operation(state: BattleState, operation: Operation) -> Operation | Refused:
    """The operation with its value in canonical form and the person who is its scorekeeper, or why it cannot be a mark."""
    if operation.team not in state.teams:
        return wrong("unknown_team")
    if operation.venue not in state.teams[operation.team].been_at:
        return wrong("not_your_venue")
    playing = next((each for each in state.pack.rounds if each.id == operation.round), None)
    if playing is None or (operation.question != TOTAL and operation.question not in {each.id for each in playing.questions}):
        return wrong("unknown_question")
    if len(operation.why) > MOST_LETTERS_OF_WHY:
        return wrong("reason_too_long")
    who = state.scorekeepers.get(operation.who)
    if who is None or who.venue != operation.venue:
        return wrong("unknown_scorekeeper")
    try:
        value = _canonical_mark(state, operation)
    except ValueError:
        return wrong("not_a_mark", operation.value[:20])
    if operation.question == TOTAL and value and (refused := _beyond(playing, value)) is not None:
        return refused
    return _once(state, replace(_with_value(operation, value), who=who.person, why=operation.why.strip()))


def _once(state: BattleState, operation: Operation) -> Operation | Refused:
    """A name means one operation for ever: nobody puts another mark, or another cell, behind one that was entered."""
    known = state.cells.get(operation.cell, {}).get(operation.name)
    return wrong("name_is_used") if operation.name in state.entered and known != operation else operation


def _canonical_mark(state: BattleState, operation: Operation) -> str:
    value = operation.value.strip()
    if value == "":
        return value
    if operation.question == TOTAL:
        return canonical(value)
    if value in (MARK_BLANK, MARK_ASK):
        return value
    _, question = state.plan.questions[state.plan.positions[operation.question]]
    kind, text = kind_of(question), text_of(value)
    if kind.paper_takes_value(question, state.solution(question.id)):
        return str(kind.read(question, value if text is None else text))
    if text is not None and kind.takes_text:
        return f"{TYPED}{kind.read(question, text)}"
    if value not in (MARK_RIGHT, MARK_HALF, MARK_WRONG):
        raise ValueError("not_a_mark")
    return value


def _beyond(playing: Round, total: str) -> Refused | None:
    """Why this round cannot have given this total: more or less than it holds, or between two of its points."""
    hundredths = Fraction(total) * POINT
    outcomes = [(0, asked.points, half_of(asked), -asked.penalty) for asked in playing.questions]
    least, most = sum(map(min, outcomes)), sum(map(max, outcomes))
    if not least <= hundredths <= most:
        return wrong("total_out_of_range", f"{_points(least)}…{_points(most)}")
    step = gcd(*(points for each in outcomes for points in each)) or POINT
    return wrong("total_between_points", _points(step)) if hundredths % step else None


def _points(hundredths: int) -> str:
    return f"{hundredths / POINT:g}".replace("-", "−")


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

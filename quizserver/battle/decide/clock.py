"""Pausing, going on, giving more time."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.refusals import not_now, wrong
from quizserver.battle.state import BattleState

LONGEST_MS = 3_600_000


@rule(ask.Pause)
def _pause(state: BattleState, command: ask.Pause, now_ms: int) -> Outcome:
    return () if state.paused_at_ms is not None else (did.Paused(by=command.by),)


@rule(ask.Resume)
def _resume(state: BattleState, command: ask.Resume, now_ms: int) -> Outcome:
    if state.paused_at_ms is None:
        return ()
    return (did.Resumed(by=command.by, by_ms=max(0, now_ms - state.paused_at_ms)),)


@rule(ask.Extend)
def _extend(state: BattleState, command: ask.Extend, now_ms: int) -> Outcome:
    if not 0 < command.by_ms <= LONGEST_MS:
        return wrong("bad_duration")
    if state.clock is None:
        return not_now("no_clock")
    return (did.ClockExtended(by=command.by, by_ms=command.by_ms, why=command.why),)

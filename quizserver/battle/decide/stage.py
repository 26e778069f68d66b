"""What screens show beside the play."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.phases import ANSWERS_OPEN
from quizserver.battle.refusals import not_now, wrong
from quizserver.battle.standings import STANDINGS
from quizserver.battle.state import BattleState, Stage


@rule(ask.ShowStanding)
def _show_standing(state: BattleState, command: ask.ShowStanding, now_ms: int) -> Outcome:
    if command.which not in STANDINGS:
        return wrong("unknown_standing")
    if state.phase in ANSWERS_OPEN:
        return not_now("answers_are_open")
    return (did.StandingShown(by=command.by, which=command.which),)


@rule(ask.ShowPlay)
def _show_play(state: BattleState, command: ask.ShowPlay, now_ms: int) -> Outcome:
    return () if state.stage is Stage.PLAY else (did.PlayShown(by=command.by),)


@rule(ask.FreezeStanding)
def _freeze(state: BattleState, command: ask.FreezeStanding, now_ms: int) -> Outcome:
    return () if command.frozen is (state.frozen is not None) else (did.StandingFrozen(by=command.by, frozen=command.frozen),)


@rule(ask.StartBreak)
def _start_break(state: BattleState, command: ask.StartBreak, now_ms: int) -> Outcome:
    if not 10 <= command.seconds <= 4 * 3600:
        return wrong("bad_duration")
    if state.phase in ANSWERS_OPEN:
        return not_now("answers_are_open")
    return (did.BreakStarted(by=command.by, until_ms=now_ms + state.settings.paced_ms(command.seconds * 1000)),)

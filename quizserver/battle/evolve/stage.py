"""What screens show beside the play."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.effect import effect
from quizserver.battle.standings import STANDINGS, standing
from quizserver.battle.state import BattleState, Stage


@effect(did.StandingShown)
def _standing_shown(state: BattleState, event: did.StandingShown) -> BattleState:
    return replace(state, stage=Stage.STANDING, standing_which=event.which)


@effect(did.PlayShown)
def _play_shown(state: BattleState, event: did.PlayShown) -> BattleState:
    return replace(state, stage=Stage.PLAY)


@effect(did.StandingFrozen)
def _frozen(state: BattleState, event: did.StandingFrozen) -> BattleState:
    return replace(state, frozen={which: standing(state, which) for which in STANDINGS} if event.frozen else None)


@effect(did.BreakStarted)
def _break_started(state: BattleState, event: did.BreakStarted) -> BattleState:
    return replace(state, stage=Stage.BREAK, break_until_ms=event.until_ms)

"""What the host said of marks that came after their gate."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.sheets import merged
from quizserver.battle.state import BattleState
from quizserver.battle.verdicts import kept_out


@effect(did.LateJudged)
def _late_judged(state: BattleState, event: did.LateJudged) -> BattleState:
    verdict = event.verdict
    entered = with_news({verdict.name: state.at_ms}, state.entered)
    return judged(replace(state, verdicts=merged(state.verdicts, [verdict]), entered=entered))


def judged(state: BattleState) -> BattleState:
    """Which late operations do not count is a function of the two sets alone: late operations, and verdicts."""
    out = kept_out(state.verdicts, state.late)
    return state if out == state.kept_out else replace(state, kept_out=out)

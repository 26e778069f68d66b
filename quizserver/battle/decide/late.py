"""What the host says of marks that came after their gate."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.refusals import wrong
from quizserver.battle.sheets import MOST_LETTERS_OF_WHY, merged
from quizserver.battle.state import BattleState
from quizserver.battle.verdicts import Verdict, outcome

MOST_OPERATIONS = 100  # of one verdict: a sheet has at most some sixty


@rule(ask.JudgeLate)
def _judge_late(state: BattleState, command: ask.JudgeLate, now_ms: int) -> Outcome:
    reason = command.reason.strip()
    if not command.operations or len(command.operations) > MOST_OPERATIONS:
        return wrong("too_many_operations")
    if any(name not in state.late for name in command.operations):
        return wrong("not_late")
    if not reason:
        return wrong("reason_needed")
    if len(reason) > MOST_LETTERS_OF_WHY:
        return wrong("reason_too_long")
    operations, over = tuple(sorted({*command.operations})), tuple(sorted({*command.over} - {command.verdict}))
    verdict = Verdict(command.verdict, operations, command.accepted, reason, command.by, over)
    if command.verdict in state.verdicts or not _says_something(state, verdict):
        return ()
    return (did.LateJudged(by=command.by, verdict=verdict),)


def _says_something(state: BattleState, verdict: Verdict) -> bool:
    after = merged(state.verdicts, [verdict])
    return any(outcome(after, name) is not outcome(state.verdicts, name) for name in verdict.operations)

"""When a mark comes too late to count by itself. Decided once, as it is entered, and written beside it; then it waits for the host.

The first mark of a cell is a sheet's, every further one a correction: each has its gate, which the battle's settings place on the
way from the end of its round to the end of the battle. What is late itself makes nothing after it a correction. Going back on the
stage opens no gate again.
"""

from quizserver.battle.ids import RoundId
from quizserver.battle.phases import Phase
from quizserver.battle.settings import Gate
from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState


def is_late(state: BattleState, operation: Operation) -> bool:
    """True if this operation, entered now, waits for the host."""
    counted = state.counting(operation.cell)
    corrects = any(each.value for each in counted.values())
    gate = state.settings.corrections_until if corrects else state.settings.sheets_until
    return is_closed(state, gate, operation.round)


def is_closed(state: BattleState, gate: Gate, playing: RoundId) -> bool:
    """True if the battle is past this gate of a round. A round without a next one is open until the final is shown."""
    if state.phase is Phase.FINISHED or (state.final_shown and gate is not Gate.FINISH):
        return True
    rounds = [each.id for each in state.pack.rounds]
    at = rounds.index(playing)
    passed = {Gate.ROUND_END: rounds[at : at + 1], Gate.NEXT_ROUND_END: rounds[at + 1 : at + 2]}
    return any(each in state.ended for each in passed.get(gate, ()))

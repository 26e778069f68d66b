"""Whether it is certain who has won, which is asked of the end and not of this moment."""

from quizserver.battle.possible import possible_at_the_end
from quizserver.battle.remembering import remembered
from quizserver.battle.scoring import scored_parts
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState
from quizserver.battle.unknown import unknown_parts


def champion_is_certain(state: BattleState) -> bool:
    """True if whoever is first now is first at the end, whatever is still missing and still to come; before the first solution
    nobody is. Nobody can share a first place that is certain but with its points."""
    return _is_certain(state)


@remembered(lambda state: (*scored_parts(state), *unknown_parts(state), state.phase))
def _is_certain(state: BattleState) -> bool:
    first = [row.team for row in standing(state) if row.place == 1]
    if not first or not state.revealed:
        return False
    at_the_end = possible_at_the_end(state)
    return not at_the_end or all(at_the_end[team].worst == 1 for team in first)

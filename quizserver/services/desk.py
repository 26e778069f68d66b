"""What a scorekeeper asks, checked against what this desk may touch."""

from collections.abc import Sequence

from quizserver.battle.commands import ConfirmCollected, EnterMarks
from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import wrong
from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState
from quizserver.services.battles import Done, LiveBattle


async def enter_marks(live: LiveBattle, operations: Sequence[Operation], venue: VenueId | None, by: str) -> Done:
    """Marks of one desk. `venue`: the only venue it may write for; None for the host, who may write for all.

    A desk may send again what it once entered for a team that has moved to another venue since."""
    if venue is not None and any(not _may_enter(live.known, operation, venue) for operation in operations):
        return wrong("not_your_venue")
    return await live.ask(EnterMarks(by=by, operations=tuple(operations)))


async def confirm_collected(live: LiveBattle, venue: VenueId, scope: str, by: str) -> Done:
    """No team of this venue can write any more."""
    return await live.ask(ConfirmCollected(by=by, venue=venue, scope=scope))


def _may_enter(state: BattleState, operation: Operation, venue: VenueId) -> bool:
    team = state.teams.get(operation.team)
    known = state.cells.get((operation.team, operation.round, operation.question), {})
    return operation.venue == venue and (team is None or team.venue == venue or operation.name in known)

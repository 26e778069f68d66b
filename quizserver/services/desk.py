"""What a scorekeeper asks, checked against what this desk may touch."""

from collections.abc import Sequence

from quizserver.battle.commands import ConfirmCollected, EnterMarks, NameScorekeeper
from quizserver.battle.ids import ScorekeeperId, VenueId
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState
from quizserver.services.battles import Done, LiveBattle
from quizserver.services.seating import new_name


async def enter_marks(live: LiveBattle, operations: Sequence[Operation], venue: VenueId | None, by: str) -> Done:
    """Marks of one desk. `venue`: the only venue it may write for; None for the host, who may write for all.

    A desk may send again what it once entered for a team that has moved to another venue since."""
    if venue is not None and any(not _may_enter(live.known, operation, venue) for operation in operations):
        return wrong("not_your_venue")
    return await live.ask(EnterMarks(by=by, operations=tuple(operations)))


async def sit_down(live: LiveBattle, venue: VenueId, scorekeeper: ScorekeeperId, name: str, by: str) -> ScorekeeperId | Refused:
    """Somebody sits at this venue's desk: the person it is there. `name` may be "" for one whom the battle knows."""
    if scorekeeper not in live.known.scorekeepers and not name:
        return wrong("unknown_scorekeeper")
    became = await live.ask(NameScorekeeper(by=by, scorekeeper=scorekeeper, venue=venue, name=new_name(name)))
    return became if isinstance(became, Refused) else live.known.scorekeepers[scorekeeper].person


def late_among(live: LiveBattle, operations: Sequence[Operation]) -> list[str]:
    """The names of those that came after their gate, whatever the host has said of them since."""
    return [operation.name for operation in operations if operation.name in live.known.late]


async def confirm_collected(live: LiveBattle, venue: VenueId, scope: str, by: str) -> Done:
    """No team of this venue can write any more."""
    return await live.ask(ConfirmCollected(by=by, venue=venue, scope=scope))


def _may_enter(state: BattleState, operation: Operation, venue: VenueId) -> bool:
    team = state.teams.get(operation.team)
    known = state.cells.get(operation.cell, {})
    return operation.venue == venue and (team is None or team.venue == venue or operation.name in known)

"""Marks that were carried to the host by hand: they come in as if the desk had sent them, and twice is as good as once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizserver.battle.decide.corrections import MOST_OPERATIONS
from quizserver.battle.ids import ScorekeeperId, VenueId
from quizserver.battle.refusals import Refused
from quizserver.battle.sheets import Operation
from quizserver.battle.state import BattleState
from quizserver.services.battles import LiveBattle
from quizserver.services.desk import confirm_collected, enter_marks, late_among, sit_down


@dataclass(frozen=True, slots=True)
class Carried:
    """What a file says of one venue. `people`: scorekeeper and name."""

    venue: VenueId
    people: tuple[tuple[ScorekeeperId, str], ...]
    collected: tuple[str, ...]
    operations: tuple[Operation, ...]

    def new_operations(self, state: BattleState) -> list[Operation]:
        """Those that the battle does not have."""
        return [operation for operation in self.operations if operation.name not in state.entered]

    def new_collected(self, state: BattleState) -> list[str]:
        """Scopes of which the battle does not know it."""
        return [scope for scope in self.collected if (self.venue, scope) not in state.collected]


@dataclass(slots=True)
class BroughtIn:
    """What became of it. `entered`: operations that are new; `late`: names of those of the file that wait for the host."""

    entered: int = 0
    collected: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    refused: list[tuple[Operation, Refused]] = field(default_factory=list)
    not_collected: list[tuple[str, Refused]] = field(default_factory=list)


async def bring_in(live: LiveBattle, carried: Carried, by: str) -> BroughtIn:
    """Says for the venue all that the file says, in the desk's own order; what the battle refuses is told and holds nothing up.
    Raises StoreGone: what is in by then is in, and the file may be brought again."""
    brought = BroughtIn()
    for scorekeeper, name in carried.people:
        await sit_down(live, carried.venue, scorekeeper, name, by)  # whom it refuses, signs nothing: those marks say so
    for scope in carried.new_collected(live.known):
        refused = await confirm_collected(live, carried.venue, scope, by)
        if isinstance(refused, Refused):
            brought.not_collected.append((scope, refused))
        else:
            brought.collected.append(scope)
    for some in _in_portions(carried.operations):
        await _enter(live, carried.venue, some, by, brought)
    brought.late = late_among(live, carried.operations)
    return brought


async def _enter(live: LiveBattle, venue: VenueId, operations: Sequence[Operation], by: str, brought: BroughtIn) -> None:
    """One wrong mark refuses all that are said with it: then each is said alone."""
    unknown = [each.name for each in operations if each.name not in live.known.entered]
    became = await enter_marks(live, operations, venue, by)
    if not isinstance(became, Refused):
        brought.entered += len(set(unknown))
    elif len(operations) > 1:
        for each in operations:
            await _enter(live, venue, [each], by, brought)
    else:
        brought.refused.append((operations[0], became))


def _in_portions(operations: Sequence[Operation]) -> list[Sequence[Operation]]:
    return [operations[at : at + MOST_OPERATIONS] for at in range(0, len(operations), MOST_OPERATIONS)]

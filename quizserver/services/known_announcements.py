"""What a process remembers of the announcements of its battles. A console looks every other second: rows are read again only when
the store has others, and look-alikes are looked for again only when those or the teams are others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizserver.battle.announcements import Announced, Double, doubles
from quizserver.battle.ids import BattleId
from quizserver.battle.state import BattleState
from quizserver.services.ports import Announcements

MOST_BATTLES = 4  # whose announcements are looked at by turns; 3,000 rows are 2 MB


@dataclass(slots=True)
class _OfBattle:
    changes: int
    rows: Sequence[Announced]
    alike: Mapping[str, tuple[Double, ...]] | None = None
    among: tuple[object, ...] = ()
    """The teams, what their names look like, and which were merged, when `alike` was made."""


class KnownAnnouncements:
    """In front of the port `Announcements`; whatever changes something goes past it."""

    def __init__(self, people: Announcements) -> None:
        self._people = people
        self._known: dict[BattleId, _OfBattle] = {}

    async def rows(self, battle: BattleId) -> Sequence[Announced]:
        """As they are now, oldest first. May raise StoreGone."""
        return (await self._of(battle)).rows

    async def alike(self, battle: BattleId, state: BattleState) -> tuple[Sequence[Announced], Mapping[str, tuple[Double, ...]]]:
        """The rows, and `doubles` of them. May raise StoreGone."""
        known, among = await self._of(battle), (state.teams, state.skeletons, state.merged)
        if known.alike is None or any(was is not now for was, now in zip(known.among, among, strict=True)):
            known.alike, known.among = doubles(state, known.rows), among
        return known.rows, known.alike

    async def _of(self, battle: BattleId) -> _OfBattle:
        changes = (await self._people.tally(battle)).changes
        known = self._known.pop(battle, None)
        if known is None or known.changes != changes:
            known = _OfBattle(changes, await self._people.of_battle(battle))
        self._known[battle] = known
        while len(self._known) > MOST_BATTLES:
            del self._known[next(iter(self._known))]
        return known

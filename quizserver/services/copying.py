"""A consistent copy of a battle that is being played: its ledger, and every answer of the boxes that are open in it.

Nobody is stopped for it. Answers are read between two looks at the ledger: whatever was acknowledged before the copy began is in
it, as an entry or as a row.
"""

from collections.abc import AsyncIterator, Mapping, Sequence

from quizserver.battle.events import AnswerRow
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import BattleId, QuestionId
from quizserver.battle.state import BattleState
from quizserver.services.entries import followed
from quizserver.services.ports import Archive, Boxes, Entry, Head, Ledger

Answers = Mapping[tuple[QuestionId, int], Sequence[AnswerRow]]


class Copying:
    """Read `entries` to their end; then `answers` are those that belong to them, and `head` is the last entry."""

    def __init__(self, battle: BattleId, ledger: Ledger, boxes: Boxes) -> None:
        self._battle, self._ledger, self._boxes = battle, ledger, boxes
        self._state: BattleState | None = None
        self.head = Head()
        self.answers: Answers = {}

    async def entries(self) -> AsyncIterator[Entry]:
        """All entries, in order, as they come. Raises StoreGone, BrokenChain."""
        self.head = Head((await self._ledger.head(self._battle)).epoch)
        while True:
            async for entry in self._further():
                yield entry
            # A box that is open after the entries were read was open while its rows were: a seal is for ever.
            open_now = open_boxes(self._state)
            if self.answers.keys() >= open_now:
                self.answers = {key: rows for key, rows in self.answers.items() if key in open_now}
                return
            self.answers = {key: await self._boxes.rows(self._battle, *key) for key in sorted(open_now)}

    async def _further(self) -> AsyncIterator[Entry]:
        while entries := await self._ledger.read(self._battle, self.head.version):
            for head, event, at_ms in followed(self.head, entries):
                self._state = evolve(self._state, event, at_ms)
                self.head = head
            for entry in entries:
                yield entry


class CopyingArchived:
    """The same from an archive, of a battle that no store has any more."""

    def __init__(self, battle: BattleId, archive: Archive) -> None:
        self._battle, self._archive = battle, archive
        self.head = Head()
        self.answers: Answers = {}

    async def entries(self) -> AsyncIterator[Entry]:
        """As above."""
        self.head = Head((await self._archive.head(self._battle)).epoch)
        state: BattleState | None = None
        async for one in self._archive.read(self._battle):
            for head, event, at_ms in followed(self.head, [one]):
                self.head, state = head, evolve(state, event, at_ms)
            yield one
        rows = await self._archive.answers(self._battle)
        self.answers = {key: rows[key] for key in sorted(open_boxes(state) & rows.keys())}


def open_boxes(state: BattleState | None) -> set[tuple[QuestionId, int]]:
    """Those whose answers are nowhere but in the box."""
    return {key for key, box in state.boxes.items() if not box.sealed} if state else set()

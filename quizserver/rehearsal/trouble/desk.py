"""A desk that goes on without a network: keeps what is typed, sends it when it can, and shows what it last knew.

To its scorekeeper it is a desk like any other (`Typing` of line.py); it never lets anybody wait for the server.
"""

import asyncio
from collections.abc import Callable, Sequence

from quizserver.rehearsal.bell import Bell
from quizserver.rehearsal.line import Desk, Refusal, View
from quizserver.rehearsal.patience import Failed
from quizserver.rehearsal.trouble.by_phone import ByPhone
from quizserver.rehearsal.trouble.memory import Memory
from quizserver.rehearsal.trouble.notebook import Notebook, Operation
from quizserver.rehearsal.trouble.plan import Loss


class OfflineDesk:
    """`losses`: of its messages of marks, in a row. `pause_s`: after which a lost connection is tried again. `told`: called with
    the venue and each scope of which the server has heard that it is collected. `reconnects`, `torn` count."""

    def __init__(
        self, line: Desk, by_phone: ByPhone, losses: Sequence[Loss], pause_s: float, told: Callable[[str, str], None]
    ) -> None:
        self.line, self.notebook = line, Notebook()
        self.on_change: Callable[[], None] = lambda: None
        self.colleague: OfflineDesk | None = None
        self.is_carried = False
        self.reconnects = self.torn = 0
        self.not_collected: dict[str, str] = {}
        self._memory = Memory(lambda: line.view, by_phone)
        self._losses, self._pause_s, self._told = iter(losses), pause_s, told
        self._declared: list[str] = []
        self._to_declare: list[str] = []
        self._sits: tuple[str, str, str] | None = None
        self._is_gone, self._is_on, self._is_seated = False, True, False
        self._talking: asyncio.Task[None] | None = None
        self._bell, self._work = Bell(), asyncio.Event()
        line.on_change = self._ring

    # --- what its scorekeeper sees and does ---

    @property
    def view(self) -> View:
        """As `Memory.view`."""
        return self._memory.view(self._is_on)

    async def changed(self) -> None:
        """The server or the host on the phone has news."""
        await self._bell.rung()

    def now_ms(self) -> int:
        return self.line.now_ms()

    async def sit(self, scorekeeper: str, name: str, venue: str) -> Refusal | None:
        """Said to the server when there is one, and again after every return."""
        self._sits = (scorekeeper, name, venue)
        self._work.set()
        return None

    async def collected(self, scope: str) -> Refusal | None:
        """Said at this table, so the other desk of the venue knows it too."""
        for desk in (self, self.colleague):
            if desk is not None:
                await desk.know_collected(scope)
        return None

    async def know_collected(self, scope: str) -> None:
        """It is told to the server when there is one; where there is none, the key is opened by a code."""
        self._declared.append(scope)
        self._to_declare.append(scope)
        self._work.set()
        if self._is_gone:
            await self._open_by_phone()

    async def marks(self, operations: Sequence[Operation]) -> Refusal | Sequence[str]:
        """Kept here; what becomes of them is heard later."""
        self.notebook.type(operations)
        self._work.set()
        return ()

    async def sheets(self, scope: str) -> list[View]:
        """Whose sheets there are, as this desk was told when the evening began."""
        return self._memory.teams(scope)

    async def leave(self) -> None:
        """Its scorekeeper goes; the desk stays until all has arrived."""

    # --- what the network does to it ---

    @property
    def owes(self) -> bool:
        """True while something is here that the server has not confirmed, or no network; what was carried is owed no more."""
        return not self.is_carried and (not self._is_on or self._has_to_say)

    @property
    def _has_to_say(self) -> bool:
        return bool(self.notebook.waiting or self._to_declare or (self._sits and not self._is_seated))

    @property
    def declared(self) -> Sequence[str]:
        """Scopes that were said here to be collected."""
        return self._declared

    @property
    def person(self) -> tuple[str, str]:
        """Scorekeeper and name of whoever sits here."""
        assert self._sits
        return self._sits[0], self._sits[1]

    def was_carried(self, refused: Sequence[View]) -> None:
        """The host has it all now. `refused`: what was not taken of it, as people call the cell, and why."""
        codes = {(row.get("team"), row.get("round"), row.get("question"), row["value"]): row["code"] for row in refused}
        for name, operation in self.notebook.typed.items():
            if (code := codes.get(self._memory.where(operation))) is not None:
                self.notebook.refused[name] = code
        self.is_carried = True

    async def begin(self) -> None:
        """Fetches what is needed of the evening, while there is a network."""
        self._memory.keep(await self.line.evening())

    async def cut(self) -> None:
        """The network is gone, in the middle of whatever is being said."""
        self._is_gone = True
        if self._talking is not None:
            self._talking.cancel()
            await asyncio.wait([self._talking])
        self._is_on = False
        await self.line.drop()
        await self._open_by_phone()

    async def restore(self) -> None:
        """The network is back, and the desk with what it has."""
        self._is_gone = False
        self._work.set()

    def hear_by_phone(self) -> None:
        """The evening has gone on, and somebody says so."""
        if not self._is_on:
            self._ring()

    async def keep_sending(self) -> None:
        """Until it is cancelled. Raises NoReply and Failed."""
        try:
            while True:
                await self._something_to_do()
                self._talking = asyncio.create_task(self._talk(), name="a desk talks")
                await asyncio.wait([self._talking])
                if not self._talking.cancelled():
                    self._talking.result()
        finally:
            if self._talking is not None:
                self._talking.cancel()

    async def _something_to_do(self) -> None:
        while self._is_gone or (self._is_on and not self._has_to_say):
            self._work.clear()
            await self._work.wait()

    async def _talk(self) -> None:
        if not self._is_on:
            await self._come_back()
        elif self._sits and not self._is_seated:
            await self._sit_down(*self._sits)
        elif self._to_declare:
            await self._declare(self._to_declare[0])
        else:
            await self._send(self.notebook.next_message(), next(self._losses, Loss.NONE))

    async def _come_back(self) -> None:
        await asyncio.sleep(self._pause_s)
        await self.line.come_back()
        self.reconnects += 1
        self._is_on, self._is_seated = True, False
        self._ring()

    async def _sit_down(self, scorekeeper: str, name: str, venue: str) -> None:
        refused = await self.line.sit(scorekeeper, name, venue)
        if isinstance(refused, Refusal):
            raise Failed(f"A scorekeeper could not sit down: {refused.code}.")
        self._is_seated = True

    async def _declare(self, scope: str) -> None:
        refused = await self.line.collected(scope)
        if isinstance(refused, Refusal):
            self.not_collected[scope] = refused.code
        else:
            self._told(self.line.view["venue"]["id"], scope)
        self._to_declare.remove(scope)

    async def _send(self, batch: list[Operation], loss: Loss) -> None:
        match loss:
            case Loss.TORN:
                self.torn += 1
                self._is_on = False
                await self.line.marks_torn(batch)
            case Loss.UNHEARD:
                self._is_on = False
                self.notebook.lost(batch)
                await self.line.marks_unheard(batch)
            case Loss.NONE:
                await self._say(batch)

    async def _say(self, batch: list[Operation]) -> None:
        try:
            reply = await self.line.marks(batch)
        except asyncio.CancelledError:  # the network is gone while the ack is on its way, or the message is
            self.notebook.lost(batch)
            raise
        if isinstance(reply, Refusal):
            self.notebook.not_taken(batch, reply)
        else:
            self.notebook.acked(batch, reply)

    async def _open_by_phone(self) -> None:
        await self._memory.open_by_phone(self._declared)
        self._ring()

    def _ring(self) -> None:
        self.on_change()
        self._bell.ring()

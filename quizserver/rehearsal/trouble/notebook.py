"""What a desk keeps of its marks, whatever becomes of its network: each until the server has said what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizserver.rehearsal.line import Refusal

MOST = 100  # operations of one message

Operation = Mapping[str, Any]
"""As a desk sends it."""


def name_of(operation: Operation) -> str:
    """What an operation is called for ever."""
    return f"{operation['device']}:{operation['counter']}"


class Notebook:
    """Of one device. `typed`: all that was ever typed, by name; `refused`: what the server will never take, and why; `unheard`:
    what had left when its connection was lost; `late`: what came after its gate."""

    def __init__(self) -> None:
        self.typed: dict[str, Operation] = {}
        self.refused: dict[str, str] = {}
        self.late: set[str] = set()
        self.unheard: set[str] = set()
        self.sent_again = 0
        self._waiting: list[Operation] = []
        self._at_once = MOST

    @property
    def waiting(self) -> int:
        """How many have no ack yet."""
        return len(self._waiting)

    def type(self, operations: Sequence[Operation]) -> None:
        """Each is kept before anything is sent. What is typed twice under one name is sent twice."""
        self.typed.update((name_of(each), each) for each in operations)
        self._waiting += operations

    def next_message(self) -> list[Operation]:
        """The oldest that wait, in the order in which they were typed."""
        batch = self._waiting[: self._at_once]
        self.sent_again += sum(name_of(each) in self.unheard for each in batch)
        return batch

    def lost(self, batch: Sequence[Operation]) -> None:
        """Nobody knows whether these have arrived: they wait on."""
        self.unheard |= {name_of(each) for each in batch}

    def acked(self, batch: Sequence[Operation], late: Sequence[str]) -> None:
        """The server has them. `late`: those that the host must let in."""
        self.late |= set(late)
        self._leave(batch)
        self._at_once = min(MOST, self._at_once * 2)

    def not_taken(self, batch: Sequence[Operation], why: Refusal) -> None:
        """One wrong mark refuses its whole message: they go one by one until it is found, and that one is kept apart."""
        if len(batch) > 1:
            self._at_once = 1
            return
        self.refused[name_of(batch[0])] = why.code
        self._leave(batch)

    def _leave(self, batch: Sequence[Operation]) -> None:
        self.unheard -= {name_of(each) for each in batch}
        del self._waiting[: len(batch)]

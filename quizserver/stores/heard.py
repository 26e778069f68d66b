"""Batches of answers whose results this process has been told: the feed need not read them to it once more."""

from uuid import uuid4

MOST = 1000  # as many as the stream keeps


class Heard:
    """One a process, shared by its boxes and its feed. A batch is known by a name that nobody else gives."""

    def __init__(self) -> None:
        self._process, self._number = uuid4().hex[:16], 0
        self._names: dict[bytes, None] = {}

    def next_name(self) -> bytes:
        """For the next batch; until `add` says otherwise its results are lost."""
        self._number += 1
        return f"{self._process} {self._number}".encode()

    def add(self, name: bytes) -> None:
        """The results of this batch have arrived."""
        self._names[name] = None
        if len(self._names) > MOST:
            del self._names[next(iter(self._names))]

    def take(self, name: bytes | None) -> bool:
        """True, once, for a batch whose results have arrived."""
        return name is not None and self._names.pop(name, self) is None

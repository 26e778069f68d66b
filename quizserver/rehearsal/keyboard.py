"""Marks as operations of one device: each has a name for ever and says what it replaces."""

from base64 import b32encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

Cell = Mapping[str, str]
"""{"venue", "team", "round", "question"}, all as the server names them."""


class Keyboard:
    """One device with one person at it; it never uses a counter twice."""

    def __init__(self, device: str) -> None:
        self._device, self._counter = device, 0
        self._last: dict[tuple[str, ...], str] = {}

    def mark(self, cell: Cell, value: str, over: Sequence[str] = ()) -> dict[str, Any]:
        """Writes into a cell. `over`: names of the operations it saw there and replaces."""
        self._counter += 1
        self._last[_key(cell)] = f"{self._device}:{self._counter}"
        named = {"device": self._device, "counter": self._counter, "who": self.person_at(cell["venue"])}
        return {**cell, **named, "value": value, "over": list(over)}

    def person_at(self, venue: str) -> str:
        """The scorekeeper who sits at this device, at this venue: another one at each."""
        return b32encode(sha256(f"{self._device} at {venue}".encode()).digest()[:10]).decode().lower()

    def correct(self, cell: Cell, value: str) -> dict[str, Any]:
        """Replaces what this device wrote there last."""
        return self.mark(cell, value, [last] if (last := self._last.get(_key(cell))) else [])


def _key(cell: Cell) -> tuple[str, ...]:
    return cell["team"], cell["round"], cell["question"]

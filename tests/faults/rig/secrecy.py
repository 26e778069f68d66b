"""Which solutions may be seen by whom: as hosts and scorekeepers have asked for it, and not as the server says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.canary_pack import CanaryPack


@dataclass
class Secrecy:
    """A question is released when a host is about to press Reveal, for a desk also when it is about to say *collected*."""

    pack: CanaryPack
    revealed: set[int] = field(default_factory=set)
    collected: set[int] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    """Of questions in the pack, from 0, by their ids."""

    def leaked(self, heard: str, role: str) -> list[str]:
        """Marks of questions of which this role may know nothing yet."""
        if role == "host":
            return []
        known = self.revealed | (self.collected if role == "desk" else set())
        hidden = (marks for number, marks in enumerate(self.pack.marks) if number not in known)
        return [mark for marks in hidden for mark in marks if mark in heard]

    def know(self, asks: Mapping[str, Mapping[str, Any]]) -> None:
        """Questions by id, with their words, as a console is told them."""
        for question, asked in asks.items():
            said = str(asked["text"]).split("number ")[1]
            self.numbers[question] = int(said[: said.index("?")]) - 1

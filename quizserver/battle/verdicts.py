"""What the host says of operations that came after their gate, as a set of verdicts: order and repeats change nothing.

A verdict names the operations that it lets in or turns away, and the verdicts it saw and replaces. For each operation the verdicts
on it stand that no other verdict on it replaces. If they agree, that is its outcome; two hosts who did not see each other and do
not agree leave it waiting. A verdict that the last one did not see opens the question again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Verdict:
    """`name`: its id. `operations`: the names of those it speaks of, at most 100. `by`: who pressed. `over`: names of verdicts."""

    name: str
    operations: tuple[str, ...]
    accepted: bool
    why: str
    by: str
    over: tuple[str, ...] = ()


Verdicts = Mapping[str, Verdict]
"""Verdicts by name."""


class Outcome(StrEnum):
    """What has become of a late operation. The value is the word on the wire."""

    WAITS = "waits"
    ACCEPTED = "accepted"
    REFUSED = "refused"


def on(known: Verdicts, operation: str) -> list[Verdict]:
    """The verdicts that speak of this operation, in a stable order."""
    return sorted((verdict for verdict in known.values() if operation in verdict.operations), key=lambda verdict: verdict.name)


def standing_on(known: Verdicts, operation: str) -> list[Verdict]:
    """Those of them that no other replaces."""
    spoken = on(known, operation)
    replaced = {name for verdict in spoken for name in verdict.over}
    return [verdict for verdict in spoken if verdict.name not in replaced]


def outcome(known: Verdicts, operation: str) -> Outcome:
    """What a set of verdicts makes of one operation; independent of their order."""
    words = {verdict.accepted for verdict in standing_on(known, operation)}
    if len(words) != 1:
        return Outcome.WAITS
    return Outcome.ACCEPTED if words == {True} else Outcome.REFUSED


def kept_out(known: Verdicts, late: Iterable[str]) -> frozenset[str]:
    """Of these late operations those that do not count."""
    return frozenset(name for name in late if outcome(known, name) is not Outcome.ACCEPTED)

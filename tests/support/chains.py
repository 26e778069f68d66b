"""Entries that continue a ledger, without any event in them."""

from collections.abc import Sequence

from quizserver.services.entries import link
from quizserver.services.ports import Entry, Head


def chain(head: Head, *bodies: str, beside: bytes = b"") -> list[Entry]:
    """One entry a body."""
    entries: list[Entry] = []
    for version, body in enumerate(bodies, head.version + 1):
        previous = entries[-1].hash if entries else head.hash
        entries.append(Entry(version, body.encode(), link(previous, body.encode()), beside))
    return entries


def head_after(head: Head, entries: Sequence[Entry]) -> Head:
    return Head(head.epoch, entries[-1].version, entries[-1].hash)


def is_whole(entries: Sequence[Entry]) -> bool:
    """Numbered from 1 without a hole, each continuing the one before it."""
    return list(entries) == chain(Head(), *(entry.body.decode() for entry in entries))

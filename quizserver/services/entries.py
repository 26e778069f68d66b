"""Events as lines of a ledger and back: canonical JSON, a hash chain, names beside it.

`hash` of an entry = sha256(previous hash as ASCII hex + body). The body is JSON with sorted keys, no spaces, UTF-8; a `Name` in it
is replaced by its commitment sha256(salt + text), and salt and text stand in `beside`, so that a name can be blanked (taken out of
it) and the chain still verifies. Reading checks every hash, and that whatever stands beside is what the body commits to.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter, ValidationError

from quizserver.battle.events import EVENTS, Event, Name, ScorekeeperNamed, TeamRenamed, TeamsJoined
from quizserver.services.ports import BrokenChain, Entry, Head

Happened = tuple[Event, int]
"""An event and its battle time in milliseconds."""

NAMED = (ScorekeeperNamed, TeamRenamed, TeamsJoined)
"""The events that hold names; only in these does {"name": ...} stand for one."""

_BESIDE = TypeAdapter(dict[str, Name])
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError)


@cache
def _adapter(name: str) -> TypeAdapter[Event]:
    return TypeAdapter(EVENTS[name])


_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value: Any) -> bytes:
    """One form for equal values: sorted keys, no spaces, UTF-8, no NaN."""
    return _JSON.encode(value).encode()


def commitment(text: str, salt: str) -> str:
    """What the chain knows of a name."""
    return sha256(f"{salt}{text}".encode()).hexdigest()


def link(previous: str, body: bytes) -> str:
    """The hash of an entry that follows `previous`."""
    return sha256(previous.encode() + body).hexdigest()


def chained(head: Head, history: Iterable[Happened]) -> list[Entry]:
    """The entries that continue `head`, one an event."""
    entries: list[Entry] = []
    previous = head.hash
    for version, (event, at_ms) in enumerate(history, head.version + 1):
        body, beside = encode(event, at_ms)
        previous = link(previous, body)
        entries.append(Entry(version, body, previous, beside))
    return entries


def encode(event: Event, at_ms: int) -> tuple[bytes, bytes]:
    """Body and what stands beside it."""
    names: dict[str, dict[str, str]] = {}
    # The fallback is for mappings other than dicts, of which pydantic would warn.
    fields = _adapter(type(event).__name__).dump_python(event, mode="json", fallback=dict, warnings=False)
    if isinstance(event, NAMED):
        fields = _committed(fields, names)
    body = canonical_json({"type": type(event).__name__, "v": event.v, "at": at_ms, **fields})
    return body, canonical_json(names) if names else b""


def decode(entry: Entry) -> Happened:
    """The event of an entry and its time. Raises BrokenChain where it is none of ours or a name does not fit its commitment."""
    try:
        fields, names = json.loads(entry.body), _names_of(entry)
        cls, at_ms = EVENTS[fields.pop("type")], fields.pop("at")
        if fields.pop("v") != cls.v or not isinstance(at_ms, int):
            raise ValueError("another version of this program")
        committed: set[str] = set()
        if issubclass(cls, NAMED):
            fields = _named(fields, names, committed)
        if names.keys() - committed:
            raise ValueError("names beside it that it does not commit to")
        return _adapter(cls.__name__).validate_python(_frozen(fields)), at_ms
    except _UNREADABLE as problem:
        raise BrokenChain(f"entry {entry.version} cannot be read: {_first_line(problem)}") from problem


def followed(head: Head, entries: Iterable[Entry]) -> Iterator[tuple[Head, Event, int]]:
    """Checks that the entries continue `head` one by one; yields each new head with its event and time. Raises BrokenChain."""
    for entry in entries:
        if entry.version != head.version + 1 or entry.hash != link(head.hash, entry.body):
            raise BrokenChain(f"entry {entry.version} does not continue entry {head.version}")
        head = Head(head.epoch, entry.version, entry.hash)
        yield head, *decode(entry)


def _committed(value: Any, names: dict[str, dict[str, str]]) -> Any:
    """The same plain value with every name replaced by {"name": commitment}; what was replaced is put into `names`."""
    if isinstance(value, Mapping):
        if value.keys() == {"text", "salt"}:
            sealed = commitment(value["text"], value["salt"])
            names[sealed] = dict(value)
            return {"name": sealed}
        return {key: _committed(item, names) for key, item in value.items()}
    return [_committed(item, names) for item in value] if isinstance(value, list) else value


def _names_of(entry: Entry) -> dict[str, Name]:
    """What stands beside an entry, by commitment; every name fits its own."""
    if not entry.beside:
        return {}
    plain = json.loads(entry.beside)
    names = _BESIDE.validate_python(plain)
    if canonical_json(plain) != entry.beside or any(commitment(name.text, name.salt) != sealed for sealed, name in names.items()):
        raise ValueError("a name that does not fit its commitment")
    return names


def _named(value: Any, names: Mapping[str, Name], committed: set[str]) -> Any:
    """The same value with every commitment, which is put into `committed`, replaced by its name, or by an empty one."""
    if isinstance(value, Mapping):
        if value.keys() == {"name"}:
            committed.add(value["name"])
            known = names.get(value["name"], Name("", ""))
            return {"text": known.text, "salt": known.salt}
        return {key: _named(item, names, committed) for key, item in value.items()}
    return [_named(item, names, committed) for item in value] if isinstance(value, list) else value


def _first_line(problem: BaseException) -> str:
    return f"{type(problem).__name__} {str(problem).splitlines()[0] if str(problem) else ''}".strip()


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down: events hold no lists."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value

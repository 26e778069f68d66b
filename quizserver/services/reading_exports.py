"""Reading an exported file line by line. Every line must be, to the byte, as exporting.py writes it: else it was altered."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from quizserver.services.exporting import FORMAT, VERSION, digest_line, entry_line, header_line
from quizserver.services.ports import Entry


class Differs(Exception):
    """The first thing that does not hold, in one sentence that names the entry or the line."""


class Export:
    """One file: a header, entries, the digest. `battle` is known once its first entry is read."""

    def __init__(self) -> None:
        self.battle = ""
        self._whole = sha256()

    def entries(self, lines: Iterable[bytes]) -> Iterator[Entry]:
        """The entries one by one; the digest is checked behind the last. Raises Differs."""
        ended = False
        for number, line in enumerate(lines, 1):
            if ended:
                raise Differs(f"line {number}: the file goes on after its digest")
            fields = _fields(line, number)
            if number == 1:
                self.battle = _battle(fields, line)
            elif ended := fields.keys() == {"digest"}:
                self._check_digest(line)
            else:
                yield _entry(fields, line, number)
            self._whole.update(line)
        if not ended:
            raise Differs("the file has no digest at its end: it was cut off")

    def _check_digest(self, line: bytes) -> None:
        if line != digest_line(self._whole.hexdigest()):
            raise Differs("the digest at the end is not that of the lines before it")


def _fields(line: bytes, number: int) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise Differs(f"{_named(number)} is not a line of an export")
    return fields


def _named(number: int) -> str:
    """A line, and the entry that stands in it."""
    return f"line {number} (entry {number - 1})" if number > 1 else "line 1"


def _battle(fields: dict[str, Any], line: bytes) -> str:
    if fields.get("format") != FORMAT:
        raise Differs("line 1: this is not an exported battle")
    if fields.get("v") != VERSION:
        raise Differs(f"line 1: the export is of version {fields.get('v')}, this program reads {VERSION}")
    battle = str(fields.get("battle"))
    if line != header_line(battle):
        raise Differs("line 1 is not written as an export writes it")
    return battle


def _entry(fields: dict[str, Any], line: bytes, number: int) -> Entry:
    match fields:
        case {"version": int(version), "body": str(body), "hash": str(link), **rest}:
            entry = Entry(version, _bytes(body), link, _bytes(str(rest.get("beside", ""))))
        case _:
            raise Differs(f"{_named(number)} is not an entry")
    if line != entry_line(entry):
        raise Differs(f"{_named(number)} is not written as an export writes it")
    return entry


def _bytes(text: str) -> bytes:
    # Half a letter is no text that we wrote, and the line will not be the same.
    return text.encode("utf-8", "replace")

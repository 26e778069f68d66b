"""A file of separated values as rows: semicolons, commas or tabs, UTF-8 with a mark at its start or without one."""

import csv
import io
from collections.abc import Sequence

from quizserver.battle.refusals import Refused, wrong

MOST_BYTES = 1_000_000
TOO_BIG = wrong("file_too_big", str(MOST_BYTES // 1_000_000))
SEPARATORS = ";\t,"


def rows_of(raw: bytes) -> Sequence[Sequence[str]] | Refused:
    """The separator is the one that the first line has most of; in that of a tie, the first of SEPARATORS."""
    if len(raw) > MOST_BYTES:
        return TOO_BIG
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return wrong("file_not_utf8")
    if "\0" in text:
        return wrong("file_not_utf8")
    first = text.lstrip().partition("\n")[0]
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count)))
    except csv.Error:
        return wrong("file_not_a_table")

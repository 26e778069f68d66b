"""A CSV file that opens as it was meant in spreadsheet programs, and in which no name ever becomes a formula."""

from collections.abc import Iterable, Sequence

from quizserver.spreadsheets.table import Cell

GUARD = "'"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)
"""What makes a program take a text for a formula (OWASP, CSV Injection); and the guard, so that it can be taken off again."""


def written_csv(rows: Iterable[Sequence[Cell]], decimal_mark: str = ".") -> bytes:
    """With semicolons and a BOM, for else Excel takes the letters for an old alphabet. Texts stand in quotes, so that no separator
    in a name begins another cell, whatever the program that opens it parts cells by."""
    lines = (";".join(_written(cell, decimal_mark) for cell in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text, behind a guard where it needs one."""
    return GUARD + text if text.lstrip(" \u00a0").startswith(DANGEROUS) else text


def without_guard(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith(GUARD) and guarded(text[1:]) != text[1:] else text


def _written(cell: Cell, decimal_mark: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return '"' + guarded(cell).replace('"', '""') + '"' if cell else ""
    return f"{cell:f}".replace(".", decimal_mark) if not isinstance(cell, int) else str(cell)

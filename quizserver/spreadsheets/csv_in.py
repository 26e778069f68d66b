"""A CSV file as spreadsheet programs write it: with a comma, a semicolon or a tab, in UTF-8, UTF-16 or Windows' Cyrillic."""

import csv
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from quizserver.spreadsheets.csv_out import without_guard
from quizserver.spreadsheets.limits import MOST_LETTERS, check_cell, check_row
from quizserver.spreadsheets.table import Row, Table, Unreadable, rows_of

DELIMITERS = ";\t,"
"""Of equally good ones the first: a comma may also stand inside a number."""
LOOKED_AT = 50  # lines, to find out which it is


def read_csv(file: bytes) -> tuple[Table, ...]:
    """One table. Raises Unreadable."""
    lines = _text(file).splitlines(keepends=True)
    skipped = 1 if lines and lines[0].lower().startswith("sep=") else 0  # a word to Excel
    csv.field_size_limit(MOST_LETTERS * 2)
    try:
        delimiter = lines[0][4:5] if skipped and lines[0][4:5] in DELIMITERS else _delimiter(lines[skipped:])
        return (Table("", rows_of([*_rows(lines[skipped:], delimiter, skipped)])),)
    except csv.Error as problem:
        raise Unreadable("file_is_broken") from problem


def _rows(lines: list[str], delimiter: str, skipped: int) -> Iterable[Row]:
    reader, line = csv.reader(lines, delimiter=delimiter), skipped + 1
    for cells in reader:
        if any(cells):
            check_row(line, len(cells))
            yield Row(line, tuple(without_guard(check_cell(cell, line)).strip() for cell in cells))
        line = skipped + reader.line_num + 1


def _text(file: bytes) -> str:
    if file.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(file, "utf-16")
    try:
        text = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decoded(file, "cp1251")
    if any(sign < " " and sign not in "\t\r\n" for sign in text):
        raise Unreadable("file_is_no_table")
    return text


def _decoded(file: bytes, encoding: str) -> str:
    try:
        return file.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Unreadable("file_is_no_table") from problem


def _delimiter(lines: list[str]) -> str:
    """The one that parts most lines into equally many cells."""
    return max(DELIMITERS, key=lambda each: _alike(islice(lines, LOOKED_AT), each))


def _alike(lines: Iterable[str], delimiter: str) -> int:
    try:
        widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter) if len(cells) > 1)
    except csv.Error:
        return 0
    return max(widths.values(), default=0)

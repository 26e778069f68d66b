"""Tests that a table names by file and name, under tests/: whether there are such."""

import ast
from collections.abc import Iterable
from pathlib import Path

TESTS = Path(__file__).parents[1]


def missing(names: Iterable[str]) -> list[str]:
    """Of these `file::test` those that are not there, each once."""
    return [name for name in sorted({*names}) if not _is_there(*name.partition("::")[::2])]


def _is_there(file: str, test: str) -> bool:
    return (TESTS / file).is_file() and test in _names_in(TESTS / file)


def _names_in(file: Path) -> set[str]:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {each.name for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}

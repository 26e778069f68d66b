"""Every threat has a test that holds it, or a sentence that says which part of the server it waits for."""

import ast
from pathlib import Path

from tests.attacks.threats import LATER, THREATS

TESTS = Path(__file__).parents[1]


def names_in(file: Path) -> set[str]:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {each.name for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_threat_is_in_the_table_once() -> None:
    assert sorted([*THREATS, *LATER]) == list(range(1, 40))


def test_every_test_that_holds_a_threat_exists() -> None:
    named = {name.partition("::")[::2] for names in THREATS.values() for name in names}
    assert all(THREATS.values())
    assert [(file, test) for file, test in sorted(named) if test not in names_in(TESTS / file)] == []

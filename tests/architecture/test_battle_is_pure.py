"""The battle is a pure state machine: what it may import is listed here, everything else is forbidden.

import-linter can only forbid; an allow-list also stops the product that nobody has thought of.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BATTLE = ROOT / "quizserver" / "battle"
ALLOWED = set(
    "__future__ abc bisect collections dataclasses decimal enum fractions functools hashlib heapq itertools math "
    "numbers operator re string types typing unicodedata".split()
)


def imported(source: str) -> Iterator[str]:
    """Every module a source names in an import, wherever it stands; relative ones begin with a dot."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")
        elif isinstance(node, ast.Name) and node.id in {"__import__", "open", "exec", "eval"}:
            yield node.id


def forbidden(source: str) -> list[str]:
    return [name for name in imported(source) if not is_allowed(name)]


def is_allowed(name: str) -> bool:
    is_own = name == "quizserver.battle" or name.startswith("quizserver.battle.")
    return is_own or name.split(".")[0] in ALLOWED


@pytest.mark.parametrize("file", sorted(BATTLE.rglob("*.py")), ids=lambda file: str(file.relative_to(BATTLE)))
def test_battle_imports_only_what_is_on_the_list(file: Path) -> None:
    assert forbidden(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", ["import time", "from os import path", "from quizserver import wire", "open('f')"])
def test_clocks_files_neighbours_and_products_are_not_on_it(source: str) -> None:
    assert forbidden(f"def f():\n    {source}\n")


@pytest.mark.parametrize("source", ["import re", "from collections.abc import Set", "import quizserver.battle.ids"])
def test_the_listed_modules_and_battle_itself_are(source: str) -> None:
    assert forbidden(source) == []

"""Faults that no test of behaviour finds: a check that nobody awaits is always true; the wall clock jumps; a default is computed
once for ever."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("quizserver", "rounds", "host_console", "player_web")
SOURCES = [file for folder in PACKAGES for file in (ROOT / folder).rglob("*.py")]
TREES = {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in SOURCES}
WALL_CLOCKS = {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
OUTSIDE_OF_BATTLES = ("quizserver/doctor/", "quizserver/forget.py", "quizserver/announced_file.py")
"""One looks whether the wall clock is right, one counts days, one says when a file was read."""
NEVER_THE_SAME = ("time.", "datetime.", "random.", "secrets.", "uuid.", "os.urandom", "new_id", "new_token", "monotonic")
UNAWAITED = {
    "a check as a condition": "    if may_join():\n        print()",
    "a check as a value": "    print(may_join() and 1)",
    "a check that stands alone": "    may_join()",
}


def calls_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def evaluated_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Defaults of arguments and of fields, wherever they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from (*node.args.defaults, *(each for each in node.args.kw_defaults if each))
        elif isinstance(node, ast.ClassDef):
            yield from (each.value for each in node.body if isinstance(each, ast.Assign | ast.AnnAssign) and each.value)


@pytest.mark.parametrize("written", UNAWAITED.values(), ids=UNAWAITED.keys())
def test_a_check_that_nobody_awaits_fails_the_types(tmp_path: Path, written: str) -> None:
    file = tmp_path / "forgotten.py"
    file.write_text(f"async def may_join() -> bool:\n    return False\n\n\nasync def join() -> None:\n{written}\n")
    options = ("--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".mypy_cache"))
    done = subprocess.run([sys.executable, "-m", "mypy", *options, str(file)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1 and "Found 1 error in 1 file" in done.stdout, done.stdout + done.stderr


def test_no_deadline_is_told_by_the_wall_clock() -> None:
    """Battle time is the store's; waits go by a clock that never jumps."""
    played = {name: tree for name, tree in TREES.items() if not name.startswith(OUTSIDE_OF_BATTLES)}
    read = [f"{name}:{line}" for name, tree in played.items() for line, called in calls_in(tree) if called in WALL_CLOCKS]
    assert read == []


def test_no_default_is_computed_once_for_ever() -> None:
    found = [
        f"{name}:{line}: {called}"
        for name, tree in TREES.items()
        for default in evaluated_at_import(tree)
        for line, called in calls_in(default)
        if called.startswith(NEVER_THE_SAME)
    ]
    assert found == []

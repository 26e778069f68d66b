"""Every small mistake that somebody could make in one file, one at a time.

Annotations, decorators, docstrings, imports and names of types are left alone.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.mutants.mistakes import mistakes

NOT_RUN = ("annotation", "returns", "decorator_list", "bases", "keywords", "type_params")
"""Fields that say something of types, or hang something on a definition."""
NAMED = (ast.FunctionDef, ast.ClassDef)
CONTEXTS = 30  # characters shown on either side of a change


@dataclass(frozen=True)
class Mutant:
    """One file with one mistake. `function` is the one in whose body it is, or ""; `lines` are those of the statement it is in,
    `before` and `after` what changed in it."""

    file: str
    function: str
    lines: range
    before: str
    after: str
    source: str

    @property
    def module(self) -> str:
        return self.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def key(self) -> tuple[str, str, str, str]:
        """By which a verdict on it is found again."""
        return self.file, self.function, self.before, self.after


def mutants(file: str, source: str) -> Iterator[Mutant]:
    """All of them, in the order of the file."""
    tree = ast.parse(source)
    whole = ast.unparse(tree)
    seen = {whole}
    for place in _places(tree, "", range(0)):
        for changed in mistakes(place.node, bool(place.function)):
            place.put(changed)
            mistaken = ast.unparse(tree)
            place.put(place.node)
            if mistaken not in seen:
                seen.add(mistaken)
                yield Mutant(file, place.function, place.lines, *_difference(whole, mistaken), mistaken)


def unchanged(mutant: Mutant) -> Mutant:
    """The same without the mistake."""
    source = Path(mutant.file).read_text(encoding="utf-8")
    return replace(mutant, before="", after="", source=ast.unparse(ast.parse(source)))


@dataclass(frozen=True)
class _Place:
    """Where a node hangs: in a field of its parent, `at` if the field is a list."""

    parent: ast.AST
    field: str
    at: int | None
    node: ast.AST
    function: str
    lines: range

    def put(self, node: ast.AST) -> None:
        if self.at is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.at] = node


def _places(parent: ast.AST, outer: str, lines: range) -> Iterator[_Place]:
    for field, at, node in _children(parent):
        if _is_left_alone(node):
            continue
        within = _lines(node) if isinstance(node, ast.stmt) else lines
        inner = f"{outer}.{parent.name}".lstrip(".") if isinstance(parent, NAMED) and field == "body" else outer
        yield _Place(parent, field, at, node, inner, within)
        yield from _places(node, inner, within)


def _children(parent: ast.AST) -> list[tuple[str, int | None, ast.AST]]:
    found: list[tuple[str, int | None, ast.AST]] = []
    for field, value in ast.iter_fields(parent):
        if field in NOT_RUN and not isinstance(parent, ast.Call):
            continue
        if isinstance(value, ast.AST):
            found.append((field, None, value))
        elif isinstance(value, list):
            found.extend((field, at, each) for at, each in enumerate(value) if isinstance(each, ast.AST))
    return found


def _lines(node: ast.stmt) -> range:
    """Of a compound statement its head alone: its body has statements of its own."""
    inner = getattr(node, "body", None) or getattr(node, "cases", None)
    first = getattr(inner[0], "lineno", None) or inner[0].pattern.lineno if inner else None
    return range(node.lineno, max(first, node.lineno + 1) if first else (node.end_lineno or node.lineno) + 1)


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(ast.Constant()):
            return True
        case ast.Assign([ast.Name(name)], value):
            names_a_type = isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name) and value.value.id[0].isupper()
            makes_a_type = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "TypeVar"
            return name.startswith("__") or names_a_type or makes_a_type
    return False


def _difference(whole: str, mistaken: str) -> tuple[str, str]:
    """What changed, within its line and with a few characters around it."""
    start = next((at for at, (a, b) in enumerate(zip(whole, mistaken, strict=False)) if a != b), min(len(whole), len(mistaken)))
    most = min(len(whole), len(mistaken)) - start
    same = next((at for at in range(most) if whole[-1 - at] != mistaken[-1 - at]), most)
    return tuple(_shown(text, start, len(text) - same) for text in (whole, mistaken))  # type: ignore[return-value]


def _shown(text: str, start: int, end: int) -> str:
    left = max(text.rfind("\n", 0, start) + 1, start - CONTEXTS)
    line_end = text.find("\n", end)
    right = min(len(text) if line_end < 0 else line_end, end + CONTEXTS)
    return " ".join(text[left:right].split())

"""YAML read into plain values, with the line of each kept, so that whatever is wrong with it later can be found."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

import yaml

from rounds.findings import Finding, PackError, Severity
from rounds.safe_yaml import Unreadable, plain, read_nodes

Step = str | int
Where = tuple[Step, ...]
"""The way to a value from the top of the file: ("rounds", 0, "title")."""
Tree = str | int | bool | None | list["Tree"] | dict[str, "Tree"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each value of a file stands."""

    file: str
    lines: Mapping[Where, int]

    def of(self, where: Where) -> int:
        """The line of a value, or of the nearest thing around it that was written."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 0)

    def finding(self, severity: Severity, where: Where, sentence: str) -> Finding:
        """A finding about the value at `where`."""
        return Finding(severity, self.file, self.of(where), spell(where), sentence)

    def error(self, where: Where, sentence: str) -> Finding:
        """An error about the value at `where`."""
        return self.finding(Severity.ERROR, where, sentence)

    def warning(self, where: Where, sentence: str) -> Finding:
        """A warning about the value at `where`."""
        return self.finding(Severity.WARNING, where, sentence)


def spell(where: Where) -> str:
    """A way through the file as people write it, counted from 1: `rounds[1].title`."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in where).removeprefix(".")


def read_yaml(path: Path) -> tuple[Tree, Lines]:
    """The file's plain values and their lines. Raises PackError with everything that is wrong with it as YAML."""
    try:
        node = read_nodes(path)
    except Unreadable as wrong:
        raise PackError([Finding(Severity.ERROR, str(path), wrong.line, "", wrong.sentence)]) from None
    reading = _Reading(str(path))
    tree = reading.value(node, ())
    if reading.findings:
        raise PackError(reading.findings)
    return tree, Lines(str(path), reading.lines)


class _Reading:
    """Turns nodes into plain values; remembers lines, and collects what is wrong instead of stopping at it."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Where, int] = {(): 1}
        self.findings: list[Finding] = []
        self._file = file

    def value(self, node: yaml.Node | None, where: Where) -> Tree:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self._placed(one, (*where, place), one) for place, one in enumerate(node.value)]
        return self._scalar(node, where) if isinstance(node, yaml.ScalarNode) else None

    def _scalar(self, node: yaml.ScalarNode, where: Where) -> Tree:
        if not _is_text(node.value):
            self._wrong(node, where, "has an escape that is no letter")
        return plain(node)

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Tree]:
        values: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or not _is_text(key_node.value):
                self._wrong(key_node, where, "has a field whose name is no word")
            elif key_node.value in values:
                first = self.lines[(*where, key_node.value)]
                self._wrong(key_node, (*where, key_node.value), f"is given twice, first on line {first}")
            else:
                values[key_node.value] = self._placed(value_node, (*where, key_node.value), key_node)
        return values

    def _placed(self, node: yaml.Node, where: Where, at: yaml.Node) -> Tree:
        self.lines[where] = at.start_mark.line + 1
        return self.value(node, where)

    def _wrong(self, node: yaml.Node, where: Where, sentence: str) -> None:
        line = node.start_mark.line + 1
        self.findings.append(Finding(Severity.ERROR, self._file, line, spell(where), sentence))


def _is_text(text: str) -> bool:
    """No control characters and no half characters: quotes allow both, as escapes."""
    return all(category(letter) not in ("Cc", "Cs") or letter in "\n\t" for letter in text)

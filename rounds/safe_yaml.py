"""YAML nodes out of a file that may come from a stranger.

No aliases (they can grow a small file without end), no tags, a bounded size and depth. Only `true`, `false`, `null` and
whole numbers are more than text, so that `no`, `1.10`, `12:30` and a date stay what was written, and no float is made.
"""

from pathlib import Path
from re import compile as pattern
from typing import Any

import yaml

MOST_BYTES = 1_000_000  # an evening of 54 questions in two languages is about 100 KB
MOST_DEPTH = 20  # the deepest thing a pack says, a text of an option, is at 8

_HINT = "; inside { } and [ ] a text with a comma or a question mark needs quotes, or a line of its own"
_NULL, _BOOL, _INT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int"


class Unreadable(Exception):
    """A file that is no YAML we take: the line (0: the whole file) and a sentence."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


def read_nodes(path: Path) -> yaml.Node | None:
    """The root node of a file, None if it is empty. Raises Unreadable."""
    text = _text(path)
    try:
        return _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        hint = _HINT if "',' or" in str(wrong.problem) else ""
        raise Unreadable(mark.line + 1 if mark else 0, f"is no YAML: {wrong.problem or wrong.context}{hint}") from None
    except yaml.reader.ReaderError as wrong:
        line = text.count("\n", 0, wrong.position) + 1
        raise Unreadable(line, "has a character that YAML does not allow") from None
    except (ValueError, OverflowError):  # PyYAML's own slip over "\U00110000" and "\UFFFFFFFF"
        raise Unreadable(0, "has an escape \\U that is no character") from None


def plain(node: yaml.ScalarNode) -> str | int | bool | None:
    """What a scalar says."""
    text: str = node.value
    if node.tag == _NULL:
        return None
    if node.tag == _BOOL:
        return text == "true"
    return int(text) if node.tag == _INT else text


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise Unreadable(0, f"cannot be read: {wrong.strerror or wrong}") from None
    if len(raw) > MOST_BYTES:
        raise Unreadable(0, f"is over {MOST_BYTES:,} bytes long")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable(raw.count(b"\n", 0, wrong.start) + 1, "is not UTF-8 text; save it as UTF-8") from None


class _Loader(yaml.SafeLoader):
    """Composes nodes only; refuses what a pack does not need before it costs anything."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(line, "uses & or * for an alias; write the text out, or put it in quotes")
        if getattr(event, "tag", None):
            raise Unreadable(line, "uses ! for a tag; put the text in quotes")
        if self.depth >= MOST_DEPTH:
            raise Unreadable(line, f"is nested deeper than {MOST_DEPTH} levels")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(_NULL, pattern(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver(_BOOL, pattern(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver(_INT, pattern(r"^(?:0|-?[1-9][0-9]{0,17})$"), list("-0123456789"))

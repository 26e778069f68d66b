"""A pack folder with a mark nobody could guess in every part of every solution, in the files of its pictures too."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

COLOURS = {"accent": "#8fcdf3", "accent_ink": "#0b1722", "field": "#a6d2ee", "field_2": "#87bfe3", "field_ink": "#0b1e30"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">'
RULES = {"reading_seconds": 0, "grace_ms": 0}
PARTS = ("accept", "also", "reject", "fun_fact", "source", "notes", "file", "drawn", "alt")


@dataclass(frozen=True)
class CanaryPack:
    """`marks` by question, in the order of the pack."""

    folder: Path
    marks: list[list[str]]

    def sung(self, heard: str) -> set[int]:
        """Numbers of the questions, from 0, of whose solution something is in what was heard."""
        return {number for number, marks in enumerate(self.marks) if any(mark in heard for mark in marks)}


def write(folder: Path, seed: int = 1, kinds: Sequence[str] = ("one", "text", "number")) -> CanaryPack:
    """Two rounds of a choice, a text and a number: one revealed at its end, one question by question with slips."""
    random, marks = Random(seed), list[list[str]]()
    (folder / "media").mkdir(parents=True)
    asked = [[_question(folder, random, marks, kind) for kind in kinds] for _ in range(2)]
    first = {"title": "First", "reveal": "round_end", **RULES, "questions": asked[0]}
    second = {"title": "Second", "reveal": "each", "collect": "question", **RULES, "questions": asked[1]}
    pack = {"pack": folder.name, "title": "Canaries", "languages": ["en"], "theme": COLOURS, "rounds": [first, second]}
    (folder / "pack.yaml").write_text(json.dumps(pack), encoding="utf-8")  # JSON is YAML
    return CanaryPack(folder, marks)


def _question(folder: Path, random: Random, marks: list[list[str]], kind: str) -> dict[str, Any]:
    planted = {part: f"z{random.getrandbits(120):030x}" for part in PARTS}
    digits = str(random.randrange(10**14, 10**15))
    marks.append([*planted.values(), digits])
    files = {"picture": f"media/{len(marks)}.svg", "answer_picture": f"media/{planted['file']}.svg"}
    for file, words in zip(files.values(), ("asked", planted["drawn"]), strict=True):
        (folder / file).write_text(f'{SVG}<text x="5" y="30">{words}</text></svg>', encoding="utf-8")
    options = [{"text": "this", "right": True}, {"text": "that"}, {"text": "neither"}]
    keys: dict[str, dict[str, Any]] = {
        "one": {"options": options},
        "text": {"accept": {"en": [planted["accept"], planted["also"]]}, "reject": [planted["reject"]]},
        "number": {"value": int(digits), "mode": "nearest"},
    }
    return {
        "kind": kind,
        "ask": f"What is asked here, number {len(marks)}?",
        "picture": {"file": files["picture"], "alt": "What is asked"},
        "answer_picture": {"file": files["answer_picture"], "alt": planted["alt"]},
        "fun_fact": planted["fun_fact"],
        "source": planted["source"],
        "notes": planted["notes"],
        **keys[kind],
    }

"""A pack of many rounds out of packs of few: an evening has six or seven, and gates lie between them.

Questions, rules and solutions are the packs' own; pictures are left at home, since nobody looks at them here.
"""

import json
from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import Any

from rounds.library import HOME, packs
from rounds.written import FILE
from rounds.yaml_lines import read_yaml

NAME = "evening"
MOST_QUESTIONS = 4  # a round; of seven one has three
LAST_CALL_S = 30  # where the packs say more: there are so many of them
PICTURES = ("picture", "answer_picture")

Tree = dict[str, Any]


def all_packs() -> list[Path]:
    """The folders of the packs that come with the server, in a fixed order."""
    return [HOME / name for name in packs()]


def write_pack(folder: Path, sources: Sequence[Path], most: int = MOST_QUESTIONS) -> Path:
    """Makes the folder of the pack `evening` inside `folder`: the rounds of all sources, each parted into rounds of at most `most`
    questions. The first source gives languages and colours."""
    trees: list[Any] = [read_yaml(source / FILE)[0] for source in sources]
    theme = {name: value for name, value in trees[0]["theme"].items() if name != "art"}
    rounds = [part for tree in trees for one in tree["rounds"] for part in _parts(one, most)]
    pack = {**trees[0], "pack": NAME, "title": {"ru": "Весь вечер", "en": "A whole evening"}, "theme": theme, "rounds": rounds}
    home = folder / NAME
    home.mkdir()
    (home / FILE).write_text(json.dumps(pack, ensure_ascii=False), encoding="utf-8")
    return home


def _parts(one: Tree, most: int) -> Iterator[Tree]:
    questions = [{name: value for name, value in asked.items() if name not in PICTURES} for asked in one["questions"]]
    count = ceil(len(questions) / most)
    size = ceil(len(questions) / count)
    for at in range(count):
        title = {language: f"{words}, {at + 1}" for language, words in one["title"].items()}
        last_call_s = min(LAST_CALL_S, one.get("last_call_seconds", LAST_CALL_S))
        yield {**one, "title": title, "last_call_seconds": last_call_s, "questions": questions[at * size : (at + 1) * size]}

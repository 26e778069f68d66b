"""SURVIVORS.md: how many mutants of each file were killed, and why each of the others may live."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.mutants.mutations import Mutant
from tests.mutants.trial import Fate

PLACE = Path(__file__).with_name("SURVIVORS.md")
NOT_JUDGED = "not judged yet"
LEAST, LEAST_OF_A_FILE = 90, 85
"""Percent of the mutants that must be killed: of all, and of each file."""
OUTSIDE = "module"  # where it says so of what is in no function

Key = tuple[str, str, str, str]
_ROW = re.compile(r"^\| `(.+?)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| .*\|$", re.MULTILINE)
_FILE = re.compile(r"^### `(.+)`\n((?:.*\n)*?)(?=^###|\Z)", re.MULTILINE)
_SURVIVOR = re.compile(r"^- `(.*)`: `` (.*) `` → `` (.*) ``\n  (.+)$", re.MULTILINE)
_HEAD = """# Mutants and which of them survive

`make mutants` makes every small mistake of `mistakes.py`, one at a time, in the files that decide, mark, score, merge and say
what places are possible. For each it plays the tests of `tests/battle` that run the changed statement, quickest first: properties
with {examples} examples, random evenings not at all. A mutant whose tests fail is killed, and so is one that does not end.
`make mutants FILES="..."` does some files alone. Who survives is *equivalent*, when nobody could tell it from the code as it is,
or *accepted*, with the reason why no test tells.

{when}

| file | mutants | killed | timed out | survived | killed, % |
|---|---:|---:|---:|---:|---:|
"""


class Book:
    """The figures and the verdicts, read from the file and written to it."""

    def __init__(self, text: str) -> None:
        self.figures: dict[str, Counter[Fate]] = {}
        self.survivors: dict[str, list[Key]] = {}
        self.verdicts: dict[Key, str] = {}
        for file, _, killed, timeouts, survived in _ROW.findall(text):
            self.figures[file] = Counter({Fate.KILLED: int(killed), Fate.TIMEOUT: int(timeouts), Fate.SURVIVED: int(survived)})
        for file, said in _FILE.findall(text):
            for where, before, after, verdict in _SURVIVOR.findall(said):
                function = "" if where == OUTSIDE else where
                self.verdicts[file, function, before, after] = verdict
                self.survivors.setdefault(file, []).append((file, function, before, after))

    def take(self, file: str, fates: Sequence[tuple[Mutant, Fate]]) -> None:
        """What became of all mutants of one file now; verdicts on those that survive again are kept."""
        self.figures[file] = Counter(each for _, each in fates)
        self.survivors[file] = list(dict.fromkeys(mutant.key for mutant, each in fates if each is Fate.SURVIVED))

    def keep(self, files: Iterable[str]) -> None:
        """Forgets all others: they are no more."""
        for known in (self.figures, self.survivors):
            for file in set(known) - set(files):
                del known[file]

    @property
    def faults(self) -> list[str]:
        """What is not as it must be."""
        low = [file for file, fates in self.figures.items() if share(fates) < LEAST_OF_A_FILE]
        return [
            *(f"{file}: fewer than {LEAST_OF_A_FILE} % are killed" for file in low),
            *([f"fewer than {LEAST} % of all are killed"] if share(self.total) < LEAST else []),
            *(f"{key[0]}, {key[1]}: {key[2]} → {key[3]}: {NOT_JUDGED}" for key in self._listed if self.verdict(key) == NOT_JUDGED),
        ]

    @property
    def total(self) -> Counter[Fate]:
        return sum(self.figures.values(), Counter())

    @property
    def _listed(self) -> list[Key]:
        return [key for file in sorted(self.survivors) for key in self.survivors[file]]

    def verdict(self, key: Key) -> str:
        return self.verdicts.get(key, NOT_JUDGED)

    def text(self, when: str, examples: int) -> str:
        rows = [_row(f"`{file}`", self.figures[file]) for file in sorted(self.figures)]
        parts = [_HEAD.format(when=when, examples=examples), *rows, _row("all", self.total)]
        for file in sorted(self.survivors):
            if self.survivors[file]:
                parts.append(f"\n### `{file}`\n\n")
            for key in self.survivors[file]:
                parts.append(f"- `{key[1] or OUTSIDE}`: `` {key[2]} `` → `` {key[3]} ``\n  {self.verdict(key)}\n")
        return "".join(parts)


def share(fates: Mapping[Fate, int]) -> float:
    """Percent killed, by a test or by the limit of time."""
    whole = sum(fates.values())
    return 100 * (whole - fates.get(Fate.SURVIVED, 0)) / whole if whole else 100.0


def _row(name: str, fates: Mapping[Fate, int]) -> str:
    counts = [sum(fates.values()), *(fates.get(each, 0) for each in (Fate.KILLED, Fate.TIMEOUT, Fate.SURVIVED))]
    return f"| {name} | {' | '.join(map(str, counts))} | {share(fates):.1f} |\n"

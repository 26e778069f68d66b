"""A pile of filled-in sheets, drawn by a seed, and the keys that enter it: in the order in which the sheets were printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

MARKS = "1" * 9 + "0" * 8 + "-" * 2 + "?"
"""How often what stands on a sheet: about half is right, now and then a line is empty or unreadable."""


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet, by column. `numbers`: the columns in which a number is written. `total`: the team's own sum, ""
    where it made none."""

    marks: tuple[str, ...]
    numbers: frozenset[int]
    total: str

    @property
    def ends_by_itself(self) -> bool:
        """Nothing can follow on the total, so that the desk ends the row when it fits; it always does here."""
        return self.total == "0" or (self.total != "" and int(f"{self.total}0") > len(self.marks))


def pile(sheets: int, questions: int, numbers: Sequence[int] = (), totals: bool = True, seed: int = 1) -> list[Sheet]:
    """Sheets of a round whose questions give a point each."""
    rng = Random(seed)
    return [_sheet(rng, questions, frozenset(numbers), totals) for _ in range(sheets)]


def _sheet(rng: Random, questions: int, numbers: frozenset[int], totals: bool) -> Sheet:
    marks = tuple(str(rng.randint(9_000, 12_000)) if at in numbers else rng.choice(MARKS) for at in range(questions))
    return Sheet(marks, numbers, str(marks.count("1")) if totals else "")


def keys(sheet: Sheet) -> Iterator[str]:
    """As a keyboard is struck, by the names of its keys, from the cursor in this sheet's first cell to the next sheet's."""
    for at, mark in enumerate(sheet.marks):
        yield from mark
        if at in sheet.numbers and (at + 1 < len(sheet.marks) or sheet.total):
            yield "Tab"
    yield from sheet.total
    if not sheet.ends_by_itself:
        yield "Enter"

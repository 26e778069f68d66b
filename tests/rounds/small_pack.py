"""The small test pack: five questions, one of each kind, without pictures."""

from itertools import count
from pathlib import Path

from rounds.freeze import Frozen, freeze
from rounds.library import load
from rounds.written import Written

PACKS = Path(__file__).parent / "packs"


def small_written() -> Written:
    """The pack as its file has it."""
    return load("small", PACKS)


def small_frozen(online_only: bool = False) -> Frozen:
    """The pack frozen with ids in a row (`id0`, `id1`, ...) and its options in the written order."""
    numbers = count()
    return freeze(small_written(), lambda: f"id{next(numbers)}", lambda options: None, online_only)

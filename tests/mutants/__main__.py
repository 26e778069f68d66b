"""`python -m tests.mutants [FILE ...] [--processes N]`: mutates the rules, and writes SURVIVORS.md.

Leaves with 1 if too many survive or one of them has no verdict there.
"""

import argparse
import gc
import os
import platform
import sys
import time
from importlib import metadata
from pathlib import Path

from tests.mutants.mutations import Mutant, mutants
from tests.mutants.playing import EXAMPLES
from tests.mutants.survivors import PLACE, Book, share
from tests.mutants.trial import Fate
from tests.mutants.trying import NothingToTell, measured, tried

BATTLE = Path("quizserver/battle")
MARK = ("answers", "gates", "marking", "masks", "scoring", "sheets", "standings", "typed", "verdicts")
BOUND = ("champion", "possible", "ranges", "unknown")
FILES = [
    *(str(BATTLE / f"{name}.py") for name in (*MARK, *BOUND)),
    *sorted(map(str, [*BATTLE.glob("decide/*.py"), *BATTLE.glob("kinds/*.py")])),
]
NICE = 10


def main(arguments: list[str]) -> int:
    wish = _asked(arguments)
    os.nice(NICE)
    wanted = [mutant for file in wish.files for mutant in mutants(file, Path(file).read_text(encoding="utf-8"))]
    found = _told(wanted, wish.processes)
    book = Book(PLACE.read_text(encoding="utf-8") if PLACE.exists() else "")
    book.keep(FILES)
    for file in wish.files:
        book.take(file, [(mutant, found[number]) for number, mutant in enumerate(wanted) if mutant.file == file])
        print(f"{file}: {share(book.figures[file]):.1f} % of {book.figures[file].total()}")
    PLACE.write_text(book.text(_when(), EXAMPLES), encoding="utf-8")
    print(*book.faults, f"{share(book.total):.1f} % of {book.total.total()} are killed", sep="\n")
    return 1 if book.faults else 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES, metavar="FILE")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args(arguments)


def _told(wanted: list[Mutant], processes: int) -> dict[int, Fate]:
    """What became of each; survivors are named as they are found."""
    reached, found = measured(FILES), dict[int, Fate]()
    gc.freeze()  # what many forks share is not touched
    for number, fate in tried(wanted, reached, processes):
        found[number], mutant = fate, wanted[number]
        if fate is Fate.SURVIVED:
            print(f"{mutant.file}:{mutant.lines.start} {mutant.function}: {mutant.before} → {mutant.after}", flush=True)
    return found


def _when() -> str:
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("pytest", "hypothesis", "coverage"))
    return f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {versions}."


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except NothingToTell as reason:
        sys.exit(str(reason))

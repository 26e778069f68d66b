"""`python -m tests.faults.nightly [--games N] [--hunts N] [--at-once N] [--minutes M] [--keep FOLDER]`: goes on with the long list.

Every game that is not in tests/faults/nightly.json yet is played and added to it, those that were not clean once more on a newer
server; then each defect is hunted by games that nobody has chosen, until the checker has caught it. It may be stopped at any time
and started again. Leaves with 1 if any game was not clean, or if a defect was not caught.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.rig import night
from tests.faults.rig.defective import DEFECTS
from tests.faults.rig.game import Wish, hall
from tests.faults.rig.night import Night
from tests.faults.rig.record import in_any_order

HUNTED_FROM = 10_001
HUNTERS = 30  # teams in a game for a defect
BY_CHANCE = {"I11", "rig", "log"}  # a defect is not caught by what any crash would show


def main(arguments: list[str]) -> int:
    wanted = _asked(arguments)
    give_up = time.monotonic() + wanted.minutes * 60
    version, list_ = night.version(), night.read()
    _play(list_, version, wanted, give_up)
    _hunt(list_, wanted, give_up)
    lacking = list_.missing(wanted.games, version)
    uncaught = [name for name in DEFECTS if name not in list_.hunts]
    print(f"{list_.total}; to play: {len(lacking)}; not caught: {uncaught or 'none'}")
    return 0 if list_.is_clean and not lacking and not uncaught else 1


def _play(list_: Night, version: str, wanted: argparse.Namespace, give_up: float) -> None:
    for seeds in _some(list_.missing(wanted.games, version), 4 * wanted.at_once, give_up):
        for record in in_any_order([Wish(seed, hall(seed)) for seed in seeds], wanted.keep, wanted.at_once):
            list_.add(record, version)
            night.write(list_)
            word = "clean" if record.is_clean else f"NOT CLEAN, see {record.folder}\n  " + "\n  ".join(record.breaches)
            print(f"{record.seed}: {record.teams} teams, {record.tally.acked} acked, {record.took_s:.1f} s: {word}", flush=True)


def _hunt(list_: Night, wanted: argparse.Namespace, give_up: float) -> None:
    """The same games for every defect, one after the other, until it is caught."""
    for name in (name for name in DEFECTS if name not in list_.hunts):
        played = 0
        for seeds in _some(list(range(HUNTED_FROM, HUNTED_FROM + wanted.hunts)), wanted.at_once, give_up):
            records = in_any_order([Wish(seed, HUNTERS, name) for seed in seeds], wanted.keep, wanted.at_once)
            caught = {record.seed: set(record.broken) - BY_CHANCE for record in records}
            first = next((at for at, seed in enumerate(seeds, 1) if caught[seed]), None)
            played += first or len(seeds)
            if first is not None:
                list_.hunts[name] = played
                night.write(list_)
                print(f"{name}: caught in {played} game(s) by {sorted(caught[seeds[first - 1]])}", flush=True)
                break
        else:
            print(f"{name}: not caught in {played} games", flush=True)


def _some(seeds: list[int], at_once: int, give_up: float) -> Iterator[list[int]]:
    """In parts, as long as there is time."""
    for at in range(0, len(seeds), at_once):
        if time.monotonic() > give_up:
            return
        yield seeds[at : at + at_once]


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.nightly", description=__doc__)
    parser.add_argument("--games", type=int, default=500)
    parser.add_argument("--hunts", type=int, default=30, help="games at most for each defect")
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="begins no game after so many")
    parser.add_argument("--keep", type=Path, default=Path("build/faults"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

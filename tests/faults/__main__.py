"""`python -m tests.faults [--games N] [--seed S] [--teams N] [--at-once N] [--json FILE] [--keep FOLDER] [--replay K]`.

Plays games with faults; leaves with 1 if any is not clean. Game number k has the seed S + k, and the same seed has the same
faults. What a game that is not clean wrote stays in FOLDER. `--replay K` takes K games at random out of the long list (see
nightly.py), plays them again, and leaves with 1 if any has another verdict or other faults.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from random import Random

from tests.faults.rig import night
from tests.faults.rig.game import Wish, hall
from tests.faults.rig.record import Record, in_any_order
from tests.faults.rig.replaying import differences
from tests.faults.rig.tally import Tally


def main(arguments: list[str]) -> int:
    wanted = _asked(arguments)
    runs = night.read().runs if wanted.replay else {}
    seeds = list(range(wanted.seed, wanted.seed + wanted.games))
    if wanted.replay:
        seeds = Random().sample(sorted(runs), min(wanted.replay, len(runs)))
    total, good = Tally(), True
    for record in in_any_order([Wish(seed, wanted.teams or hall(seed)) for seed in seeds], wanted.keep, wanted.at_once):
        _say(record)
        other = list(differences(runs[record.seed], record)) if wanted.replay else []
        print(*other, sep="\n", end="\n" if other else "")
        total, good = total + record.tally, good and not other and (record.is_clean or bool(wanted.replay))
    if wanted.json:
        wanted.json.write_text(json.dumps(asdict(total), indent=1) + "\n", encoding="utf-8")
    print(json.dumps(asdict(total)))
    return 0 if good else 1


def _say(record: Record) -> None:
    verdict = "clean" if record.is_clean else f"NOT CLEAN, see {record.folder}"
    print(f"{record.seed}: {record.teams} teams, {record.tally.acked} acked, {record.took_s:.1f} s: {verdict}", flush=True)
    print(*(f"  {each}" for each in (*record.faults, *record.breaches)), sep="\n", flush=True)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--games", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--teams", type=int, help="as many as the seed says if not given")
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, default=Path("build/faults"))
    parser.add_argument("--replay", type=int, metavar="K", default=0)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

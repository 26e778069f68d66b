"""`python -m tests.faults [--games N] [--seed S] [--teams N] [--json FILE] [--keep FOLDER]`: plays; 1 if any game is not clean.

Game number k has the seed S + k, and the same seed has the same faults. What a game that is not clean wrote stays in FOLDER.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.faults.rig.game import Wish, play
from tests.faults.rig.judging import Judged, judge
from tests.faults.rig.tally import Tally

MOST_SENTENCES = 10


def main(arguments: list[str]) -> int:
    wanted = _asked(arguments)
    wanted.keep.mkdir(parents=True, exist_ok=True)
    total, clean = Tally(), True
    for seed in range(wanted.seed, wanted.seed + wanted.games):
        judged = _one(Wish(seed, wanted.teams), wanted.keep)
        total, clean = total + judged.tally, clean and judged.is_clean
    if wanted.json:
        wanted.json.write_text(json.dumps(asdict(total), indent=1) + "\n", encoding="utf-8")
    print(json.dumps(asdict(total)))
    return 0 if clean else 1


def _one(wish: Wish, keep: Path) -> Judged:
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"game-{wish.seed}-", dir=keep))
    judged = judge(asyncio.run(play(wish, folder)))
    faults = ", ".join(fault.kind for fault in wish.faults)
    verdict = "clean" if judged.is_clean else f"NOT CLEAN, see {folder}"
    took_s = time.monotonic() - began
    print(f"{wish.seed}: {wish.servers} server(s), {faults}: {judged.tally.acked} acked, {took_s:.1f} s: {verdict}", flush=True)
    for breach in judged.breaches[:MOST_SENTENCES]:
        print(f"  {breach.invariant}: {breach.sentence}", flush=True)
    if judged.is_clean:
        shutil.rmtree(folder)
    return judged


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--games", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--teams", type=int, default=30)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", type=Path, default=Path("build/faults"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""One game from its wish to what is written down of it for good."""

import asyncio
import gzip
import shutil
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path

from tests.faults.rig.evidence import Breach
from tests.faults.rig.game import Wish, play
from tests.faults.rig.history import Line, read, text_of
from tests.faults.rig.judging import Judged, judge
from tests.faults.rig.nemesis import Fault
from tests.faults.rig.tally import Tally

MOST_SENTENCES = 10


@dataclass(frozen=True, slots=True)
class Record:
    """`faults`: what was to be done, in the words of `told`. `history_sha256` names the kept history. `breaches`: at most 10 of
    them; `broken`: all invariants that they speak of. `folder`: where the rest of a game lies that was not clean."""

    seed: int
    teams: int
    tally: Tally
    faults: tuple[str, ...]
    history_sha256: str
    broken: tuple[str, ...]
    breaches: tuple[str, ...]
    took_s: float
    folder: str = ""

    @property
    def is_clean(self) -> bool:
        return self.tally.is_clean and not self.breaches


def told(fault: Fault) -> str:
    """A fault in one line, the same for the same draw."""
    return f"{fault.at_s} s {fault.kind} {fault.server} {fault.for_s} {fault.amount}"


def recorded(wish: Wish, keep: Path) -> Record:
    """Plays it and judges it. Its history stays in `keep`, packed; all that it wrote does if it was not clean."""
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"game-{wish.seed}-", dir=keep))
    try:
        played = asyncio.run(play(wish, folder))
        judged, history = judge(played), list(played.evidence.history)
    except Exception as problem:  # of the rig, or a server that did not come up again: a game that says nothing is not clean
        traceback.print_exc()
        judged = Judged(Tally(games=1), (Breach("rig", f"the game broke off: {problem!r}"),))
        history = list(read(folder / "histories"))
    name = _kept(history, keep)
    if judged.is_clean:
        shutil.rmtree(folder)
    return _record(wish, judged, name, time.monotonic() - began, "" if judged.is_clean else str(folder))


def in_any_order(wishes: Sequence[Wish], keep: Path, at_once: int) -> Iterator[Record]:
    """So many games at a time, each in a process of its own, as they end."""
    keep.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(at_once, get_context("spawn")) as pool:
        for game in as_completed([pool.submit(recorded, wish, keep) for wish in wishes]):
            yield game.result()


def _record(wish: Wish, judged: Judged, history: str, took_s: float, folder: str) -> Record:
    sentences = tuple(f"{breach.invariant}: {breach.sentence}" for breach in judged.breaches)
    broken = tuple(sorted({breach.invariant for breach in judged.breaches}))
    faults = tuple(map(told, wish.faults))
    return Record(wish.seed, wish.teams, judged.tally, faults, history, broken, sentences[:MOST_SENTENCES], took_s, folder)


def _kept(history: Sequence[Line], keep: Path) -> str:
    """The name of the file is that of its unpacked content."""
    text = "".join(map(text_of, history)).encode()
    name = sha256(text).hexdigest()
    (keep / f"{name}.jsonl.gz").write_bytes(gzip.compress(text, 6, mtime=0))
    return name

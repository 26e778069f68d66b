"""The long list of games: what was played, by which server, and what all of it comes to. A file that is committed."""

import json
import statistics
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.rig.defective import DEFECTS
from tests.faults.rig.record import Record
from tests.faults.rig.tally import Tally

ROOT = Path(__file__).parents[3]
FILE = ROOT / "tests/faults/nightly.json"


@dataclass(frozen=True, slots=True)
class Run:
    """One game of the list. `version`: git's name for the folder quizserver/ that was played on. `breaches`: none if clean."""

    seed: int
    version: str
    tally: Tally
    faults: tuple[str, ...]
    history_sha256: str
    breaches: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.breaches


@dataclass
class Night:
    """`runs` by seed; `hunts`: in how many games each defect was caught that nobody had told the checker of."""

    runs: dict[int, Run] = field(default_factory=dict)
    hunts: dict[str, int] = field(default_factory=dict)

    def missing(self, games: int, version: str) -> list[int]:
        """Seeds from 1 on that were not played, or were not clean on another server than this."""
        return [seed for seed in range(1, games + 1) if not self._is_done(seed, version)]

    def add(self, record: Record, version: str) -> None:
        breaches = record.breaches or (() if record.is_clean else ("the tally is not clean",))
        self.runs[record.seed] = Run(record.seed, version, record.tally, record.faults, record.history_sha256, breaches)

    @property
    def total(self) -> Tally:
        return sum((run.tally for run in self.runs.values()), Tally())

    @property
    def is_clean(self) -> bool:
        return all(run.is_clean for run in self.runs.values())

    def plain(self) -> dict[str, Any]:
        """As it is written down."""
        games = {name: self.hunts[name] for name in DEFECTS if name in self.hunts}
        median = statistics.median(games.values()) if games else None
        defects = {"planted": len(DEFECTS), "caught": len(games), "median_games": median, "games": games}
        return {**asdict(self.total), "defects": defects, "runs": [_plain(self.runs[seed]) for seed in sorted(self.runs)]}

    def _is_done(self, seed: int, version: str) -> bool:
        run = self.runs.get(seed)
        return run is not None and (run.is_clean or run.version == version)


def read(file: Path = FILE) -> Night:
    """What was played so far; nothing if there is no such file."""
    if not file.exists():
        return Night()
    written = json.loads(file.read_text(encoding="utf-8"))
    runs = (_run(each) for each in written["runs"])
    return Night({run.seed: run for run in runs}, dict(written["defects"]["games"]))


def write(night: Night, file: Path = FILE) -> None:
    """Whole or not at all: one line a run, so that what came anew is seen in a diff."""
    plain = night.plain()
    runs = ",\n  ".join(json.dumps(run, ensure_ascii=False) for run in plain.pop("runs"))
    rest = ",\n ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in plain.items())
    new = file.with_suffix(".new")
    new.write_text(f'{{\n {rest},\n "runs": [\n  {runs}\n ]\n}}\n', encoding="utf-8")
    new.replace(file)


def version() -> str:
    """Git's name for the server's source as it is committed. Raises ValueError where it was changed since."""
    if _git("status", "--porcelain", "quizserver", "rounds"):
        raise ValueError("quizserver/ or rounds/ has changes that are not committed: games on them would prove nothing")
    return _git("rev-parse", "--short=12", "HEAD:quizserver")


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _plain(run: Run) -> dict[str, Any]:
    """Of the tally what was acknowledged, and beside that only what is not zero."""
    about = {"seed": run.seed, "version": run.version, "acked": run.tally.acked, "faults": run.faults}
    counts = {key: value for key, value in asdict(run.tally).items() if value and key not in ("games", "acked")}
    rest = {"history_sha256": run.history_sha256, "tally": counts, "breaches": run.breaches}
    return about | {key: value for key, value in rest.items() if value}


def _run(written: Mapping[str, Any]) -> Run:
    tally = Tally(games=1, acked=written["acked"], **written.get("tally", {}))
    about = written["seed"], written["version"], tally, tuple(written["faults"]), written["history_sha256"]
    return Run(*about, tuple(written.get("breaches", ())))

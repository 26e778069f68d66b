"""`python -m tests.bench [--quick] [--out FOLDER] [--only PART ...]`: measures, prints tables, writes bench.json and bench.svg."""

import argparse
import importlib.util
import json
import platform
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

from tests.bench import machine, plan
from tests.bench.chart import chart
from tests.bench.compiled import ROOT
from tests.bench.evening import evening
from tests.bench.fanout import fanout
from tests.bench.full_hall import full_hall
from tests.bench.laggards import slow_clients
from tests.bench.own_places import standing
from tests.bench.plan import Plan
from tests.bench.questions import questions
from tests.bench.results import Results, faults
from tests.bench.tables import tables

COMPARED = ("uvicorn", "uvloop", "websockets", "starlette", "python-socketio")
IMPORTED = {"python-socketio": "socketio"}
PARTS = ("fanout", "question", "slow_clients", "full_hall", "standing", "evening")


def measure(planned: Plan, parts: tuple[str, ...] = PARTS) -> Results:
    """Everything, one after another; each part says when it is done. Raises CannotMeasure."""
    began = time.monotonic()
    makes: dict[str, Callable[[], dict[str, Any]]] = {
        "fanout": lambda: _fanout(planned),
        "question": lambda: {"question": [row for size, each in planned.questions for row in questions(size, each)]},
        "slow_clients": lambda: {"slow_clients": slow_clients(planned.laggards_among, planned.laggards_watched_s)},
        "full_hall": lambda: full_hall(planned.hall, planned.ack_rounds),
        "standing": lambda: {"standing": standing(*planned.standing, planned.standing_rounds)},
        "evening": lambda: {"evening": evening(*planned.evening)},
    }
    results: Results = {}
    for part in parts:
        results |= makes[part]()
        print(f"{time.monotonic() - began:6.1f} s  {part}", file=sys.stderr, flush=True)
    return results | {"machine": _machine()}


def _fanout(planned: Plan) -> dict[str, Any]:
    """What is missing on this machine is said before anything is measured."""
    for variant in planned.others:
        variant.command()
    measured = [fanout(size, planned.others, planned.rounds) for size in planned.sizes]
    return {
        "fanout": [row for rows, _ in measured for row in rows],
        "load_client": [row for _, rows in measured for row in rows],
    }


def _machine() -> dict[str, Any]:
    """Absolute times mean something only beside this."""
    versions = {name: metadata.version(name) for name in COMPARED if importlib.util.find_spec(IMPORTED.get(name, name))}
    return {"is": machine.name(), "python": platform.python_version(), **versions}


def write(results: Results, folder: Path) -> None:
    """bench.json, and bench.svg if there is something to draw."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(results, indent=1) + "\n")
    if rows := results.get("fanout"):
        (folder / "bench.svg").write_text(chart(rows))


def main(words: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures the server beside the alternatives.")
    reader.add_argument("--quick", action="store_true", help="small sizes, under 90 s")
    reader.add_argument("--out", type=Path, default=ROOT / "build", help="folder for bench.json and bench.svg")
    reader.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to measure; then nothing is checked")
    asked = reader.parse_args(words)
    planned = plan.QUICK if asked.quick else plan.WHOLE
    try:
        machine.check(max(planned.hall, *planned.sizes))
        results = measure(planned, tuple(asked.only))
    except machine.CannotMeasure as sentence:
        print(sentence, file=sys.stderr)
        return 2
    write(results, asked.out)
    if tuple(asked.only) != PARTS:
        print(json.dumps(results, indent=1))
        return 0
    print(tables(results))
    wrong = faults(results, planned)
    print("\n".join(["", *wrong] if wrong else ["", "All delivered, all acked, all restored."]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

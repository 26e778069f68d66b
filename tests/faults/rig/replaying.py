"""A game that is played again has the same faults and the same verdict; what they met may be another matter."""

from collections.abc import Iterator

from tests.faults.rig.night import Run
from tests.faults.rig.record import Record


def differences(run: Run, again: Record) -> Iterator[str]:
    """Between what the list says and what was played now, a sentence each."""
    if run.faults != again.faults:
        yield f"{run.seed}: had the faults {list(run.faults)}, now {list(again.faults)}"
    if run.is_clean != again.is_clean:
        yield f"{run.seed}: was {_verdict(run)}, and is now {_verdict(again)}: {list(again.breaches or run.breaches)}"


def _verdict(game: Run | Record) -> str:
    return "clean" if game.is_clean else "not clean"

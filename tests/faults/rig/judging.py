"""A game that was played is judged: by what it saw itself, by the checker, and by the tally."""

import importlib
import importlib.util
from dataclasses import dataclass

from tests.faults.rig.evidence import Breach, Evidence
from tests.faults.rig.game import Played
from tests.faults.rig.tally import Tally, tally

CHECKER = "tests.faults.rig.checker"


@dataclass(frozen=True, slots=True)
class Judged:
    tally: Tally
    breaches: tuple[Breach, ...]

    @property
    def is_clean(self) -> bool:
        return self.tally.is_clean and not self.breaches


def judge(played: Played) -> Judged:
    breaches = (*played.breaches, *_checked(played.evidence))
    return Judged(tally(played, breaches), breaches)


def _checked(evidence: Evidence) -> list[Breach]:
    if importlib.util.find_spec(CHECKER) is None:
        return []
    found: list[Breach] = importlib.import_module(CHECKER).check(evidence)
    return found

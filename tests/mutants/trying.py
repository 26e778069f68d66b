"""What becomes of many mutants: in place where it can be done, anew where it must.

Each of the two ways begins with a mutant that has no mistake, and with all tests: it must survive, or no kill means anything.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from tests.mutants import reach
from tests.mutants.afresh import played_afresh
from tests.mutants.in_place import can_be_made, played_in_place
from tests.mutants.mutations import Mutant
from tests.mutants.playing import played
from tests.mutants.reach import CONTROL, Planned, Reach
from tests.mutants.trial import Fate, Trial, fates

TESTS = ("tests/battle", "--ignore=tests/battle/test_random_evenings.py")
"""Random evenings take seconds for each mutant; and a rule must be told by a test of its own."""


class NothingToTell(Exception):
    """The tests do not pass on the code as it is."""


def measured(files: Iterable[str]) -> Reach:
    """Plays all tests once on the code as it is."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "reach.json")
        watch = reach.Watch(str(Path(file).resolve()) for file in files)
        process = _forked(lambda: played(TESTS, watch), lambda: watch.write(result))
        if os.waitpid(process, 0)[1]:
            raise NothingToTell("The tests do not pass on the code as it is: see to that first.")
        return reach.read(result)


def tried(mutants: Sequence[Mutant], reached: Reach, processes: int) -> Iterator[tuple[int, Fate]]:
    """What became of each by its number, as it becomes known."""
    quick, slow = list[Planned](), list[Planned]()
    for planned in (reached.planned(number, mutant) for number, mutant in enumerate(mutants)):
        in_place = can_be_made(planned.mutant) and not reached.is_run_at_import(planned.mutant)
        (quick if in_place else slow).append(planned)
    ways = _in_place(_controlled(quick, reached), processes), _afresh(_controlled(slow, reached), processes)
    for number, fate in chain(*ways):
        if number != CONTROL:
            yield number, fate
        elif fate is not Fate.SURVIVED:
            raise NothingToTell("The tests do not pass on the code as it is when they are played for mutants: see to that first.")


def _controlled(plan: list[Planned], reached: Reach) -> list[Planned]:
    return [reached.control(plan[0].mutant), *plan] if plan else []


def _in_place(plan: Sequence[Planned], processes: int) -> Iterator[tuple[int, Fate]]:
    source, target = os.pipe()
    with os.fdopen(source, encoding="utf-8") as lines, os.fdopen(target, "w", encoding="utf-8") as to:
        process = _forked(lambda: played_in_place(TESTS, plan, processes, to))
        to.close()
        for number, _, word in (line.strip().partition(" ") for line in lines):
            yield int(number), Fate(word)
    if os.waitpid(process, 0)[1]:
        raise NothingToTell("The tests could not be collected.")


def _afresh(plan: Sequence[Planned], processes: int) -> Iterator[tuple[int, Fate]]:
    return fates((Trial(each.number, each.limit_s, _anew(each)) for each in plan), processes)


def _anew(planned: Planned) -> Callable[[], int]:
    return lambda: played_afresh(planned.mutant, planned.tests)


def _forked(work: Callable[[], int], afterwards: Callable[[], None] = lambda: None) -> int:
    """The id of the process that does it, and leaves with what it returned."""
    if process := os.fork():
        return process
    code = 70
    try:
        code = work()
        afterwards()
    finally:
        os._exit(code)

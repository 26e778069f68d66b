"""Which tests reach which lines, and how long each takes: measured once, on the code as it is."""

import json
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

from tests.mutants.mutations import Mutant, unchanged

AT_IMPORT = ""
CONTROL = -1  # the number of a mutant that has no mistake
LEAST_LIMIT_S, TIMES_AS_LONG = 5, 5  # what the tests of a mutant may compute, of what they need on the code as it is


@dataclass(frozen=True)
class Planned:
    """A mutant, its tests in the order in which they are played, and how long they may compute."""

    number: int
    mutant: Mutant
    tests: list[str]
    limit_s: float


@dataclass(frozen=True)
class Reach:
    """`took_s` by test; `by_line` the tests that run each line of a file, AT_IMPORT among them."""

    took_s: Mapping[str, float]
    by_line: Mapping[str, Mapping[int, frozenset[str]]]

    def planned(self, number: int, mutant: Mutant) -> Planned:
        """With the tests that run the changed statement; where it is run at import, with all, first those that enter the file."""
        if self.is_run_at_import(mutant):
            return self._with(number, mutant, self.took_s, _union(self.by_line[mutant.file].values()))
        return self._with(number, mutant, self._who(mutant))

    def control(self, mutant: Mutant) -> Planned:
        """With all tests there are."""
        return self._with(CONTROL, unchanged(mutant), self.took_s)

    def _with(self, number: int, mutant: Mutant, tests: Collection[str], nearest: Collection[str] = ()) -> Planned:
        in_order = sorted(tests, key=lambda test: (test not in nearest, self.took_s[test]))
        return Planned(number, mutant, in_order, LEAST_LIMIT_S + TIMES_AS_LONG * sum(self.took_s[test] for test in tests))

    def is_run_at_import(self, mutant: Mutant) -> bool:
        """True where the changed statement has done work before any test is played."""
        return AT_IMPORT in self._who(mutant)

    def _who(self, mutant: Mutant) -> frozenset[str]:
        lines = self.by_line.get(mutant.file, {})
        return _union(lines.get(line, frozenset()) for line in mutant.lines)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


class Watch:
    """A plugin of pytest that measures."""

    def __init__(self, files: Iterable[str]) -> None:
        self._coverage = coverage.Coverage(data_file=None, include=list(files), config_file=False)
        self._took_s: dict[str, float] = {}

    def pytest_sessionstart(self) -> None:
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._coverage.switch_context(item.nodeid)
        began = time.process_time()
        result = yield
        self._took_s[item.nodeid] = time.process_time() - began
        self._coverage.switch_context(AT_IMPORT)
        return result

    def write(self, to: Path) -> None:
        self._coverage.stop()
        data = self._coverage.get_data()
        lines = {str(Path(file).relative_to(Path.cwd())): data.contexts_by_lineno(file) for file in data.measured_files()}
        to.write_text(json.dumps([self._took_s, lines]), encoding="utf-8")


def read(source: Path) -> Reach:
    """What a watch wrote."""
    took_s, files = json.loads(source.read_text(encoding="utf-8"))
    by_line: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    for file, lines in files.items():
        by_line[file] = {int(line): frozenset(tests) for line, tests in lines.items()}
    return Reach(took_s, by_line)

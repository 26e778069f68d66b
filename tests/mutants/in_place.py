"""A mistake in a function: all tests are collected once, and each mutant is a fork in which the function has another code."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import CodeType, FunctionType
from typing import Any, TextIO

import pytest

from tests.mutants.mutations import Mutant
from tests.mutants.playing import played
from tests.mutants.reach import Planned
from tests.mutants.trial import Trial, fates


def played_in_place(paths: Sequence[str], plan: Sequence[Planned], processes: int, to: TextIO) -> int:
    """Tries them all; writes a line `number fate` for each. pytest's exit code."""
    return played(paths, _Session(plan, processes, to))


class _Session:
    """A plugin of pytest that plays mutants in place of the tests."""

    def __init__(self, plan: Sequence[Planned], processes: int, to: TextIO) -> None:
        self._plan, self._processes, self._to = plan, processes, to

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        for number, fate in fates(self._trials(session.config, items), self._processes):
            self._to.write(f"{number} {fate}\n")
            self._to.flush()
        return True

    def _trials(self, config: pytest.Config, items: Mapping[str, pytest.Item]) -> Iterator[Trial]:
        for planned in self._plan:
            chosen = [items[test] for test in planned.tests]
            yield Trial(planned.number, planned.limit_s, partial(_fails, config, planned.mutant, chosen))


def _fails(config: pytest.Config, mutant: Mutant, items: Sequence[pytest.Item]) -> bool:
    make(mutant)
    watch = _Failures()
    config.pluginmanager.register(watch)
    for item, following in zip(items, [*items[1:], None], strict=True):
        config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if watch.failed:
            return True
    return False


class _Failures:
    failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed


def can_be_made(mutant: Mutant) -> bool:
    """True where the mistake is in the body of a function: the rest has done its work when the mutant comes."""
    return _code_in(compile(mutant.source, mutant.file, "exec"), mutant.function) is not None


def make(mutant: Mutant) -> None:
    """Puts the mistake into the function that everybody has already."""
    code = _code_in(compile(mutant.source, mutant.file, "exec"), mutant.function)
    assert code is not None
    found: Any = sys.modules[mutant.module]
    for name in mutant.function.split("."):
        found = vars(found)[name]
    while not isinstance(found, FunctionType) or hasattr(found, "__wrapped__"):
        getattr(found, "cache_clear", lambda: None)()
        found = getattr(found, "fget", None) or found.__wrapped__
    found.__code__ = code


def _code_in(outer: CodeType, name: str) -> CodeType | None:
    """The code of a function, or of a method of a class."""
    inner = [each for each in outer.co_consts if isinstance(each, CodeType)]
    is_function = {each.co_qualname: each for each in inner if each.co_flags & 1}  # CO_OPTIMIZED: no class, no module
    return is_function.get(name) or next((found for each in inner if (found := _code_in(each, name))), None)

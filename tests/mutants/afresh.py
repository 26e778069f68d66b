"""A mistake in what is run at import: the whole is imported anew, with the mistake in it. Costs seconds."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import _hypothesis_pytestplugin  # type: ignore[import-untyped]  # noqa: F401 - heavy, and the same for each
import hypothesis.stateful  # noqa: F401
import pytest_asyncio.plugin  # noqa: F401

from tests.mutants.mutations import Mutant
from tests.mutants.playing import Chosen, played


def played_afresh(mutant: Mutant, tests: Sequence[str]) -> int:
    """pytest's exit code; only in a process that has imported nothing of the server yet, and that ends with this."""
    sys.meta_path.insert(0, _Mistaken(mutant))
    return played(sorted({test.partition("::")[0] for test in tests}), Chosen(tests))


class _Mistaken(MetaPathFinder):
    """Finds one module with the mistake in it."""

    def __init__(self, mutant: Mutant) -> None:
        self._file, self._source, self._name = mutant.file, mutant.source, mutant.module

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        file = str(Path(self._file).resolve())
        return spec_from_file_location(name, file, loader=_Loader(name, file, compile(self._source, file, "exec")))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return self._code

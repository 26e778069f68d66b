"""pytest within this process, saying nothing, with the same examples of every property each time."""

import os
from collections.abc import Sequence

import hypothesis
import pytest

PLUGINS = ("-p", "_hypothesis_pytestplugin", "-p", "pytest_asyncio.plugin", "-p", "no:cacheprovider")
QUIET = ("-q", "-x", "--tb=no", "--no-header", "-W", "ignore::pytest.PytestAssertRewriteWarning")
EXAMPLES = 25  # of a property


def played(paths: Sequence[str], *plugins: object) -> int:
    """The exit code."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    hypothesis.settings.register_profile("mutants", deadline=None, derandomize=True, database=None, max_examples=EXAMPLES)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    return int(pytest.main([*QUIET, *PLUGINS, "--hypothesis-profile=mutants", *paths], plugins=list(plugins)))


class Chosen:
    """A plugin of pytest: these tests alone, in this order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._rank = {test: rank for rank, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((each for each in items if each.nodeid in self._rank), key=lambda each: self._rank[each.nodeid])

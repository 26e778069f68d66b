"""Every fault has a test that holds it; every promise of the README has its test."""

import re

from tests.architecture.named_tests import TESTS, missing
from tests.faults.faults import FAULTS

README = TESTS.parent / "README.md"
PROMISES = 12  # some dozen: what nobody remembers is no promise


def test_every_fault_is_in_the_table_once() -> None:
    assert sorted(FAULTS) == list(range(1, 39))


def test_every_test_that_holds_a_fault_exists() -> None:
    assert all(FAULTS.values())
    assert missing(name for names in FAULTS.values() for name in names) == []


def test_every_promise_names_a_test_that_exists() -> None:
    promises = README.read_text(encoding="utf-8").partition("## Promises")[2].partition("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert len(rows) >= PROMISES
    held = [re.findall(r"`([\w/]+\.py::\w+)`", row) for row in rows]
    assert all(held), rows[[bool(each) for each in held].index(False)]
    assert missing(name for names in held for name in names) == []

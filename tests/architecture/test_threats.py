"""Every threat has a test that holds it."""

from tests.architecture.named_tests import missing
from tests.attacks.threats import THREATS


def test_every_threat_is_in_the_table_once() -> None:
    assert sorted(THREATS) == list(range(1, 40))


def test_every_test_that_holds_a_threat_exists() -> None:
    assert all(THREATS.values())
    assert missing(name for names in THREATS.values() for name in names) == []

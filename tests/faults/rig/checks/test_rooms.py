"""Everybody can follow, and nobody hears a solution early."""

from tests.faults.rig.checker import check
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.honest import changed, only, with_line


def test_a_leak_is_found(honest: Evidence) -> None:
    only(with_line(honest, "screen", "screen", "leak", canary="z123", t="room"), "I6", "heard z123 in `room`")


def test_a_range_that_does_not_continue_is_found(honest: Evidence) -> None:
    skipped = {"epoch": 0, "from": 2, "to": 10_000, "view": "x"}
    only(with_line(honest, "ant", "team", "room", **skipped), "I7", "sent the range from 2")


def test_a_snapshot_without_a_version_is_found(honest: Evidence) -> None:
    found = check(with_line(honest, "new", "team", "room", **{"epoch": 0, "from": None, "to": None, "view": "x"}))
    assert [(each.invariant, each.sentence) for each in found] == [("I7", "new was given a snapshot without a version")]


def test_a_version_that_falls_is_found(honest: Evidence) -> None:
    first = next(line for line in honest.history if line.who == "ant" and line.did == "room")
    only(with_line(honest, "ant", "team", "room", **first.about), "I7", "was thrown back")


def test_a_view_that_is_not_the_fold_is_found(honest: Evidence) -> None:
    only(changed(honest, "room", view="other"), "I7", "what the ledger does not give there")


def test_two_views_of_one_version_are_found(honest: Evidence) -> None:
    first = next(line for line in honest.history if line.role == "team" and line.did == "room")
    both = with_line(honest, "cat", "team", "room", **{**first.about, "view": "other"})
    only(both, "I7", "show different things")

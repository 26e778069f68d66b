"""What was served and kept is the fold."""

from dataclasses import replace

from quizserver.battle import events as did
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.honest import changed, only, rechained, with_line, without


def test_a_served_standing_that_is_not_the_fold_is_found(honest: Evidence) -> None:
    only(changed(honest, "standing", rows=[["ant", 1, 999]]), "I5", "was served a standing")


def test_a_place_that_a_team_never_had_is_found(honest: Evidence) -> None:
    only(with_line(honest, "bee", "team", "mine", revision="9", view="", answers={}, place=1, points=77), "I5", "never had")


def test_a_recorded_digest_that_is_not_the_fold_is_found(honest: Evidence) -> None:
    other = rechained(honest, lambda event: replace(event, standing="0" * 64) if isinstance(event, did.RoundEnded) else event)
    only(without(other, "room"), "I5", "records a standing")


def test_an_archive_that_ends_early_is_found(honest: Evidence) -> None:
    only(replace(honest, archive=honest.archive[:-1]), "I5", "the archive ends at entry")


def test_an_archive_that_differs_is_found(honest: Evidence) -> None:
    other = replace(honest.archive[3], body=b"{}")
    only(replace(honest, archive=[*honest.archive[:3], other, *honest.archive[4:]]), "I5", "entry 4 in the archive")

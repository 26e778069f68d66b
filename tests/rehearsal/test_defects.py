"""The checker is proven on servers with one defect each: a rehearsal that finds nothing must have been able to find it."""

from collections.abc import Mapping

import pytest

from quizserver.rehearsal.report import Report
from tests.rehearsal.playing import Played


def report(defective: Mapping[str, Played], name: str) -> Report:
    found = defective[name].report
    assert not found.all_is_well, found.as_table()
    return found


def test_an_answer_that_was_acked_and_forgotten_is_lost(defective: Mapping[str, Played]) -> None:
    assert report(defective, "acks and forgets").answers.lost > 0


def test_a_repeat_that_is_taken_for_another_answer_is_counted_twice(defective: Mapping[str, Played]) -> None:
    assert report(defective, "knows no repeats").answers.duplicated > 0


def test_an_answer_after_the_cut_off_is_counted_late(defective: Mapping[str, Played]) -> None:
    found = report(defective, "accepts late")
    assert found.answers.late_accepted > 0
    assert found.standing_equals_fold and not found.standing_equals_script


def test_an_answer_in_time_that_is_refused_changes_the_standing(defective: Mapping[str, Played]) -> None:
    found = report(defective, "refuses in time")
    assert found.answers.lost == 0 and not found.standing_equals_script
    assert found.answers.turned_away > 0


def test_a_wrong_mark_in_the_teams_own_result_is_a_loss(defective: Mapping[str, Played]) -> None:
    found = report(defective, "tells wrong marks")
    assert found.answers.lost > 0
    assert found.standing_equals_fold and found.standing_equals_script


def test_a_solution_that_nobody_was_told_is_a_loss(defective: Mapping[str, Played]) -> None:
    assert report(defective, "tells no solutions").answers.lost > 0


def test_a_result_that_was_gone_before_one_phone_could_show_it_is_told_and_no_loss(defective: Mapping[str, Played]) -> None:
    found = defective["tells some too late"].report
    assert found.all_is_well and found.answers.unseen > 0
    assert f"Results gone before shown      {found.answers.unseen}" in found.as_table()


def test_a_place_that_a_team_was_told_wrongly_is_found(defective: Mapping[str, Played]) -> None:
    assert not report(defective, "tells other places").standing_equals_fold


def test_a_standing_that_is_not_the_ledgers_sum_is_found(defective: Mapping[str, Played]) -> None:
    found = report(defective, "serves another standing")
    assert not found.standing_equals_fold and not found.standing_equals_script


def test_an_export_without_its_end_is_found(defective: Mapping[str, Played]) -> None:
    found = report(defective, "exports half")
    assert any("does not verify" in line for line in found.wrong)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("loses a mark", "For 3 s nothing came of this: all sheets in the standing, without a dispute."),
        ("never acks", "An answer was not acknowledged for 2 s."),
        ("never goes on", "For 3 s nothing came of this: an effect of ShowQuestion."),
    ],
)
def test_a_server_that_stands_still_ends_the_rehearsal_with_a_sentence(
    defective: Mapping[str, Played], name: str, sentence: str
) -> None:
    found = report(defective, name)
    assert found.wrong == [sentence]
    assert sentence in found.as_table()

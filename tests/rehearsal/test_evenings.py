"""An evening over the services of two processes on one store: nothing is lost, nothing counts twice or late."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from quizserver.rehearsal.report import Report
from quizserver.services.verifying import verify
from tests.rehearsal.playing import Played

SOUND = ("fakes", "again", "another", "real store", "online only", "paper only")


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_lost_counted_twice_or_counted_late(evenings: Mapping[str, Played], name: str) -> None:
    report = evenings[name].report
    assert report.all_is_well, report.as_table()
    answers = report.answers
    assert (answers.lost, answers.duplicated, answers.late_accepted) == (0, 0, 0)
    assert report.standing_equals_fold and report.standing_equals_script


@pytest.mark.parametrize("name", SOUND)
def test_every_answer_is_acked_or_refused_and_every_sheet_is_in(evenings: Mapping[str, Played], name: str) -> None:
    report, scripted = evenings[name].report, evenings[name].evening
    assert report.answers.sent == report.answers.acked + report.answers.refused
    assert report.sheets.sent == report.sheets.applied == len(scripted.paper)
    answered = sum(turn.final is not None for team in scripted.online for turns in team.turns for turn in turns)
    assert report.answers.counted == answered


def test_the_same_seed_gives_the_same_standing_to_the_byte_on_any_store(evenings: Mapping[str, Played]) -> None:
    first = evenings["fakes"].standing
    assert first == evenings["again"].standing == evenings["real store"].standing
    assert first != evenings["another"].standing


def test_the_standing_file_has_no_ids_times_or_hashes(evenings: Mapping[str, Played]) -> None:
    written = json.loads(evenings["fakes"].standing)
    assert written.keys() == {"pack", "teams"}
    assert all(team.keys() == {"name", "venue", "place", "points", "rounds"} for team in written["teams"])
    assert all(isinstance(team["points"], str) for team in written["teams"])
    assert [(team["place"], team["name"]) for team in written["teams"]] == sorted(
        (team["place"], team["name"]) for team in written["teams"]
    )


def test_the_exported_evening_verifies(evenings: Mapping[str, Played]) -> None:
    seen = evenings["real store"].seen
    assert seen
    assert len(verify(seen.export).places) == 24


def test_disputes_are_found_and_settled(evenings: Mapping[str, Played]) -> None:
    sheets = [evenings[name].report.sheets for name in SOUND]
    assert sum(each.disputed for each in sheets) > 0


def test_late_answers_are_sent_and_refused(evenings: Mapping[str, Played]) -> None:
    assert evenings["fakes"].report.answers.refusals["late"] > 0
    assert evenings["online only"].report.answers.refusals["late"] > 0


def test_the_json_has_the_figures_that_were_asked_for(evenings: Mapping[str, Played]) -> None:
    figures = evenings["fakes"].report.as_json()
    assert list(figures) == [
        "teams_online", "teams_paper", "people", "questions", "answers", "sheets", "standing_equals_fold",
        "standing_equals_script", "latency_ms", "seconds",
    ]  # fmt: skip
    assert figures["answers"].keys() == {"sent", "acked", "refused", "counted", "lost", "duplicated", "late_accepted"}
    assert figures["sheets"].keys() == {"sent", "applied", "disputed"}
    assert all(figures["latency_ms"][name]["p99"] > 0 for name in ("join", "question", "ack", "standing"))
    assert (figures["teams_online"], figures["teams_paper"], figures["questions"]) == (20, 4, 5)


@pytest.mark.parametrize(
    "wrong", [{"standing_equals_fold": False}, {"standing_equals_script": False}, {"wrong": ["The sheet of A is not in"]}]
)
def test_a_report_is_well_only_if_everything_is(evenings: Mapping[str, Played], wrong: dict[str, object]) -> None:
    good: Report = evenings["fakes"].report
    assert good.all_is_well
    assert not replace(good, **wrong).all_is_well  # type: ignore[arg-type]

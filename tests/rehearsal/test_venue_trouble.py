"""Venues lose networks and acks, sheets pass their gates and files are carried: the evening ends as if nothing had been."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from quizserver.rehearsal.expected import expected
from quizserver.rehearsal.known_pack import rounds_of
from quizserver.rehearsal.many_rounds import write_pack
from quizserver.rehearsal.program import Files, run
from quizserver.rehearsal.script import Wish, evening
from quizserver.rehearsal.standing import standing_file
from rounds.library import load
from tests.rehearsal.conftest import SEEDS
from tests.rehearsal.playing import Played
from tests.rounds.small_pack import PACKS

ALWAYS = ("outages", "reconnects", "torn", "typed", "sent_again", "refused", "late", "late_sheets", "let_in", "turned_away")
AT_LEAST_ONCE = (*ALWAYS, "disputes", "files", "carried")
QUICK = 60


def test_the_standing_is_that_of_perfect_networks_to_the_byte(troubled: Mapping[str, Played]) -> None:
    perfect, trouble = troubled["perfect 1"], troubled["trouble 1"]
    assert perfect.report.all_is_well, perfect.report.as_table()
    assert trouble.standing == perfect.standing
    assert "trouble" not in perfect.report.as_json()


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_the_standing_is_what_is_written(troubled: Mapping[str, Played], seed: int) -> None:
    trouble = troubled[f"trouble {seed}"]
    assert trouble.report.all_is_well, trouble.report.as_table()
    assert trouble.standing == standing_file("small", expected(trouble.evening))


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_that_may_go_wrong_has_gone_wrong(troubled: Mapping[str, Played], seed: int) -> None:
    figures = troubled[f"trouble {seed}"].report.as_json()["trouble"]
    assert {name: figures[name] for name in AT_LEAST_ONCE if not figures[name]} == {}
    assert figures["late"] == figures["let_in"] + figures["turned_away"]
    assert (figures["files"], figures["refused"]) == (2, 1)


def test_one_venue_alone_can_be_carried_too(troubled: Mapping[str, Played]) -> None:
    report = troubled["one venue"].report
    assert report.all_is_well, report.as_table()
    assert report.trouble["files"] == 2 and report.trouble["carried"] > 0


# --- the comparison can fail ---


def test_a_queued_mark_that_is_acked_and_dropped_is_found_and_makes_another_standing(troubled: Mapping[str, Played]) -> None:
    found = troubled["drops a queued mark"]
    assert found.standing != troubled["perfect 1"].standing
    assert not found.report.all_is_well and not found.report.standing_equals_script
    assert any("was typed and is not in the ledger" in line for line in found.report.wrong)


def test_marks_that_are_entered_anew_when_they_are_sent_again_are_found(troubled: Mapping[str, Played]) -> None:
    found = troubled["renames repeats"]
    assert not found.report.all_is_well
    assert any("no desk has it" in line for line in found.report.wrong)


def test_a_phone_that_goes_home_with_a_place_that_has_moved_is_found(troubled: Mapping[str, Played]) -> None:
    found = troubled["tells no amendments"]
    assert found.standing == troubled["perfect 1"].standing
    assert not found.report.standing_equals_fold
    assert any("was told place" in line for line in found.report.wrong)


# --- over real sockets ---


def test_a_small_evening_in_trouble_at_a_real_server_ends_as_it_is_written(tmp_path: Path) -> None:
    said: list[str] = []
    pack = write_pack(tmp_path, [PACKS / "small"], most=3)
    wish, files = Wish(str(pack), 4, 8, 4, 7), Files(tmp_path / "figures.json", tmp_path / "standing.json")
    assert run(wish, QUICK, None, files, said.append, venue_trouble=True) == 0, "\n".join(said)
    written = evening(wish, rounds_of(load(wish.pack), online_only=False))
    assert (tmp_path / "standing.json").read_bytes() == standing_file(wish.pack, expected(written))
    figures = json.loads((tmp_path / "figures.json").read_bytes())["trouble"]
    assert {name for name in AT_LEAST_ONCE if not figures[name]} == set()

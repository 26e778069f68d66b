"""A line that is not understood is named with its reason; the others are taken."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.sheet_numbers import SheetNumber
from quizserver.spreadsheets.table import DATE, UNCOUNTED
from tests.marks_in.evenings import evening, failures, number, planned, rows, said

HEAD = ["sheet", "team", "round", "1", "2", "3", "total"]


@pytest.mark.parametrize(
    ("cells", "code", "detail"),
    [
        (["", "", "1", "1"], "line_no_team", ""),
        (["", "Ёлки-палки", "1", "1"], "line_unknown_team", "Ёлки-палки"),
        (["7-7", "", "1", "1"], "no_sheet_number", ""),
        (["1-001-1", "", "1", "1"], "wrong_check_digit", "1-001-1"),
        ([str(SheetNumber(1, 77)), "", "1", "1"], "line_nobodys_sheet", str(SheetNumber(1, 77))),
        (["{1}", "Тушки", "1", "1"], "line_two_teams", "Тушки"),
        (["{2}", "Ёжики", "1", "1"], "line_other_round", "2"),
        (["", "Ёжики", "9", "1"], "line_unknown_round", "9"),
        (["", "Ёжики", "", "1"], "line_unknown_round", ""),
        (["", "Ёжики", "1", "1", "Ы"], "line_not_a_mark", "2: Ы"),
        (["", "Ёжики", "1", "1", "+"], "line_not_a_mark", "2: +"),
        (["", "Ёжики", "1", "2"], "line_not_a_mark", "1: 2"),
        (["", "Ёжики", "1", f"{DATE}2022-05-01 00:00:00"], "line_date", "1: 2022-05-01"),
        (["", "Ёжики", "1", "1", UNCOUNTED], "line_formula", "2"),
        (["", "Ёжики", "1", "1", "Х"], "line_not_taken_out", "2"),
        (["", "Ёжики", "2", "1", "7", "1"], "line_too_many_marks", "3 > 2"),
        (["", "Ёжики", "1", "1", "1", "0", "3"], "line_total_differs", "3 ≠ 2"),
        (["", "Ёжики", "1", "", "", "", "4"], "total_out_of_range", "0…3"),
        (["", "Ёжики", "1", "", "", "", "1,25"], "total_between_points", "0.5"),
        (["", "Ёжики", "1", "", "", "", "три"], "line_not_a_mark", "Σ: три"),
        (["", "Ёжики", "1", "", "", "", f"{DATE}2022-05-01"], "line_date", "Σ: 2022-05-01"),
        (["", "Онлайн", "1", "1"], "line_plays_online", "1"),
        (["", "Онлайн", "1", "", "", "", "1"], "line_plays_online", "Σ"),
    ],
)
def test_a_line_that_fails_says_why_and_holds_up_no_other(cells: list[str], code: str, detail: str) -> None:
    here = evening()
    here.join("Онлайн")
    cells = [cells[0].replace("{1}", number(here, "Ёжики")).replace("{2}", number(here, "Ёжики", 2)), *cells[1:]]
    preview = planned(here, rows(HEAD, cells, ["", "Тушки", "1", "1"]))
    assert failures(preview) == [(2, code, detail)]
    assert said(preview) == [("Тушки", "r1-one", "1")]


@pytest.mark.parametrize(
    ("mask", "playing", "code", "detail"),
    [
        ("110", 2, "line_mask_length", "3 ≠ 2"),
        ("11", 1, "line_mask_length", "2 ≠ 3"),
        ("1.1E+10", 1, "line_mask_length", "7 ≠ 3"),
        ("1б1", 1, "line_not_a_mark", "2: б"),
        ("11", 2, "line_takes_a_number", "2"),
    ],
)
def test_a_mask_that_fails_says_why(mask: str, playing: int, code: str, detail: str) -> None:
    assert failures(planned(evening(), rows(["team", "round", "mask"], ["Ёжики", playing, mask]))) == [(2, code, detail)]


def test_a_name_with_slips_is_proposed_and_not_guessed() -> None:
    (failed,) = planned(evening("Реактивные ежи"), rows(HEAD, ["", "Риактивные ежы", "1", "1"])).failed
    assert failed.failed and (failed.failed.code, failed.failed.proposal) == ("line_unknown_team", "Реактивные ежи")


@pytest.mark.parametrize("name", ["ЁЖИКИ", "  ёжики ", "Ёжики!", "Eжики"])
def test_a_team_is_found_by_what_its_name_looks_like(name: str) -> None:
    assert said(planned(evening(), rows(HEAD, ["", name, "1", "1"]))) == [("Ёжики", "r1-one", "1")]


def test_a_number_that_a_program_has_made_something_else_leaves_the_name() -> None:
    assert said(planned(evening(), rows(HEAD, ["date 2005-03-01", "Ёжики", "1", "1"]))) == [("Ёжики", "r1-one", "1")]


def test_two_lines_that_contradict_each_other_are_not_both_taken() -> None:
    preview = planned(evening(), rows(HEAD, ["", "Ёжики", "1", "1"], ["", "Ёжики", "1", "1"], ["", "Ёжики", "1", "0"]))
    assert failures(preview) == [(4, "line_said_twice", "2")] and len(said(preview)) == 1


def test_a_question_that_is_out_may_be_said_to_be() -> None:
    here = evening(revealed=True)
    here.do(ask.VoidQuestion(question=QuestionId("r1-text"), voided=True, reason="bad"))
    assert failures(planned(here, rows(["team", "round", "mask"], ["Ёжики", "1", "1X0"]))) == []


def test_a_muted_team_is_found_by_the_name_that_is_shown() -> None:
    here = evening("Плохое слово")
    here.do(ask.MuteTeam(team=TeamId("Плохое слово"), muted=True))
    assert [each.team for each in planned(here, rows(HEAD, ["", "№ Плох", "1", "1"])).lines] == ["№ Плох"]
    assert failures(planned(here, rows(HEAD, ["", "№ Плох", "1", "1"]))) == []

"""Numbers: one form, three ways to be right."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizserver.battle.ids import TeamId
from quizserver.battle.kinds import kind_of
from quizserver.battle.kinds.number import canonical
from quizserver.battle.questions import Plain, Solution
from tests.support.battles import question

NUMBER = question("r1", "number")
KIND = kind_of(NUMBER)


def right(key: Mapping[str, Plain], *values: str) -> set[str]:
    return set(KIND.right(NUMBER, Solution(NUMBER.id, key), {TeamId(value): value for value in values}))


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_every_way_to_write_a_number_has_one_canonical_form(whole: int, places: int) -> None:
    number = Fraction(whole, 10**places)
    sign, size = "-" if whole < 0 else "", f"{abs(whole):0{places + 1}}"
    cut = len(size) - places
    ways = {f"{sign}{size[:cut]}{mark}{size[cut:]}" if places else f"{sign}{size}" for mark in ".,"}
    ways |= {f" {way} " for way in ways} | {way.replace("-", "\u2212") for way in ways}
    ways |= {way + "0" for way in ways if places} | {f"{sign}00{size}" for _ in [0] if not places}
    forms = {canonical(way) for way in ways}
    assert len(forms) == 1
    assert Fraction(forms.pop()) == number


@given(st.text("0123456789+-., '\u2009\u2212x", max_size=34))
@example("9" * 31)
def test_a_canonical_form_is_its_own_and_anything_else_is_no_number(raw: str) -> None:
    try:
        form = canonical(raw)
    except ValueError as problem:
        assert str(problem) in {"wrong_type", "too_long"}
        return
    assert canonical(form) == form
    assert len(form) <= 30
    assert form.isascii()


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        ("21 242,50", "21242.5"),
        ("21'242", "21242"),
        ("21\u202f242", "21242"),
        ("+5", "5"),
        ("5\r\n", "5"),
        ("-0,0", "0"),
        ("007", "7"),
        ("0.50", "0.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(raw: str, form: str) -> None:
    assert KIND.read(NUMBER, raw) == form


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (True, "wrong_type"), (1.5, "wrong_type"), (None, "wrong_type"), ("twelve", "wrong_type"), ("1.", "wrong_type"),
        (".5", "wrong_type"), ("1e3", "wrong_type"), ("١٢", "wrong_type"), ("--1", "wrong_type"), ("  ", "empty"),
        ("1!000", "wrong_type"), ("1" * 31, "too_long"), (10**30, "too_long"), (10**5000, "too_long"), (-(10**5000), "too_long"),
    ],
    ids=lambda each: repr(each) if isinstance(each, str) else type(each).__name__,
)  # fmt: skip
def test_what_is_no_number_is_refused(raw: Any, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        KIND.read(NUMBER, raw)


def test_whole_numbers_are_read_as_they_are() -> None:
    assert (KIND.read(NUMBER, 1961), KIND.read(NUMBER, -5), KIND.read(NUMBER, 10**30 - 1)) == ("1961", "-5", "9" * 30)


def test_exact_is_exact() -> None:
    assert right({"value": "21 242"}, "21242", "21242.1", "21241") == {"21242"}
    assert right({"value": "0,5", "mode": "exact", "tolerance": "1"}, "0.5", "1") == {"0.5"}


@pytest.mark.parametrize(
    ("tolerance", "rights"),
    [
        ("5", {"95", "100", "105"}),
        ("10%", {"90", "95", "100", "105"}),
        ("4,9", {"100"}),
        ("5,01%", {"95", "100", "105"}),
        ("0", {"100"}),
        (5, {"95", "100", "105"}),
    ],
)
def test_within_the_tolerance_is_right_its_edge_included(tolerance: str | int, rights: set[str]) -> None:
    values = "89.95", "90", "95", "100", "105", "110.05"
    assert right({"value": "100", "mode": "tolerance", "tolerance": tolerance}, *values) == rights


def test_a_writer_may_leave_the_quotes_of_a_number_out() -> None:
    assert right({"value": 1961}, "1961", "1962") == {"1961"}


def test_a_percentage_of_a_number_below_zero_is_above_it() -> None:
    assert right({"value": "-100", "mode": "tolerance", "tolerance": "5%"}, "-95", "-105", "-106") == {"-95", "-105"}


def test_all_who_are_nearest_win_from_both_sides() -> None:
    assert right({"value": "100", "mode": "nearest"}, "90", "110", "120") == {"90", "110"}
    assert right({"value": "100", "mode": "nearest"}, "-5") == {"-5"}
    assert right({"value": "100", "mode": "nearest"}) == set()


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=6, unique=True))
def test_nearest_is_nobody_who_is_further_than_another(values: list[int]) -> None:
    rights = {int(value) for value in right({"value": "3", "mode": "nearest"}, *map(str, values))}
    assert rights == {value for value in values if abs(value - 3) == min(abs(each - 3) for each in values)}


def test_a_desk_enters_the_number_only_where_the_nearest_wins() -> None:
    modes = {
        mode: KIND.paper_takes_value(NUMBER, Solution(NUMBER.id, {"value": "1", "mode": mode})) for mode in ("exact", "nearest")
    }
    assert modes == {"exact": False, "nearest": True}


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ({"value": "1"}, []),
        ({"value": "1", "mode": "nearest"}, []),
        ({"value": "1", "mode": "about"}, ["mode"]),
        ({"mode": "exact"}, ["value"]),
        ({"value": "many", "mode": "about"}, ["mode", "value"]),
        ({"value": "1", "mode": "tolerance", "tolerance": "-1"}, ["tolerance"]),
        ({"value": "1", "mode": "tolerance", "tolerance": "-5%"}, ["tolerance"]),
        ({"value": "1", "mode": "tolerance", "tolerance": "five"}, ["tolerance"]),
    ],
)
def test_what_keeps_a_question_from_being_marked_is_told_to_its_writer(key: dict[str, Plain], fields: list[str]) -> None:
    assert [problem.field for problem in KIND.problems(NUMBER, Solution(NUMBER.id, key))] == fields


def test_a_writer_is_told_which_modes_there_are() -> None:
    (problem,) = KIND.problems(NUMBER, Solution(NUMBER.id, {"value": "1", "mode": "about"}))
    assert problem.sentence == "is 'about'; it must be one of exact, tolerance, nearest"


def test_the_reveal_shows_the_number_and_how_near_is_right() -> None:
    shown = KIND.solution_view(NUMBER, Solution(NUMBER.id, {"value": "21 242,0", "mode": "tolerance", "tolerance": "5%"}))
    assert shown == {"value": "21242", "mode": "tolerance", "tolerance": "5%"}
    plain = KIND.solution_view(NUMBER, Solution(NUMBER.id, {"value": 1961}))
    assert plain == {"value": "1961", "mode": "exact", "tolerance": None}

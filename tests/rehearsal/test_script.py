"""The script is a function of its seed, keeps away from every cut-off, and plays all that a rehearsal is there to play."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle.names import clean_name, skeleton
from quizserver.battle.settings import SHORTEST_OPEN_MS
from quizserver.rehearsal.evening import Act, During, Evening, PlayedRound, Step
from quizserver.rehearsal.known_pack import rounds_of
from quizserver.rehearsal.moments import GUARD_MS, Window, due_ms, overslept_ms
from quizserver.rehearsal.script import Wish, evening
from rounds.library import load

DEFAULTS = Wish("tupolev", 175, 54, 6, 1)
MOST_TEAMS = 2_000


def scripted(wish: Wish) -> Evening:
    return evening(wish, rounds_of(load(wish.pack), not wish.paper))


@pytest.fixture(scope="module")
def default() -> Evening:
    return scripted(DEFAULTS)


def test_the_same_seed_gives_the_same_evening(default: Evening) -> None:
    assert default == scripted(DEFAULTS)
    assert default != scripted(Wish("tupolev", 175, 54, 6, 2))


def test_a_team_more_changes_nothing_for_the_others(default: Evening) -> None:
    more = scripted(Wish("tupolev", 176, 54, 6, 1))
    assert [team.turns for team in more.online[:175]] == [team.turns for team in default.online]


def test_every_act_is_played(default: Evening) -> None:
    steps = Counter(step.act for team in default.online for turns in team.turns for turn in turns for step in turn.steps)
    assert steps.keys() == set(Act)
    assert {step.during for team in default.online for turns in team.turns for turn in turns for step in turn.steps} == {
        During.OPEN, During.LAST_CALL, During.LATE,
    }  # fmt: skip


def test_sheets_come_late_twice_out_of_order_and_from_two_people_who_disagree(default: Evening) -> None:
    sheets = [sheet for team in default.paper for sheet in team.sheets]
    entries = [entry for sheet in sheets for entry in sheet.entries]
    assert any(entry.times > 1 for entry in entries) and any(entry.corrects for entry in entries)
    assert any(sheet.entries[0].marks[0][0] > 0 for sheet in sheets)
    seconds = [(sheet, entry) for sheet in sheets for entry in sheet.entries if entry.person == 1]
    agreeing = [all(sheet.entries[0].marks[at][1] == mark for at, mark in entry.marks) for sheet, entry in seconds]
    assert any(agreeing) and not all(agreeing)
    assert any(each.late for each in default.collecting[0])


def test_every_late_answer_says_something_else_than_what_counts(default: Evening) -> None:
    for team in default.online:
        for turn in (turn for turns in team.turns for turn in turns):
            assert all(step.value != turn.final for step in turn.steps if step.during is During.LATE)


def test_no_two_names_look_alike() -> None:
    names = [team.name for team in scripted(Wish("industry", MOST_TEAMS, 54, 60, 1)).online]
    assert len({skeleton(name) for name in names}) == MOST_TEAMS
    assert all(clean_name(name) == name for name in names)


@given(st.floats(0, 1), st.integers(SHORTEST_OPEN_MS, 600_000), st.integers(0, 3_000), st.sampled_from(During))
def test_nobody_answers_near_a_cut_off_but_with_edge(part: float, open_ms: int, grace_ms: int, during: During) -> None:
    window, played = Window(1_000_000, 1_000_000 + open_ms, True), PlayedRound((), True, False, grace_ms, 0)
    step = Step(during, part, Act.SAY, "x")
    away_ms = due_ms(window, step, played) - (window.deadline_ms + grace_ms)
    assert overslept_ms(window, step, played, due_ms(window, step, played)) == 0
    match during:
        case During.EDGE:
            assert abs(away_ms) <= GUARD_MS
        case During.LATE:
            assert away_ms >= GUARD_MS
        case _:
            assert away_ms <= -GUARD_MS
            assert due_ms(window, step, played) >= window.opens_ms


def test_a_step_that_comes_too_late_for_its_guard_is_known() -> None:
    window, played = Window(0, 1_500, True), PlayedRound((), True, False, 300, 0)
    step = Step(During.OPEN, 1.0, Act.SAY, "x")
    assert overslept_ms(window, step, played, 1_400) == 0
    assert overslept_ms(window, step, played, 1_401) == 1
    assert overslept_ms(Window(0, 1_500, False), step, played, 9_999) == 0

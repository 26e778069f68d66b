"""What a line takes of a team's time is given back, within bounds, and only where speed counts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.fairness import worth_ms
from quizserver.battle.evolve import fold
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.scoring import elapsed_ms
from quizserver.battle.settings import BattleSettings, TieBreak
from quizserver.battle.standings import standing
from tests.support.battles import KINDS, Evening, each_round

TIMED: dict[str, Any] = {"tie_breaks": (TieBreak.SPEED,), "give_ms": 150}
FAR, NEAR = TeamId("far"), TeamId("near")


def opened(*kinds: str, reading_ms: int | None = 3000, **settings: Any) -> Evening:
    """A question is open and may be answered; two teams play."""
    evening = Evening(each_round("r1", *(kinds or ("one",)), reading_ms=reading_ms), **{**TIMED, **settings})
    evening.join(FAR)
    evening.join(NEAR)
    evening.until(Phase.OPEN)
    return evening


def give(evening: Evening, **trips: int) -> tuple[did.Event, ...]:
    return evening.do(give_time(evening, **trips))


def give_time(evening: Evening, **trips: int) -> ask.GiveTime:
    named = {TeamId(team): ms for team, ms in trips.items()}
    return ask.GiveTime(question=evening.shown, opening=1, trips=named)


def revealed(evening: Evening, **stamps_after_ms: int) -> Evening:
    """Both answer right, so many milliseconds after the opening."""
    for team, after_ms in stamps_after_ms.items():
        evening.answer(TeamId(team), f"{evening.shown}-b", stamp_ms=evening.box.opens_at_ms + after_ms)
    evening.until(Phase.REVEALED)
    return evening


def test_the_way_back_is_given_where_the_opening_was_known_ahead() -> None:
    evening = opened()
    give(evening, far=120)
    assert evening.box.given == {FAR: 60}


def test_the_whole_trip_is_given_where_the_host_opens_by_hand() -> None:
    evening = opened(reading_ms=None)
    give(evening, far=120)
    assert evening.box.given == {FAR: 120}


def test_it_parts_teams_that_tie_and_changes_no_time_of_an_answer() -> None:
    evening = opened()
    give(evening, far=200)
    revealed(evening, far=1080, near=1000)
    assert elapsed_ms(evening.state, evening.shown) == {FAR: 980, NEAR: 1000}
    assert [(row.place, row.team) for row in standing(evening.state)] == [(1, FAR), (2, NEAR)]
    assert evening.box.answers[FAR].stamp_ms == evening.box.opens_at_ms + 1080


def test_nobody_answers_before_a_question_opens() -> None:
    evening = opened()
    give(evening, far=300)
    assert elapsed_ms(revealed(evening, far=20).state, evening.shown) == {FAR: 0}


def test_a_late_answer_stays_late_whatever_was_given() -> None:
    """The box alone says so, and it is told nothing of lines."""
    evening = opened()
    before = (evening.box.opens_at_ms, evening.box.deadline_ms, evening.box.cut_off_ms)
    give(evening, far=300)
    assert (evening.box.opens_at_ms, evening.box.deadline_ms, evening.box.cut_off_ms) == before


@given(st.integers(-10, 10**9), st.integers(0, 10**6), st.integers(0, 150))
def test_nothing_is_believed_beyond_the_cap(trip_ms: int, announced_ms: int, give_ms: int) -> None:
    worth = worth_ms(BattleSettings(give_ms=give_ms), trip_ms, announced_ms)
    assert 0 <= worth <= min(give_ms, max(0, trip_ms))


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_a_longer_line_is_given_no_less_and_an_earlier_word_no_more(trip_ms: int, longer_ms: int, announced_ms: int) -> None:
    settings = BattleSettings(give_ms=150)
    assert worth_ms(settings, trip_ms + longer_ms, announced_ms) >= worth_ms(settings, trip_ms, announced_ms)
    assert worth_ms(settings, trip_ms, announced_ms + longer_ms) <= worth_ms(settings, trip_ms, announced_ms)


def test_an_evening_gives_no_more_than_its_budget() -> None:
    evening = opened(*KINDS, give_in_all_ms=250)
    in_all = 0
    for _ in KINDS:
        give(evening, far=10_000)
        in_all += evening.box.given.get(FAR, 0)
        evening.until(Phase.REVEALED)
        if evening.shown != QuestionId("r1-number"):
            evening.until(Phase.OPEN)
    assert in_all == 250


def test_of_two_processes_the_smaller_word_counts() -> None:
    evening = opened()
    assert give(evening, far=100) and give(evening, far=40)
    assert give(evening, far=300) == give(evening, far=40) == ()
    assert evening.box.given == {FAR: 20}
    give(evening, far=0)
    assert evening.box.given == {FAR: 0}


def test_a_smaller_word_is_not_made_smaller_still_by_the_one_it_replaces() -> None:
    evening = opened(give_in_all_ms=100)
    give(evening, far=160)
    give(evening, far=120)
    assert evening.box.given == {FAR: 60}


def test_a_question_for_which_nothing_was_given_leaves_the_whole_budget() -> None:
    evening = opened("one", "tf", give_in_all_ms=100)
    give(evening, near=40)
    evening.until(Phase.OPEN, "r1-tf")
    give(evening, far=1000)
    assert evening.box.given == {FAR: 100}


@pytest.mark.parametrize(("trip_ms", "announced_ms"), [(0, 0), (-1, 10), (-7, 0)])
def test_no_line_is_worth_nothing(trip_ms: int, announced_ms: int) -> None:
    assert worth_ms(BattleSettings(give_ms=150), trip_ms, announced_ms) == 0


def test_what_is_worth_nothing_is_not_written_down() -> None:
    evening = opened()
    assert give(evening, far=0, near=1, stranger=200) == ()


@pytest.mark.parametrize("settings", [{"give_ms": 0}, {"tie_breaks": ()}])
def test_where_nothing_is_timed_nothing_is_given(settings: dict[str, Any]) -> None:
    evening = opened(**settings)
    assert evening.refused(give_time(evening, far=100)) == "not_open"


def test_after_the_close_no_time_is_given() -> None:
    evening = opened()
    evening.time_up()
    assert evening.refused(give_time(evening, far=100)) == "not_open"
    assert evening.refused(ask.GiveTime(question=evening.shown, opening=2, trips={FAR: 100})) == "not_open"


def test_the_ledger_alone_gives_the_same_standing() -> None:
    evening = opened()
    give(evening, far=200)
    revealed(evening, far=1080, near=1000)
    assert standing(fold(evening.history)) == standing(evening.state)

"""A question is sent a moment before it is seen, so that all see it at once; nobody's time runs before that."""

from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from quizserver.battle.settings import TieBreak
from quizserver.battle.views import host_view, screen_view, team_view
from tests.support.battles import Evening, each_round

LEAD_MS = 400


def shown(**settings: Any) -> Evening:
    """Its first question was shown this very moment; it is read for 3 s."""
    evening = Evening(each_round("r1", "one", "tf"), **{"lead_ms": LEAD_MS, **settings})
    evening.until(Phase.OPEN)
    return evening


def by_hand() -> Evening:
    """The same in a round whose questions the host opens."""
    evening = Evening(each_round("r1", "one", reading_ms=None), lead_ms=LEAD_MS)
    evening.until(Phase.SHOWN)
    return evening


def test_phones_and_screens_are_told_when_to_show_a_question_and_the_host_sees_it_at_once() -> None:
    evening = shown()
    seen_ms = evening.now_ms + LEAD_MS
    assert team_view(evening.state)["shows_at"] == screen_view(evening.state)["shows_at"] == seen_ms
    assert "shows_at" not in host_view(evening.state)


def test_reading_begins_when_the_question_is_seen() -> None:
    evening = shown()
    assert evening.box.opens_at_ms == evening.now_ms + LEAD_MS + 3000
    assert evening.box.deadline_ms == evening.box.opens_at_ms + 30_000


def test_where_speed_counts_nobody_is_given_a_question_early() -> None:
    evening = shown(tie_breaks=(TieBreak.SPEED,))
    assert evening.box.opens_at_ms == evening.now_ms + 3000
    assert "shows_at" not in team_view(evening.state) | screen_view(evening.state)


def test_a_battle_without_a_lead_shows_a_question_as_soon_as_it_comes() -> None:
    assert "shows_at" not in team_view(shown(lead_ms=0).state)


def test_pace_divides_the_lead_too() -> None:
    evening = shown(pace=10)
    assert team_view(evening.state)["shows_at"] == evening.now_ms + 40


@pytest.mark.parametrize(("after_ms", "opens_after_ms"), [(100, LEAD_MS), (LEAD_MS, LEAD_MS), (5000, 5000)])
def test_a_quick_hand_opens_no_question_that_is_not_seen_yet(after_ms: int, opens_after_ms: int) -> None:
    evening = by_hand()
    began_ms = evening.now_ms
    evening.wait(after_ms)
    evening.do(ask.OpenAnswers())
    assert evening.box.opens_at_ms == began_ms + opens_after_ms


def test_a_question_that_was_paused_before_it_was_seen_is_seen_as_much_later() -> None:
    evening = shown()
    seen_ms = evening.now_ms + LEAD_MS
    evening.wait(100)
    evening.do(ask.Pause())
    assert "shows_at" not in team_view(evening.state) | screen_view(evening.state)
    evening.wait(5000)
    evening.do(ask.Resume())
    assert team_view(evening.state)["shows_at"] == seen_ms + 5000
    assert evening.box.opens_at_ms == seen_ms + 5000 + 3000


def test_a_pause_later_on_moves_nothing_that_was_seen() -> None:
    evening = shown()
    before = team_view(evening.state)["shows_at"]
    evening.wait(1000)
    evening.do(ask.Pause())
    evening.wait(5000)
    evening.do(ask.Resume())
    assert team_view(evening.state)["shows_at"] == before


def test_what_comes_back_to_the_stage_is_seen_at_once() -> None:
    evening = shown()
    evening.until(Phase.REVEALED)
    evening.do(ask.ShowQuestion())
    assert "shows_at" in team_view(evening.state)
    evening = by_hand()
    evening.do(ask.GoBack())
    assert evening.state.shows_at_ms == 0


def test_the_end_of_a_clock_changes_nothing_that_phones_see() -> None:
    evening = shown()
    before = team_view(evening.state)
    evening.time_up()
    assert team_view(evening.state) == before

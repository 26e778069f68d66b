"""A team's points of a question come from one source, its answers or its sheet; the host may change it, also afterwards."""

from dataclasses import replace
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.settings import Source
from quizserver.battle.views import mine_view, screen_view, team_view
from tests.support.battles import HALL, PENDING, RIGHT, WRONG, Evening, a_round, each_round, right_answer

A = TeamId("A")


def change(asked: str, source: Source = Source.PAPER, only: bool = False, **changes: Any) -> ask.ChangeSource:
    fields = {"team": A, "reason": "no network"} | changes
    round_id = RoundId(asked.split("-")[0])
    return ask.ChangeSource(round=round_id, question=QuestionId(asked), source=source, only_this_round=only, **fields)


def played(*rounds: str) -> Evening:
    """Rounds of three questions, played online by A with all answers right, revealed."""
    evening = Evening(*(a_round(name, "one", "tf", "text") for name in rounds or ("r1",)))
    evening.join("A")
    for name in rounds or ("r1",):
        for kind in ("one", "tf", "text"):
            evening.until(Phase.OPEN, f"{name}-{kind}")
            evening.answer(A, right_answer(f"{name}-{kind}"))
        evening.until(Phase.ROUND_END)
        if name != (rounds or ("r1",))[-1]:
            evening.until(Phase.ROUND_INTRO)
    return evening


def test_from_the_third_question_on_a_team_s_points_come_from_its_sheet() -> None:
    evening = played()
    evening.do(change("r1-text"))
    assert [evening.mark_of(A, asked) for asked in ("r1-one", "r1-tf", "r1-text")] == [RIGHT, RIGHT, PENDING]
    before = screen_view(evening.state)["counts"]["sheets"]
    evening.mark(A, "r1-text", "0")
    assert evening.mark_of(A, "r1-text") == WRONG
    assert (before, screen_view(evening.state)["counts"]["sheets"]) == ({"in": 0, "of": 1}, {"in": 1, "of": 1})


def test_both_sources_stay_and_the_chosen_one_counts() -> None:
    evening = played()
    evening.do(change("r1-one"))
    evening.mark(A, "r1-one", "0")
    assert evening.mark_of(A, "r1-one") == WRONG
    assert len(evening.do(change("r1-one", Source.ONLINE))) == 1
    assert evening.mark_of(A, "r1-one") == RIGHT
    evening.do(change("r1-one", Source.PAPER))
    assert evening.mark_of(A, "r1-one") == WRONG


def test_a_change_for_one_round_ends_with_it() -> None:
    evening = played("r1", "r2")
    evening.do(change("r1-tf", only=True))
    marks = [evening.mark_of(A, asked) for asked in ("r1-one", "r1-tf", "r1-text", "r2-one")]
    assert marks == [RIGHT, PENDING, PENDING, RIGHT]


def test_a_change_for_good_reaches_the_rounds_to_come() -> None:
    evening = played("r1", "r2")
    evening.do(change("r1-text"))
    assert [evening.mark_of(A, asked) for asked in ("r1-tf", "r1-text", "r2-one")] == [RIGHT, PENDING, PENDING]


def test_a_team_that_turns_to_paper_after_the_reveal_is_let_in_by_that() -> None:
    """The host has just said that its sheet shall count; nothing is left to wait for."""
    evening = played("r1", "r2")
    changed = evening.do(change("r1-one"))
    assert changed[1:] == (did.MarksAccepted(venue=HALL, scope="r1"), did.MarksAccepted(venue=HALL, scope="r2"))
    evening.mark(A, "r2-one", "0")
    assert evening.mark_of(A, "r2-one") == WRONG


def test_only_the_rounds_of_the_change_are_let_in() -> None:
    assert played("r1", "r2").do(change("r1-one", only=True))[1:] == (did.MarksAccepted(venue=HALL, scope="r1"),)
    assert played("r1", "r2").do(change("r2-tf"))[1:] == (did.MarksAccepted(venue=HALL, scope="r2"),)


def test_a_team_with_one_question_on_paper_stays_at_a_venue() -> None:
    evening = played("r1", "r2")
    evening.do(change("r2-text", only=True))
    assert evening.refused(ask.MoveTeam(team=A, venue=None)) == "venue_needed"


def test_who_goes_back_online_lets_no_marks_in() -> None:
    assert len(played("r1", "r2").do(change("r1-one", Source.ONLINE))) == 1


def test_the_reason_of_a_change_is_written_down_without_the_spaces_around_it() -> None:
    (changed,) = played().do(change("r1-one", Source.ONLINE, reason=" no network "))
    assert isinstance(changed, did.SourceChanged)
    assert changed.reason == "no network"


def test_nobody_is_let_in_before_the_reveal() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.COLLECTED)
    assert len(evening.do(change("r1-one"))) == 1
    evening.do(ask.ConfirmCollected(venue=HALL, scope="r1"))
    evening.mark(A, "r1-one", "1")
    evening.until(Phase.REVEALED)
    assert evening.mark_of(A, "r1-one") == RIGHT


@pytest.mark.parametrize("confirms", [True, False])
def test_a_venue_whose_word_is_known_is_not_asked_again(confirms: bool) -> None:
    """It has confirmed, so its marks count; or it was gone over, so all its marks wait, these as well."""
    evening = Evening(a_round("r1", "one"))
    evening.join("A")
    evening.join_paper("P")
    evening.until(Phase.ROUND_CLOSED)
    evening.do(ask.ConfirmCollected(venue=HALL, scope="r1") if confirms else ask.GoOnUncollected())
    evening.until(Phase.REVEALED)
    assert len(evening.do(change("r1-one"))) == 1
    evening.mark(A, "r1-one", "1")
    assert evening.mark_of(A, "r1-one") == (RIGHT if confirms else PENDING)


def test_a_team_turned_to_paper_belongs_to_a_venue() -> None:
    evening = played()
    club = evening.add_venue("club")
    evening.do(change("r1-one", venue=club))
    assert evening.state.teams[A].venue == club
    evening.do(change("r1-one", Source.ONLINE))
    assert evening.state.teams[A].venue == club
    evening.do(change("r1-one"))
    assert evening.state.teams[A].venue == club


def test_a_team_without_a_venue_turns_to_paper_at_the_first_one() -> None:
    evening = played()
    evening.do(change("r1-one", Source.ONLINE))
    assert evening.state.teams[A].venue is None
    evening.do(change("r1-one"))
    assert evening.state.teams[A].venue == HALL


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (change("r1-one", team=TeamId("B")), "unknown_team"),
        (change("r1-one", reason="  "), "reason_needed"),
        (change("r1-number"), "unknown_question"),
        (replace(change("r1-one"), round=RoundId("r2")), "unknown_question"),
        (change("r1-one", venue=VenueId("nowhere")), "unknown_venue"),
    ],
)
def test_a_change_names_what_there_is_and_why(command: ask.ChangeSource, code: str) -> None:
    assert played().refused(command) == code


def test_a_source_can_be_changed_after_the_end() -> None:
    evening = played()
    evening.until(Phase.FINISHED)
    evening.do(change("r1-one", only=True))
    assert evening.points(A) == 0


def test_a_total_says_nothing_of_a_round_that_was_partly_played_online() -> None:
    evening = played()
    evening.do(change("r1-tf"))
    evening.mark(A, "r1", "3")
    assert (evening.points(A), evening.place(A).pending) == (1, True)


def test_a_total_says_nothing_of_a_round_whose_end_was_played_online() -> None:
    evening = played()
    evening.do(change("r1-one"), change("r1-text", Source.ONLINE))
    evening.mark(A, "r1", "3")
    assert (evening.points(A), evening.place(A).pending) == (1, True)


def test_the_answers_of_a_team_on_paper_are_not_among_those_that_fell() -> None:
    evening = played()
    evening.join_paper("P")
    evening.do(change("r1-one"))
    evening.mark(A, "r1-one", "0")
    evening.do(ask.GoBack(), ask.GoBack(), ask.GoBack())
    assert team_view(evening.state)["solutions"]["r1-one"]["fell"] == {"answered": 0, "right": 0, "rows": []}
    assert mine_view(evening.state, A, {}, None, None)["marks"]["r1-one"] == {"mark": "wrong", "points": 0, "said": "0"}


# --- a round that reveals each and has no slips ---


def test_a_team_that_lost_its_network_in_its_middle_goes_on_on_paper() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.join("A")
    evening.until(Phase.REVEALED)
    evening.do(change("r1-tf", only=True))
    evening.until(Phase.REVEALED, "r1-tf")
    evening.mark(A, "r1-tf", "1")
    assert evening.mark_of(A, "r1-tf") == RIGHT


def test_a_team_that_lost_its_network_before_its_first_reveal_waits_for_the_host() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.OPEN)
    evening.do(change("r1-one", only=True))
    evening.until(Phase.REVEALED)
    confirmed = evening.do(ask.ConfirmCollected(venue=HALL, scope="r1"))
    assert confirmed == (did.VenueCollected(venue=HALL, scope="r1", late=True),)
    evening.mark(A, "r1-one", "1")
    waiting = evening.mark_of(A, "r1-one")
    evening.do(ask.AcceptMarks(venue=HALL, scope="r1"))
    assert (waiting, evening.mark_of(A, "r1-one")) == (PENDING, RIGHT)


def test_a_round_without_slips_does_not_start_with_a_team_on_paper() -> None:
    evening = Evening(a_round("r1", "one"), each_round("r2", "one"))
    evening.join("A")
    evening.until(Phase.ROUND_END)
    evening.do(change("r1-one"), ask.ShowStanding())
    assert evening.refused(ask.StartRound()) == "paper_needs_slips"
    evening.do(change("r2-one", Source.ONLINE), ask.StartRound())

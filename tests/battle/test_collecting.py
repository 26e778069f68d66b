"""Collected: no team of a venue can write any more. Only then its desk has the key, and only its marks count unasked."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide import decide
from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Collect
from quizserver.battle.settings import Source
from quizserver.battle.views import desk_view
from tests.support.battles import HALL, PENDING, RIGHT, Evening, a_round, each_round, slips_round

P = TeamId("P")


def closed(*kinds: str) -> Evening:
    """A round just closed, with a paper team P at the hall and Q at the club."""
    evening = Evening(a_round("r1", *(kinds or ("one",))), a_round("r2", "tf"))
    evening.join_paper("P")
    evening.join_paper("Q", evening.add_venue("club"))
    evening.until(Phase.ROUND_CLOSED)
    evening.seal()
    return evening


CLUB = VenueId("club")


def confirmed(evening: Evening, venue: VenueId = HALL, scope: str = "r1") -> tuple[did.Event, ...]:
    return evening.do(ask.ConfirmCollected(venue=venue, scope=scope))


def has_key(evening: Evening, venue: VenueId, scope: str = "r1") -> bool:
    return "key" in desk_view(evening.state, venue)["scopes"][scope]


def test_the_last_venue_that_confirms_ends_the_collection() -> None:
    evening = closed()
    assert confirmed(evening, CLUB) == (did.VenueCollected(venue=CLUB, scope="r1"),)
    assert confirmed(evening) == (did.VenueCollected(venue=HALL, scope="r1"), did.CollectionEnded(scope="r1"))
    assert evening.state.phase is Phase.COLLECTED


def test_confirming_twice_is_once() -> None:
    evening = closed()
    confirmed(evening)
    assert confirmed(evening) == ()


def test_a_venue_without_paper_may_confirm_and_nobody_waits_for_it() -> None:
    evening = closed()
    evening.add_venue("bar")
    assert confirmed(evening, VenueId("bar")) == (did.VenueCollected(venue=VenueId("bar"), scope="r1"),)
    assert evening.state.missing_venues("r1") == {HALL, CLUB}


@pytest.mark.parametrize(("venue", "scope"), [("nowhere", "r1"), ("hall", "r9")])
def test_only_what_there_is_can_be_confirmed(venue: str, scope: str) -> None:
    assert closed().refused(ask.ConfirmCollected(venue=VenueId(venue), scope=scope)) == "unknown_venue"


def test_nothing_is_collected_while_anybody_can_write() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.join_paper("P")
    for phase in (Phase.ROUND_INTRO, Phase.OPEN, Phase.LAST_CALL):
        evening.until(phase)
        assert evening.refused(ask.ConfirmCollected(venue=HALL, scope="r1")) == "not_closed"


def test_without_paper_there_is_nothing_to_collect() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.LAST_CALL)
    evening.do(ask.CloseAnswers())
    assert evening.state.phase is Phase.COLLECTED


def test_a_desk_has_the_key_when_its_own_venue_has_collected() -> None:
    evening = closed()
    assert not has_key(evening, HALL)
    confirmed(evening)
    assert (has_key(evening, HALL), has_key(evening, CLUB)) == (True, False)


def test_the_host_may_go_on_over_venues_and_the_ledger_says_over_which() -> None:
    evening = closed()
    confirmed(evening)
    assert evening.do(ask.GoOnUncollected()) == (did.CollectionEnded(scope="r1", over=(CLUB,)),)
    assert evening.state.waiting == {(CLUB, "r1")}
    assert not has_key(evening, CLUB)


def test_venues_that_were_gone_over_are_written_down_in_order() -> None:
    evening = Evening(a_round("r1", "one"))
    venues = [evening.add_venue(f"v{at}") for at in range(8)]
    for venue in reversed(venues):
        evening.join_paper(f"of {venue}", venue)
    evening.until(Phase.ROUND_CLOSED)
    assert evening.do(ask.GoOnUncollected()) == (did.CollectionEnded(scope="r1", over=tuple(venues)),)


def test_a_mark_does_not_count_before_its_venue_has_confirmed() -> None:
    evening = closed()
    evening.mark(P, "r1-one", "1")
    assert evening.mark_of(P, "r1-one") == PENDING
    confirmed(evening)
    assert evening.mark_of(P, "r1-one") == RIGHT


def test_marks_of_a_venue_that_was_gone_over_wait_for_the_host() -> None:
    evening = closed()
    evening.do(ask.GoOnUncollected())
    evening.until(Phase.REVEALED)
    evening.mark(P, "r1-one", "1")
    confirmed(evening)
    assert evening.mark_of(P, "r1-one") == PENDING
    evening.do(ask.AcceptMarks(venue=HALL, scope="r1"))
    assert evening.mark_of(P, "r1-one") == RIGHT
    assert evening.state.waiting == {(CLUB, "r1")}


def test_a_venue_that_confirms_after_the_reveal_gets_the_key_and_its_marks_wait() -> None:
    evening = closed()
    evening.do(ask.GoOnUncollected())
    evening.until(Phase.REVEALED)
    assert confirmed(evening) == (did.VenueCollected(venue=HALL, scope="r1", late=True),)
    assert (HALL, "r1") in evening.state.waiting
    assert has_key(evening, HALL)


def test_a_venue_that_was_gone_over_and_confirms_before_the_reveal_counts() -> None:
    evening = closed()
    evening.do(ask.GoOnUncollected())
    assert confirmed(evening) == (did.VenueCollected(venue=HALL, scope="r1"),)
    evening.mark(P, "r1-one", "1")
    assert evening.mark_of(P, "r1-one") == RIGHT
    assert evening.state.waiting == {(CLUB, "r1")}
    assert confirmed(evening, CLUB) == (did.VenueCollected(venue=CLUB, scope="r1"),)  # what has ended does not end again


def test_accepted_marks_stay_accepted_when_the_venue_confirms_at_last() -> None:
    evening = closed()
    evening.do(ask.GoOnUncollected())
    evening.until(Phase.REVEALED)
    evening.do(ask.AcceptMarks(venue=HALL, scope="r1"))
    confirmed(evening)
    evening.mark(P, "r1-one", "1")
    assert evening.mark_of(P, "r1-one") == RIGHT


def test_accepting_marks_gives_no_desk_the_key() -> None:
    """Only its venue's own word does: nobody else knows whether a team there is still writing."""
    evening = closed("one", "tf")
    evening.do(ask.GoOnUncollected())
    evening.until(Phase.REVEALED)
    evening.do(ask.AcceptMarks(venue=CLUB, scope="r1"))
    assert not has_key(evening, CLUB)


def test_marks_are_accepted_only_after_the_reveal_and_once() -> None:
    evening = closed()
    evening.do(ask.GoOnUncollected())
    accept = ask.AcceptMarks(venue=HALL, scope="r1")
    assert evening.refused(accept) == "not_revealed"
    evening.until(Phase.REVEALED)
    evening.do(accept)
    assert evening.do(accept) == ()
    evening.do(ask.AcceptMarks(venue=CLUB, scope="r1"))
    assert evening.state.accepted == {(HALL, "r1"), (CLUB, "r1")}
    assert not evening.state.waiting
    assert evening.refused(ask.AcceptMarks(venue=HALL, scope="r9")) == "unknown_venue"
    assert evening.refused(ask.AcceptMarks(venue=VenueId("nowhere"), scope="r1")) == "unknown_venue"


def test_a_venue_back_after_hours_without_network_can_still_confirm() -> None:
    evening = closed()
    evening.do(ask.GoOnUncollected())
    for phase in (Phase.ROUND_END, Phase.OPEN, Phase.FINISHED):
        evening.until(phase)
        late = ask.ConfirmCollected(venue=HALL, scope="r1")
        assert decide(evening.state, late, evening.now_ms) == (did.VenueCollected(venue=HALL, scope="r1", late=True),)


def test_nothing_is_revealed_before_it_is_collected() -> None:
    evening = closed()
    assert evening.refused(ask.Reveal()) == "not_in_this_phase"
    evening = Evening(slips_round("r1", "one"))
    evening.join_paper("P")
    evening.until(Phase.SEALED)
    assert evening.refused(ask.Reveal()) == "not_collected"


def test_nothing_is_revealed_before_it_is_sealed() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.COLLECTED)
    assert evening.refused(ask.Reveal()) == "not_sealed"


def test_slips_are_collected_after_every_question() -> None:
    evening = Evening(slips_round("r1", "one", "tf"))
    evening.join_paper("P")
    evening.until(Phase.CLOSED)
    confirmed(evening, scope="r1-one")
    assert has_key(evening, HALL, "r1-one")
    evening.until(Phase.CLOSED, "r1-tf")
    assert not has_key(evening, HALL, "r1-tf")
    assert evening.state.missing_venues("r1-tf") == {HALL}


def test_the_host_goes_on_over_the_slips_of_the_question_on_the_stage() -> None:
    evening = Evening(slips_round("r1", "one", "tf"))
    evening.join_paper("P")
    evening.until(Phase.SEALED, "r1-tf")
    assert evening.do(ask.GoOnUncollected()) == (did.CollectionEnded(scope="r1-tf", over=(HALL,)),)


def test_without_paper_no_slip_is_missing() -> None:
    evening = Evening(slips_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.OPEN)
    closing = evening.do(ask.CloseAnswers())
    assert closing[-1] == did.CollectionEnded(scope="r1-one")


def test_slips_in_a_round_that_is_revealed_at_its_end_are_a_sheet() -> None:
    evening = Evening(a_round("r1", "one", "tf", collect=Collect.QUESTION))
    evening.join_paper("P")
    evening.until(Phase.ROUND_CLOSED)
    confirmed(evening)
    evening.until(Phase.FINISHED)


def test_a_round_that_collects_nothing_has_nothing_to_go_on_over() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.until(Phase.SEALED)
    assert evening.refused(ask.GoOnUncollected()) == "nothing_to_collect"


def test_when_the_last_paper_team_goes_online_the_host_goes_on() -> None:
    evening = Evening(a_round("r1", "one"))
    paper = evening.join_paper("P")
    evening.until(Phase.ROUND_CLOSED)
    playing = evening.state.pack.rounds[0]
    evening.do(
        ask.ChangeSource(
            team=paper,
            round=playing.id,
            question=playing.questions[0].id,
            source=Source.ONLINE,
            only_this_round=True,
            reason="they had phones",
        )
    )
    evening.press()
    assert evening.state.phase is Phase.COLLECTED

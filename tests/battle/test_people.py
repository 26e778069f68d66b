"""Venues, teams, devices, names and keys."""

from dataclasses import replace
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide import seats, teams, venues
from quizserver.battle.events import Name
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import SeatId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Round
from quizserver.battle.settings import Source
from quizserver.battle.state import StaffKey
from tests.support.battles import HALL, Evening, a_round, each_round, slips_round

A, B = TeamId("A"), TeamId("B")


def joining(name: str = "Ил", **changes: Any) -> ask.JoinTeam:
    command = ask.JoinTeam(team=TeamId("new"), name=Name(name, "salt"), plays=Source.ONLINE, seat=SeatId("s"), token_hash="t")
    return replace(command, **changes)


@pytest.fixture
def evening() -> Evening:
    evening = Evening()
    evening.join("A")
    return evening


# --- joining ---


def test_a_team_joins_with_its_first_device_and_its_name_is_cleaned(evening: Evening) -> None:
    evening.do(joining("  Илья \u202e  Муромец "))
    assert evening.state.teams[TeamId("new")].name.text == "Илья Муромец"
    assert evening.state.seats["t"][:2] == ("new", "s")


def test_joining_again_is_no_news(evening: Evening) -> None:
    evening.do(joining())
    assert evening.do(joining("another name")) == ()


def test_a_team_without_a_device_has_no_seat(evening: Evening) -> None:
    evening.do(joining(seat=None, token_hash=""))
    assert list(evening.state.seats) == ["token of A"]


@pytest.mark.parametrize(("name", "code"), [(" ", "name_empty"), ("x" * 41, "name_too_long"), ("а", "name_taken")])
def test_a_name_that_is_none_or_looks_like_anothers_is_refused(evening: Evening, name: str, code: str) -> None:
    assert evening.refused(joining(name)) == code


def test_a_locked_lobby_keeps_strangers_out_and_lets_the_host_add_teams(evening: Evening) -> None:
    evening.do(ask.LockLobby(locked=True))
    assert evening.do(ask.LockLobby(locked=True)) == ()
    assert evening.refused(joining()) == "lobby_locked"
    evening.do(joining(seat=None))
    evening.join_paper("P")
    evening.do(ask.LockLobby(locked=False))
    evening.do(joining("Як", team=TeamId("another")))


def test_a_full_battle_takes_nobody(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teams, "MOST_TEAMS", 1)
    monkeypatch.setattr(venues, "MOST_VENUES", 1)
    assert evening.refused(joining()) == "battle_is_full"
    assert evening.refused(ask.AddVenue(venue=VenueId("v"), name="V")) == "battle_is_full"


def test_a_team_on_paper_belongs_to_a_venue_that_exists(evening: Evening) -> None:
    assert evening.refused(joining(plays=Source.PAPER)) == "venue_needed"
    assert evening.refused(joining(venue=VenueId("nowhere"))) == "unknown_venue"
    assert evening.do(joining(plays=Source.PAPER, venue=HALL))


@pytest.mark.parametrize(
    ("rounds", "taken"),
    [((each_round(),), False), ((a_round(), each_round("r2")), False), ((a_round(), slips_round("r2")), True)],
    ids=["each", "one round each", "slips"],
)
def test_paper_is_taken_only_where_every_round_to_come_can_collect_it(rounds: tuple[Round, ...], taken: bool) -> None:
    """Better at the door than when the round cannot be started."""
    evening = Evening(*rounds)
    command = joining(plays=Source.PAPER, venue=HALL)
    assert evening.do(command) if taken else evening.refused(command) == "paper_needs_slips"


def test_paper_may_join_when_the_rounds_that_cannot_collect_it_are_over() -> None:
    evening = Evening(each_round("r1", "one"), a_round("r2", "one"))
    evening.until(Phase.ROUND_END)
    evening.join_paper("P")


def test_a_team_that_joins_late_is_removed_from_a_voided_question_like_all() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.join("A")
    evening.until(Phase.REVEALED)
    evening.do(ask.VoidQuestion(question=evening.shown, voided=True, reason="a typo"))
    late = evening.join("late")
    assert evening.mark_of(late, "r1-one") == evening.mark_of(A, "r1-one")


def test_many_joins_in_one_entry_are_as_many_entries() -> None:
    one, many = Evening().state, Evening().state
    joins = [did.Join(TeamId(name), Name(name, "salt"), Source.PAPER, HALL) for name in "AB"]
    one = evolve(one, did.TeamsJoined(joins=tuple(joins)), 0)
    for join in joins:
        many = evolve(many, did.TeamsJoined(joins=(join,)), 0)
    assert (one.teams, one.skeletons) == (many.teams, many.skeletons)


# --- devices ---


def test_a_further_device_takes_a_seat_of_its_team_once(evening: Evening) -> None:
    seat = ask.TakeSeat(team=A, seat=SeatId("s2"), token_hash="t2")
    evening.do(seat)
    assert evening.do(seat) == ()
    assert evening.state.seats["t2"][:2] == (A, "s2")


def offer(evening: Evening, before: str, successor: str) -> tuple[did.Event, ...]:
    return evening.do(ask.OfferToken(before=before, token_hash=successor))


@pytest.fixture
def an_hour_later(evening: Evening) -> Evening:
    evening.do(ask.TakeSeat(team=A, seat=SeatId("s2"), token_hash="t2"))
    evening.wait(seats.RENEWED_AFTER_MS)
    return evening


def test_a_young_token_gets_no_successor(evening: Evening) -> None:
    evening.do(ask.TakeSeat(team=A, seat=SeatId("s2"), token_hash="t2"))
    evening.wait(seats.RENEWED_AFTER_MS - 1)
    assert offer(evening, "t2", "t3") == ()


def test_a_token_opens_its_seat_until_its_successor_is_used(an_hour_later: Evening) -> None:
    offer(an_hour_later, "t2", "t3")
    assert an_hour_later.state.seats["t2"][:2] == (A, "s2") and an_hour_later.state.successors == {"t3": "t2"}
    an_hour_later.do(ask.UseToken(token_hash="t3"))
    assert "t2" not in an_hour_later.state.seats and an_hour_later.state.seats["t3"][:2] == (A, "s2")
    assert an_hour_later.do(ask.UseToken(token_hash="t3")) == ()


def test_a_device_that_lost_its_successor_is_offered_another_and_using_one_ends_all_others(an_hour_later: Evening) -> None:
    offer(an_hour_later, "t2", "lost")
    assert offer(an_hour_later, "t2", "too soon") == ()
    an_hour_later.wait(seats.RENEWED_AFTER_MS)
    offer(an_hour_later, "t2", "t3")
    an_hour_later.do(ask.UseToken(token_hash="t3"))
    assert an_hour_later.do(ask.UseToken(token_hash="lost")) == ()
    assert set(an_hour_later.state.seats) == {"token of A", "t3"} and an_hour_later.state.successors == {}


def test_no_token_is_offered_twice_nor_for_one_that_opens_nothing(an_hour_later: Evening) -> None:
    offer(an_hour_later, "t2", "t3")
    assert offer(an_hour_later, "token of A", "t3") == offer(an_hour_later, "token of A", "t2") == ()
    assert offer(an_hour_later, "t3", "t4") == offer(an_hour_later, "nobody's", "t4") == ()


def test_many_tokens_of_one_entry_are_offered_and_used_like_one_after_the_other(an_hour_later: Evening) -> None:
    offers = did.Offer("token of A", "a"), did.Offer("t2", "b")
    at_once = evolve(an_hour_later.state, did.TokensOffered(offers=offers), 9)
    at_once = evolve(at_once, did.TokensUsed(token_hashes=("a", "b")), 9)
    assert {token: key.seat for token, key in at_once.seats.items()} == {"a": "seat of A", "b": "s2"}
    assert at_once.successors == {}


def test_a_team_has_twelve_devices_at_most(evening: Evening) -> None:
    evening.join("B")
    for at in range(11):
        evening.do(ask.TakeSeat(team=A, seat=SeatId(f"s{at}"), token_hash=f"t{at}"))
    assert evening.refused(ask.TakeSeat(team=A, seat=SeatId("one more"), token_hash="one more")) == "too_many_devices"
    evening.do(ask.TakeSeat(team=B, seat=SeatId("theirs"), token_hash="theirs"))


@pytest.mark.parametrize(
    "command",
    [
        ask.TakeSeat(team=B, seat=SeatId("s"), token_hash="t"),
        ask.RenameTeam(team=B, name=Name("B", "salt")),
        ask.MuteTeam(team=B, muted=True),
        ask.ApproveTeams(teams=(A, B)),
        ask.MoveTeam(team=B, venue=None),
        ask.AdjustPoints(team=B, points=100, reason="why"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_nothing_can_be_done_with_a_team_that_does_not_exist(evening: Evening, command: ask.Command) -> None:
    assert evening.refused(command) == "unknown_team"


# --- names ---


def test_a_team_may_take_a_name_that_looks_like_its_own(evening: Evening) -> None:
    evening.do(ask.RenameTeam(team=A, name=Name("  А ", "salt2")))
    assert evening.state.teams[A].name == Name("А", "salt2")


def test_a_renamed_team_gives_its_old_name_free(evening: Evening) -> None:
    evening.do(ask.RenameTeam(team=A, name=Name("Ту", "salt")))
    evening.do(joining("A"))
    assert evening.refused(joining("ту", team=TeamId("third"))) == "name_taken"
    assert evening.refused(ask.RenameTeam(team=A, name=Name("", "salt"))) == "name_empty"


def test_a_blanked_name_takes_no_name_from_anybody(evening: Evening) -> None:
    """An erased person's text is "" in the ledger, and the battle still folds."""
    state = evolve(evening.state, did.TeamRenamed(team=A, name=Name("", "")), 0)
    state = evolve(state, did.TeamsJoined(joins=(did.Join(B, Name("", ""), Source.ONLINE),)), 0)
    assert state.skeletons == {}


def test_muting_twice_is_once(evening: Evening) -> None:
    evening.do(ask.MuteTeam(team=A, muted=True))
    assert evening.do(ask.MuteTeam(team=A, muted=True)) == ()
    evening.do(ask.MuteTeam(team=A, muted=False))
    assert not evening.state.teams[A].muted


# --- venues ---


def test_a_venue_is_added_once_and_its_name_is_its_own(evening: Evening) -> None:
    evening.add_venue("Клуб")
    assert evening.do(ask.AddVenue(venue=VenueId("Клуб"), name="Клуб")) == ()
    assert evening.refused(ask.AddVenue(venue=VenueId("v"), name="клуб")) == "name_taken"
    assert evening.refused(ask.AddVenue(venue=VenueId("v"), name="\u200b")) == "name_empty"


def test_a_venue_can_be_renamed_to_anything_but_anothers_name(evening: Evening) -> None:
    club = evening.add_venue("Клуб")
    evening.do(ask.RenameVenue(venue=club, name="КЛУБ"))
    assert evening.state.venues[club].name == "КЛУБ"
    assert evening.refused(ask.RenameVenue(venue=club, name="зал")) == "name_taken"
    assert evening.refused(ask.RenameVenue(venue=VenueId("nowhere"), name="X")) == "unknown_venue"


def test_a_team_moves_between_venues_and_one_on_paper_is_always_at_one(evening: Evening) -> None:
    club, paper = evening.add_venue("Клуб"), evening.join_paper("P")
    evening.do(ask.MoveTeam(team=paper, venue=club))
    assert evening.do(ask.MoveTeam(team=paper, venue=club)) == ()
    assert evening.state.teams[paper].venue == club
    assert evening.refused(ask.MoveTeam(team=paper, venue=None)) == "venue_needed"
    assert evening.refused(ask.MoveTeam(team=paper, venue=VenueId("nowhere"))) == "unknown_venue"
    evening.do(ask.MoveTeam(team=A, venue=club), ask.MoveTeam(team=A, venue=None))
    assert (evening.state.teams[A].venue, evening.state.teams[A].been_at) == (None, frozenset({club}))


# --- staff ---


def test_a_desk_has_a_venue_and_a_screen_may_have_one(evening: Evening) -> None:
    assert evening.refused(ask.AdmitStaff(role="desk", token_hash="d")) == "venue_needed"
    assert evening.refused(ask.AdmitStaff(role="desk", token_hash="d", venue=VenueId("nowhere"))) == "unknown_venue"
    assert evening.refused(ask.AdmitStaff(role="host", token_hash="h")) == "unknown_role"
    evening.do(ask.AdmitStaff(role="desk", token_hash="d", venue=HALL))
    assert evening.do(ask.AdmitStaff(role="desk", token_hash="d", venue=HALL)) == ()
    evening.do(ask.AdmitStaff(role="screen", token_hash="s"))
    assert evening.state.staff == {
        "d": StaffKey("desk", HALL, evening.now_ms),
        "s": StaffKey("screen", None, evening.now_ms),
    }


def test_a_key_that_is_taken_back_opens_nothing_and_the_others_stay(evening: Evening) -> None:
    evening.do(ask.AdmitStaff(role="screen", token_hash="s"), ask.AdmitStaff(role="desk", token_hash="d", venue=HALL))
    evening.do(ask.RevokeStaff(token_hash="s"))
    assert list(evening.state.staff) == ["d"]
    assert evening.refused(ask.RevokeStaff(token_hash="s")) == "unknown_key"

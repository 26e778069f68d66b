"""Before the evening: venues are described, people counted, registration opened, and two teams that are one are merged."""

from dataclasses import replace

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.announcements import Announced, Double, Fate, Said, checked, doubles, fate, team_of
from quizserver.battle.evolve import fold
from quizserver.battle.ids import SeatId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused
from quizserver.battle.standings import standing
from quizserver.battle.views import desk_view, host_view, screen_view
from quizserver.battle.views.pages import own_standing_page
from tests.support.battles import HALL, Evening, a_round

A, B, P, R = map(TeamId, "ABPR")


@pytest.fixture
def evening() -> Evening:
    """Two teams online, two on paper."""
    evening = Evening()
    for name in (A, B):
        evening.join(name)
    for name in (P, R):
        evening.join_paper(name)
    return evening


# --- venues ---


def test_a_venue_has_a_city_and_begins_by_its_own_clocks(evening: Evening) -> None:
    evening.do(ask.DescribeVenue(venue=HALL, city="  Новосибирск ", starts="19:30", zone_min=420))
    described = {"city": "Новосибирск", "starts": "19:30", "zone": 420}
    assert described.items() <= host_view(evening.state)["venues"][HALL].items()
    assert described.items() <= desk_view(evening.state, HALL)["venue"].items()
    evening.do(ask.RenameVenue(venue=HALL, name="Клуб"))
    assert evening.state.venues[HALL].city == "Новосибирск"
    assert evening.do(ask.DescribeVenue(venue=HALL, city="Новосибирск", starts="19:30", zone_min=420)) == ()


def test_a_venue_of_which_nobody_said_anything_shows_nothing(evening: Evening) -> None:
    assert not {"city", "starts", "zone"} & host_view(evening.state)["venues"][HALL].keys()
    evening.do(ask.DescribeVenue(venue=HALL, city=" ", starts="09:05"))
    assert "city" not in host_view(evening.state)["venues"][HALL]


@pytest.mark.parametrize(
    ("described", "code"),
    [
        ({"venue": VenueId("none")}, "unknown_venue"),
        ({"city": "x" * 41}, "name_too_long"),
        ({"city": "..."}, "name_empty"),
        ({"starts": "24:00"}, "bad_time"),
        ({"starts": "7:30"}, "bad_time"),
        ({"starts": "19:30\n"}, "bad_time"),
        ({"zone_min": 841}, "bad_time"),
        ({"zone_min": -721}, "bad_time"),
    ],
)
def test_what_is_no_city_or_no_time_is_refused(evening: Evening, described: dict[str, str], code: str) -> None:
    assert evening.refused(replace(ask.DescribeVenue(venue=HALL), **described)) == code  # type: ignore[arg-type]


@pytest.mark.parametrize("zone_min", [840, -720])
@pytest.mark.parametrize("starts", ["00:00", "23:59"])
def test_any_time_of_day_and_any_zone_on_earth_is_one(evening: Evening, starts: str, zone_min: int) -> None:
    evening.do(ask.DescribeVenue(venue=HALL, starts=starts, zone_min=zone_min))
    assert (evening.state.venues[HALL].starts, evening.state.venues[HALL].zone_min) == (starts, zone_min)


def test_a_venues_own_standing_has_its_teams_with_both_places(evening: Evening) -> None:
    evening.do(ask.AddVenue(venue=VenueId("club"), name="Клуб"), ask.MoveTeam(team=B, venue=VenueId("club")))
    evening.do(ask.AdjustPoints(team=A, points=300, reason="x"), ask.AdjustPoints(team=P, points=200, reason="x"))
    page = own_standing_page(evening.state, standing(evening.state), HALL, 0, 1)
    assert (page["of"], page["in_all"], page["venue"]) == (2, 4, {"name": "Зал"})
    assert [(row["team"], row["place"], row["here"]) for row in page["rows"]] == [(P, 2, 1)]


def test_a_place_in_a_venue_that_sheets_elsewhere_cannot_change_is_certain_and_one_that_they_can_is_a_range() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    for name in (A, P, R):
        evening.join_paper(name)
    evening.until(Phase.ROUND_END)
    for team, asked, value in ((A, "r1-one", "1"), (A, "r1-tf", "1"), (P, "r1-one", "0")):
        evening.mark(team, asked, value)
    rows = own_standing_page(evening.state, standing(evening.state), HALL, 0, 9)["rows"]
    told = {row["team"]: (row["here"], row.get("here_best"), row.get("here_worst")) for row in rows}
    assert told == {A: (1, None, None), P: (2, 2, 3), R: (2, 1, 3)}


# --- registration and figures ---


def test_registration_is_closed_until_the_host_opens_it(evening: Evening) -> None:
    assert host_view(evening.state)["registration"] is False
    evening.do(ask.OpenRegistration(opened=True))
    assert host_view(evening.state)["registration"] is True
    assert evening.do(ask.OpenRegistration(opened=True)) == ()


def test_the_figures_count_people_as_far_as_teams_have_said(evening: Evening) -> None:
    evening.do(ask.CountPeople(team=A, people=6), ask.CountPeople(team=P, people=9))
    assert evening.do(ask.CountPeople(team=A, people=6)) == ()
    figures = screen_view(evening.state)["counts"]
    assert (figures["teams"], figures["paper"], figures["online"], figures["people"]) == (4, 2, 2, 15)


@pytest.mark.parametrize(
    ("team", "people", "code"), [(TeamId("X"), 5, "unknown_team"), (A, 100, "bad_people"), (A, -1, "bad_people")]
)
def test_who_cannot_be_counted_is_refused(evening: Evening, team: TeamId, people: int, code: str) -> None:
    assert evening.refused(ask.CountPeople(team=team, people=people)) == code


def test_a_team_may_be_a_whole_class_and_take_its_number_back(evening: Evening) -> None:
    for people in (99, 0):
        evening.do(ask.CountPeople(team=A, people=people))
        assert evening.state.teams[A].people == people
    refused = evening.attempt(ask.CountPeople(team=A, people=100))
    assert isinstance(refused, Refused) and refused.detail == "99"


def test_a_team_that_joins_with_its_number_of_people_is_counted_at_once(evening: Evening) -> None:
    join = ask.JoinTeam(team=TeamId("N"), name=did.Name("Новые", "salt"), plays=evening.state.teams[A].plays, people=7, by="N")
    assert [(type(each), each.by) for each in evening.do(join)] == [(did.TeamsJoined, "N"), (did.PeopleCounted, "N")]
    assert evening.state.teams[TeamId("N")].people == 7
    other = replace(join, team=TeamId("M"), name=did.Name("Мы", "salt"))
    for people in (100, -1):
        refused = evening.attempt(replace(other, people=people))
        assert isinstance(refused, Refused) and (refused.code, refused.detail) == ("bad_people", "99")
    assert len(evening.do(replace(other, people=99))) == 2
    assert len(evening.do(replace(other, team=TeamId("L"), name=did.Name("Вы", "salt"), people=0))) == 1


# --- merging ---


def test_of_two_teams_that_are_one_the_devices_sheets_points_and_people_stay(evening: Evening) -> None:
    evening.do(ask.CountPeople(team=A, people=6), ask.AdjustPoints(team=A, points=100, reason="x"))
    evening.do(ask.AdjustPoints(team=P, points=50, reason="x"))
    sheets = evening.state.teams[P].sheets
    evening.do(ask.MergeTeams(team=A, into=P))
    one = evening.state.teams[P]
    assert (A in evening.state.teams, one.sheets, one.people) == (False, sheets, 6)
    assert evening.state.seats["token of A"].team == P
    assert evening.state.adjustments == ((P, 100, "x"), (P, 50, "x"))
    evening.do(ask.RenameTeam(team=P, name=did.Name("A", "salt")))  # its name is free again


def test_two_teams_on_paper_become_one_with_both_numbers_and_venues(evening: Evening) -> None:
    evening.do(ask.AddVenue(venue=VenueId("club"), name="Клуб"), ask.MoveTeam(team=P, venue=VenueId("club")))
    evening.do(ask.MergeTeams(team=P, into=R))
    one = evening.state.teams[R]
    assert (one.sheets, one.venue, one.been_at) == ((2, 1), HALL, frozenset({HALL, VenueId("club")}))


def test_merging_twice_is_no_news_and_the_merged_one_does_not_come_back(evening: Evening) -> None:
    evening.do(ask.MergeTeams(team=A, into=B))
    assert evening.do(ask.MergeTeams(team=A, into=B)) == ()
    assert evening.do(ask.JoinTeam(team=A, name=did.Name("A", "s"), plays=evening.state.teams[B].plays)) == ()
    assert evening.refused(ask.MergeTeams(team=A, into=P)) == "unknown_team"


def test_a_chain_of_merged_teams_leads_to_the_one_that_stays(evening: Evening) -> None:
    evening.do(ask.MergeTeams(team=A, into=B), ask.MergeTeams(team=B, into=P))
    assert evening.state.team_now(A) == evening.state.team_now(B) == P
    assert evening.state.ever_joined() == [A, B, P, R]
    assert fold(evening.history) == evening.state


@pytest.mark.parametrize(
    ("team", "into", "code"),
    [(A, A, "one_team"), (A, TeamId("X"), "unknown_team"), (TeamId("X"), A, "unknown_team"), (P, A, "merge_into_paper")],
)
def test_what_cannot_be_merged_is_refused(evening: Evening, team: TeamId, into: TeamId, code: str) -> None:
    assert evening.refused(ask.MergeTeams(team=team, into=into)) == code


def test_more_devices_than_a_team_may_have_are_not_merged(evening: Evening) -> None:
    evening.do(*(ask.TakeSeat(team=A, seat=SeatId(f"s{n}"), token_hash=f"t{n}") for n in range(11)))
    assert evening.refused(ask.MergeTeams(team=A, into=B)) == "too_many_devices"


def test_two_teams_are_merged_with_as_many_devices_as_one_may_have(evening: Evening) -> None:
    evening.do(*(ask.TakeSeat(team=A, seat=SeatId(f"s{n}"), token_hash=f"t{n}") for n in range(10)))
    evening.do(ask.MergeTeams(team=A, into=B))
    assert sum(key.team == B for key in evening.state.seats.values()) == 12


def test_after_the_first_question_two_teams_stay_two(evening: Evening) -> None:
    evening.press()
    assert evening.refused(ask.MergeTeams(team=A, into=B)) == "merge_before_play"


# --- announcements ---


def said(name: str = "Гуси", captain: str = "Анна Орлова", **rest: object) -> Said:
    return replace(Said(name, captain, 5), **rest)  # type: ignore[arg-type]


def row(id: str, *words: str, **rest: object) -> Announced:
    return replace(Announced(id, said(*words), 1), **rest)  # type: ignore[arg-type]


def test_what_a_team_says_is_cleaned(evening: Evening) -> None:
    told = checked(evening.state, said("  Гу\u202eси ", " Анна  Орлова", contact=" +7 999 123-45-67 ", venue=HALL))
    assert told == Said("Гуси", "Анна Орлова", 5, HALL, "+7 999 123-45-67")
    assert checked(evening.state, said()) == said()


@pytest.mark.parametrize(
    ("wrongly", "code"),
    [
        ({"name": " "}, "name_empty"),
        ({"name": "x" * 41}, "name_too_long"),
        ({"captain": "-"}, "captain_empty"),
        ({"captain": "x" * 61}, "captain_too_long"),
        ({"contact": "x" * 101}, "bad_contact"),
        ({"people": 0}, "bad_people"),
        ({"people": 100}, "bad_people"),
        ({"venue": VenueId("none")}, "unknown_venue"),
    ],
)
def test_what_cannot_be_announced_is_refused(evening: Evening, wrongly: dict[str, object], code: str) -> None:
    refused = checked(evening.state, said(**wrongly))  # type: ignore[arg-type]
    assert isinstance(refused, Refused) and refused.code == code


def test_the_ledger_alone_says_that_an_announcement_was_approved(evening: Evening) -> None:
    assert fate(evening.state, row("A")) is Fate.APPROVED
    assert fate(evening.state, row("new")) is Fate.WAITING
    assert fate(evening.state, row("new", fate=Fate.REFUSED)) is Fate.REFUSED
    evening.do(ask.MergeTeams(team=A, into=B))
    assert fate(evening.state, row("A")) is Fate.MERGED


def test_an_announcement_leads_to_its_team_through_every_merging(evening: Evening) -> None:
    evening.do(ask.MergeTeams(team=A, into=B))
    rows = {each.id: each for each in (row("x", into="y"), row("y", into="A"), row("z", into="w"), row("w", into="z"), row("n"))}
    assert team_of(evening.state, row("A"), {}) == team_of(evening.state, rows["x"], rows) == B
    assert team_of(evening.state, rows["z"], rows) is team_of(evening.state, rows["n"], rows) is None
    assert team_of(evening.state, row("q", into="nobody"), {}) is None


def test_who_looks_alike_by_name_or_captain_is_suspected(evening: Evening) -> None:
    rows = [
        row("1", "Гуси", "Анна Орлова"),
        row("2", "ГУСИ", "Олег"),
        row("3", "Лебеди", "анна орлова"),
        row("4", "А", "Пётр"),
        row("5", "Гуси", "Анна Орлова", fate=Fate.WITHDRAWN),
    ]
    assert doubles(evening.state, rows) == {
        "1": (Double("3", "Лебеди", "captain"), Double("2", "ГУСИ", "name")),
        "2": (Double("1", "Гуси", "name"),),
        "3": (Double("1", "Гуси", "captain"),),
        "4": (Double("A", "A", "name"),),
    }

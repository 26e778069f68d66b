"""Who sits at a desk: two people are told apart, two devices of one person are not, and a name can be forgotten."""

from dataclasses import replace

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.events import Name
from quizserver.battle.evolve import fold
from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.sheets import Operation
from quizserver.battle.views import desk_view, host_view
from tests.support.battles import HALL, PENDING, RIGHT, Evening, a_round

P = TeamId("P")


def sits(scorekeeper: str, name: str, venue: VenueId = HALL) -> ask.NameScorekeeper:
    return ask.NameScorekeeper(scorekeeper=ScorekeeperId(scorekeeper), venue=venue, name=Name(name, f"salt of {scorekeeper}"))


def revealed() -> Evening:
    evening = Evening(a_round("r1", "one"))
    evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    return evening


def mark_as(evening: Evening, scorekeeper: str, device: str, value: str) -> None:
    cell = (HALL, P, RoundId("r1"), QuestionId("r1-one"))
    evening.do(ask.EnterMarks(operations=(Operation(device, 1, *cell, ScorekeeperId(scorekeeper), value),)))


def test_two_people_who_differ_are_a_dispute_and_one_at_two_devices_is_none() -> None:
    for second, mark in (("Борис", PENDING), ("анна ", RIGHT)):
        evening = revealed()
        evening.do(sits("a", "Анна"), sits("b", second))
        mark_as(evening, "a", "laptop", "0")
        mark_as(evening, "b", "phone", "1")
        assert evening.mark_of(P, "r1-one") == mark


def test_the_same_name_at_another_venue_is_another_person() -> None:
    evening = Evening()
    club = evening.add_venue("club")
    evening.do(sits("a", "Анна"), sits("b", "Анна", club))
    assert {each.id: each.person for each in evening.state.scorekeepers.values()} == {"a": "a", "b": "b"}


def test_who_is_known_keeps_the_name_given_first() -> None:
    evening = Evening()
    evening.do(sits("a", "Анна"))
    assert evening.do(sits("a", "Борис")) == ()
    assert evening.state.scorekeepers[ScorekeeperId("a")].name.text == "Анна"


def test_a_name_is_cleaned_and_must_be_one() -> None:
    evening = Evening()
    (named,) = evening.do(sits("a", "  Анна \u202e П. "))
    assert isinstance(named, did.ScorekeeperNamed)
    assert (named.name, named.person) == (Name("Анна П.", "salt of a"), "a")
    assert [evening.refused(sits("b", name)) for name in (" ", "x" * 41)] == ["name_empty", "name_too_long"]


def test_a_scorekeeper_sits_at_a_venue_there_is_and_at_no_other() -> None:
    evening = Evening()
    club = evening.add_venue("club")
    assert evening.refused(sits("a", "Анна", VenueId("nowhere"))) == "unknown_venue"
    evening.do(sits("a", "Анна"))
    assert evening.refused(sits("a", "Анна", club)) == "not_your_venue"


def test_a_desk_cannot_draw_scorekeepers_without_end() -> None:
    evening = Evening()
    for at in range(60):
        evening.do(sits(f"s{at}", f"Человек {at}"))
    assert evening.refused(sits("one more", "Ещё один")) == "too_many_scorekeepers"
    evening.do(sits("elsewhere", "Ещё один", evening.add_venue("club")))


@pytest.mark.parametrize("forgotten", [False, True])
def test_the_desk_offers_each_person_once_and_numbers_whom_it_has_forgotten(forgotten: bool) -> None:
    evening = Evening()
    for scorekeeper, name in (("a", "Анна"), ("b", "Борис"), ("c", "Анна")):
        evening.do(sits(scorekeeper, name))
    evening.do(sits("d", "Вера", evening.add_venue("club")))
    if forgotten:  # the ledger's fold after `quizserver forget`: the names are gone, and who is who stays
        forget(evening)
    names = ["", ""] if forgotten else ["Анна", "Борис"]
    assert desk_view(evening.state, HALL)["scorekeepers"] == {
        "a": {"called": names[0], "number": 1},
        "b": {"called": names[1], "number": 2},
    }


def test_forgetting_names_makes_nobody_else_of_anybody() -> None:
    evening = revealed()
    for scorekeeper, name in (("a", "Анна"), ("b", "Анна"), ("c", "Борис")):
        evening.do(sits(scorekeeper, name))
    for scorekeeper, device, value in (("a", "x", "0"), ("b", "y", "1"), ("c", "z", "0")):
        mark_as(evening, scorekeeper, device, value)
    before = host_view(evening.state)["attention"]["disputes"]["rows"][0]["present"]
    forget(evening)
    after = host_view(evening.state)["attention"]["disputes"]["rows"][0]["present"]
    people = [(each["who"], each["number"], each["called"]) for each in before]
    assert people == [("a", 1, "Анна"), ("a", 1, "Анна"), ("c", 2, "Борис")]
    assert [each | {"called": ""} for each in before] == after
    evening.do(sits("new", "Анна"))
    assert evening.state.scorekeepers[ScorekeeperId("new")].number == 3


def forget(evening: Evening) -> None:
    """Reads the ledger again without names."""

    def blank(event: did.Event) -> did.Event:
        return replace(event, name=Name("", "")) if isinstance(event, did.ScorekeeperNamed) else event

    evening.history = [(blank(event), at_ms) for event, at_ms in evening.history]
    evening._state = fold(evening.history)

"""Names that the host reads before anybody else does, where the battle was made so."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.decide import teams
from quizserver.battle.events import Name
from quizserver.battle.ids import SeatId, TeamId
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import Source
from quizserver.battle.views import host_view, screen_view
from quizserver.battle.views.pages import shown_name
from tests.support.battles import Evening, each_round

A = TeamId("A")


@pytest.fixture
def evening() -> Evening:
    return Evening(each_round(), approval=True)


def waiting(evening: Evening) -> list[str]:
    rows = host_view(evening.state)["attention"]["names"]["rows"]
    return [row["name"] for row in rows]


def test_a_name_is_on_no_screen_before_the_host_has_approved_it(evening: Evening) -> None:
    evening.join("A")
    assert screen_view(evening.state)["latest"] == []
    assert shown_name(evening.state.teams[A]) == "№ A"
    assert waiting(evening) == ["A"]
    evening.do(ask.ApproveTeams(teams=(A,)))
    assert screen_view(evening.state)["latest"] == ["A"] == [shown_name(evening.state.teams[A])]
    assert waiting(evening) == []


def test_approving_twice_is_once_and_nobody_unknown_is_approved(evening: Evening) -> None:
    evening.join("A")
    assert evening.do(ask.ApproveTeams(teams=(A, A)))
    assert evening.do(ask.ApproveTeams(teams=(A,))) == ()
    assert evening.refused(ask.ApproveTeams(teams=(A, TeamId("nobody")))) == "unknown_team"


def test_a_name_that_the_host_typed_needs_no_approval() -> None:
    evening = Evening(approval=True)
    evening.join("A")
    paper = evening.join_paper("P")
    assert evening.state.teams[paper].approved
    evening.do(ask.RenameTeam(team=A, name=Name("Як", "salt")))
    assert waiting(evening) == []


def test_a_muted_name_waits_for_nobody(evening: Evening) -> None:
    evening.join("A")
    evening.do(ask.MuteTeam(team=A, muted=True))
    assert waiting(evening) == []
    evening.do(ask.ApproveTeams(teams=(A,)))
    assert shown_name(evening.state.teams[A]) == "№ A"


def test_where_nothing_is_to_be_approved_every_name_is_shown() -> None:
    evening = Evening()
    evening.join("A")
    assert "names" not in host_view(evening.state)["attention"]
    assert screen_view(evening.state)["latest"] == ["A"]


def test_only_so_many_wait_at_once_and_the_host_may_always_add_teams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teams, "MOST_UNAPPROVED", 2)
    evening = Evening(approval=True)
    evening.join("A")
    evening.join("B")
    third = ask.JoinTeam(team=TeamId("C"), name=Name("C", "salt"), plays=Source.ONLINE, seat=SeatId("s"), token_hash="t")
    assert evening.attempt(third) == Refused("too_many_waiting", temporary=True)
    evening.join_paper("P")
    evening.do(ask.ApproveTeams(teams=(A,)))
    evening.join("C")


def test_a_list_of_names_is_as_long_as_one_look_takes_in_and_says_how_many_there_are(evening: Evening) -> None:
    for number in range(20):
        evening.join(f"Team {number}")
    names = host_view(evening.state)["attention"]["names"]
    assert (names["count"], len(names["rows"])) == (20, 12)
    assert names["rows"][0]["name"] == "Team 0"

"""Rows on request, at most a hundred at once."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.standings import standing
from quizserver.battle.views.desks import desk_rows
from quizserver.battle.views.pages import MOST_ROWS, page_bounds, standing_page, standing_row, team_page
from quizserver.battle.views.patch import View
from tests.support.battles import Evening, a_round

A, B, P = TeamId("A"), TeamId("B"), TeamId("P")


@pytest.mark.parametrize(
    ("start", "count", "rows"),
    [(0, 10, slice(0, 10)), (5, 1000, slice(5, 5 + MOST_ROWS)), (-7, 3, slice(0, 3)), (2, 0, slice(2, 3)), (2, -5, slice(2, 3))],
)
def test_nonsense_becomes_the_nearest_sensible_page(start: int, count: int, rows: slice) -> None:
    assert page_bounds(start, count) == rows


def rows(evening: Evening) -> dict[str, View]:
    return {row.team: standing_row(evening.state, row) for row in standing(evening.state)}


def after_two_rounds() -> Evening:
    evening = Evening(a_round("r1", "one"), a_round("r2", "tf"))
    evening.join("A")
    evening.join("B")
    evening.join_paper("P")
    evening.until(Phase.OPEN)
    evening.answer(A, "r1-one-b")
    evening.until(Phase.ROUND_END)
    evening.mark(P, "r1-one", "1")
    evening.do(ask.AdjustPoints(team=B, points=300, reason="a song"))
    evening.until(Phase.OPEN)
    return evening


def test_a_row_has_place_points_and_what_the_last_round_brought() -> None:
    evening = after_two_rounds()
    assert rows(evening)["P"] == {
        "place": 2, "team": "P", "name": "P", "points": 100, "pending": False, "round": 0, "rounds": [100, 0], "gained": 0,
        "plays": "paper", "venue": "Зал",
    }  # fmt: skip
    evening.answer(A, "r2-tf-a")
    evening.until(Phase.REVEALED)
    row = rows(evening)["A"]
    assert (row["round"], row["rounds"], "venue" in row) == (100, [100, 100], False)


def test_a_row_says_what_may_become_of_it_while_something_is_not_certain() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.join("A")
    evening.join_paper("P")
    evening.until(Phase.LAST_CALL)
    evening.answer(A, "r1-one-b", evening.state.plan.questions[0][1].id)
    evening.until(Phase.ROUND_END)
    evening.do(ask.AdjustPoints(team=A, points=200, reason="a song"))
    assert {key: rows(evening)["P"][key] for key in ("place", "points", "best", "worst", "least", "most", "pending")} == {
        "place": 2, "points": 0, "best": 2, "worst": 2, "least": 0, "most": 200, "pending": True,
    }  # fmt: skip
    assert "best" not in rows(evening)["A"]
    assert standing_page(evening.state, standing(evening.state), 0, 1)["certain"] == 2
    evening.do(ask.AdjustPoints(team=A, points=-200, reason="no song"))
    assert standing_page(evening.state, standing(evening.state), 0, 1)["certain"] == 0
    assert (rows(evening)["A"]["best"], rows(evening)["A"]["worst"]) == (1, 2)


def test_places_gained_are_counted_from_the_round_s_end_before() -> None:
    evening = after_two_rounds()
    assert {team: row["gained"] for team, row in rows(evening).items()} == {"B": 1, "A": -1, "P": 0}
    evening.until(Phase.ROUND_END)
    assert {team: row["gained"] for team, row in rows(evening).items()} == {"B": 1, "A": -1, "P": 0}


def test_who_was_not_there_before_has_gained_nothing() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join("A")
    assert rows(evening)["A"]["gained"] == rows(evening)["A"]["round"] == 0


def test_a_muted_or_blanked_team_is_told_by_its_number() -> None:
    evening = Evening()
    evening.join("Abcdef")
    evening.do(ask.MuteTeam(team=TeamId("Abcdef"), muted=True))
    assert rows(evening)["Abcdef"]["name"] == "№ Abcd"


def test_a_standing_comes_in_pages() -> None:
    evening = Evening()
    for at in range(5):
        evening.join(f"t{at}")
    page = standing_page(evening.state, standing(evening.state), 3, 100)
    assert (page["start"], page["of"], [row["team"] for row in page["rows"]]) == (3, 5, ["t3", "t4"])


def test_teams_come_by_name_and_can_be_looked_for() -> None:
    evening = Evening(a_round("r1", "one"))
    for name in ("ёж", "Жук", "вол"):
        evening.join(name)
    evening.join_paper("Волк")
    everybody = team_page(evening.state, 0, 100)
    assert [row["name"] for row in everybody["rows"]] == ["вол", "Волк", "Жук", "ёж"]
    found = team_page(evening.state, -1, 1, " ВОЛ ")
    assert (found["start"], found["of"]) == (0, 2)
    known = {"people": 0, "muted": False, "approved": True, "changed": False, "sheets": []}
    assert found["rows"] == [{"team": "вол", "name": "вол", "plays": "online", **known}]
    assert everybody["rows"][1]["venue"] == "hall"


def test_venues_with_teams_on_paper_say_how_many_sheets_they_owe() -> None:
    evening = Evening(a_round("r1", "one"), a_round("r2", "tf"))
    evening.join_paper("P")
    evening.join_paper("Q", evening.add_venue("dom"))
    evening.add_venue("empty")
    assert desk_rows(evening.state) == [
        {"venue": "hall", "name": "Зал", "missing": 0},
        {"venue": "dom", "name": "dom", "missing": 0},
    ]
    evening.until(Phase.ROUND_END)
    evening.mark(P, "r1-one", "1")
    assert [row["missing"] for row in desk_rows(evening.state)] == [0, 1]

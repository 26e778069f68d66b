"""What a desk keeps of the whole evening: the sheets of every round, by name and number, and nothing of what is asked."""

from quizserver.battle.views.evening import evening_name, evening_row, evening_scopes
from tests.support.battles import HALL, Evening, a_round, slips_round


def test_the_rounds_to_come_are_there_with_whose_sheets_they_have() -> None:
    evening = Evening(a_round("r1", "one", "text"), a_round("r2", "tf"))
    paper = evening.join_paper("P")
    evening.join("A")
    assert evening_scopes(evening.state, HALL) == ["r1", "r2"]
    [sheet] = evening_row(evening.state, HALL, "r1")["teams"]
    assert (sheet["team"], sheet["name"], sheet["online"]) == (paper, "P", [])


def test_a_venue_without_teams_on_paper_has_no_sheets() -> None:
    evening = Evening(a_round("r1", "one"))
    club = evening.add_venue("club")
    evening.join_paper("P")
    assert evening_scopes(evening.state, club) == []


def test_a_round_has_its_title_and_how_many_lines_and_a_slip_which_question_it_is_for() -> None:
    evening = Evening(a_round("r1", "one", "text"), slips_round("r2", "tf", "one"))
    assert evening_name(evening.state, "r1") == {
        "scope": "r1", "round": "r1", "number": 1, "title": {"en": "r1"}, "questions": 2,
    }  # fmt: skip
    slips = [evening_name(evening.state, scope) for scope in evening.state.plan.scopes if scope != "r1"]
    assert [(each["number"], each["questions"], each["slip"]) for each in slips] == [(2, 1, 1), (2, 1, 2)]

"""What a scorekeeper sees: what is closed and collected, the keys of what was collected, and the sheets in pages."""

from dataclasses import replace

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.settings import Source
from quizserver.battle.views import desk_view
from quizserver.battle.views.pages import sheet_page
from quizserver.battle.views.patch import View
from tests.support.battles import HALL, Evening, a_round, slips_round


def scope(evening: Evening, name: str = "r1", venue: VenueId = HALL) -> View:
    scopes: dict[str, View] = desk_view(evening.state, venue)["scopes"]
    return scopes[name]


def closed() -> Evening:
    evening = Evening(a_round("r1", "one", "text", "number"), a_round("r2", "tf"))
    for name in ("ёж", "Жук", "вол"):
        evening.join_paper(name)
    evening.join("A")
    evening.until(Phase.ROUND_CLOSED)
    return evening


def test_a_desk_knows_the_rounds_that_have_begun() -> None:
    evening = closed()
    assert list(desk_view(evening.state, HALL)["scopes"]) == ["r1"]
    assert scope(evening) == {
        "round": "r1", "title": {"en": "r1"}, "number": 1, "closed": True, "collected": False, "waiting": False, "expected": 3,
        "questions": ["r1-one", "r1-text", "r1-number"], "revealed": False, "late": {"sheets": False, "corrections": False},
    }  # fmt: skip


def test_a_desk_is_told_that_the_solutions_are_out_and_which_gates_are_behind_it() -> None:
    evening = Evening(a_round("r1", "one"), a_round("r2", "one"))
    evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    assert (scope(evening)["revealed"], scope(evening)["late"]) == (True, {"sheets": False, "corrections": False})
    evening.until(Phase.ROUND_INTRO)
    evening.until(Phase.ROUND_END)
    assert scope(evening)["late"] == {"sheets": True, "corrections": False}
    evening.until(Phase.FINAL)
    assert scope(evening)["late"] == {"sheets": True, "corrections": True}


def test_a_desk_counts_its_own_teams_and_knows_its_name() -> None:
    evening = closed()
    club = evening.add_venue("club")
    view = desk_view(evening.state, club)
    assert (view["venue"], view["teams"], view["scopes"]["r1"]["expected"]) == ({"id": club, "name": "club", "spares": 0}, 0, 0)
    assert desk_view(evening.state, HALL)["teams"] == 3


def test_a_desk_sees_the_clock_and_the_round_while_they_run() -> None:
    evening = Evening(a_round("r1", "one"))
    assert not {"clock", "round"} & set(desk_view(evening.state, HALL))
    evening.until(Phase.OPEN)
    assert {"clock", "round"} <= set(desk_view(evening.state, HALL))
    assert scope(evening)["closed"] is False


def test_the_key_has_what_is_needed_to_mark_rulings_included() -> None:
    evening = closed()
    evening.do(ask.ConfirmCollected(venue=HALL, scope="r1"))
    for said, accepted in (("ту сто четыре", True), ("тушка", False)):
        evening.do(ask.RuleAnswer(question=QuestionId("r1-text"), said=said, accepted=accepted))
    one, text, number = scope(evening)["key"]
    assert one["solution"] == {"is": {"right": ["r1-one-b"]}, "fun_fact": {"en": "It flew."}, "source": "a book"}
    assert [option["id"] for option in one["options"]] == ["r1-one-a", "r1-one-b", "r1-one-c", "r1-one-d"]
    assert (text["accepted"], text["rejected"]) == (["ту сто четыре"], ["тушка"])
    assert (one["takes_value"], number["takes_value"]) == (False, True)


def test_a_desk_that_was_gone_over_is_told_that_its_marks_wait() -> None:
    evening = closed()
    evening.do(ask.GoOnUncollected())
    assert scope(evening)["waiting"] is True


def test_a_sheet_has_its_cells_and_its_total_and_says_what_stands_in_them() -> None:
    evening = closed()
    began_ms = evening.now_ms
    mine = evening.mark(TeamId("вол"), "r1-one", "1", "Anna")
    evening.now_ms += 89_000
    yours = evening.mark(TeamId("вол"), "r1-one", "0", "Boris")
    total = evening.mark(TeamId("вол"), "r1", "2")
    page = sheet_page(evening.state, HALL, "r1", 0, 100)
    assert (page["start"], page["of"], page["scope"]) == (0, 3, "r1")
    assert [row["name"] for row in page["rows"]] == ["вол", "Жук", "ёж"]
    assert page["rows"][0]["cells"] == {
        "r1-one": {
            "state": "disputed",
            "value": "",
            "present": [
                {"name": mine.name, "who": "Anna", "value": "1", "at": began_ms},
                {"name": yours.name, "who": "Boris", "value": "0", "at": began_ms + 89_000},
            ],
        },
        "total": {
            "state": "marked",
            "value": "2",
            "present": [{"name": total.name, "who": "Anna", "value": "2", "at": began_ms + 89_000}],
        },
    }
    assert page["rows"][1]["cells"] == {}


def test_a_cell_whose_mark_was_taken_back_is_empty_and_says_who_took_it() -> None:
    evening = closed()
    mark = evening.mark(TeamId("вол"), "r1-one", "1")
    back = evening.mark(TeamId("вол"), "r1-one", "", over=[mark.name])
    cells = sheet_page(evening.state, HALL, "r1", 0, 100)["rows"][0]["cells"]
    taken_back = {"name": back.name, "who": "Anna", "value": "", "at": evening.now_ms}
    assert cells == {"r1-one": {"state": "empty", "value": "", "present": [taken_back]}}


def test_a_page_of_sheets_is_a_part_of_them() -> None:
    page = sheet_page(closed().state, HALL, "r1", 1, 1)
    assert (page["start"], [row["name"] for row in page["rows"]]) == (1, ["Жук"])


def test_a_slip_is_a_sheet_of_one_question() -> None:
    evening = Evening(slips_round("r1", "one", "tf"))
    paper = evening.join_paper("P")
    evening.until(Phase.OPEN, "r1-tf")
    evening.mark(paper, "r1-one", "1")
    pages = [sheet_page(evening.state, HALL, name, 0, 100)["rows"][0]["cells"] for name in ("r1-one", "r1-tf")]
    assert [list(cells) for cells in pages] == [["r1-one"], []]


def test_a_team_that_turned_to_paper_in_the_middle_has_a_sheet() -> None:
    evening = closed()
    evening.do(
        ask.ChangeSource(
            team=TeamId("A"),
            round=evening.state.pack.rounds[0].id,
            question=QuestionId("r1-number"),
            source=Source.PAPER,
            only_this_round=True,
            reason="Wi-Fi",
        )
    )
    assert scope(evening)["expected"] == 4
    rows = sheet_page(evening.state, HALL, "r1", 0, 100)["rows"]
    assert [(row["team"], row["online"]) for row in rows] == [
        ("A", ["r1-one", "r1-text"]), ("вол", []), ("Жук", []), ("ёж", []),
    ]  # fmt: skip


def test_a_mark_that_is_sent_again_keeps_the_time_of_its_first_coming() -> None:
    evening = closed()
    began_ms = evening.now_ms
    mine = evening.mark(TeamId("вол"), "r1-one", "1")
    evening.now_ms += 5_000
    other = replace(mine, counter=9)
    evening.do(ask.EnterMarks(operations=(mine, other)))
    assert {each: evening.state.entered[each] - began_ms for each in (mine.name, other.name)} == {mine.name: 0, other.name: 5_000}

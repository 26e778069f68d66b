"""What the console sees: everything, and first of all what needs the host."""

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId, VenueId
from quizserver.battle.phases import Phase, may_ask
from quizserver.battle.views import host_view
from tests.support.battles import COMMANDS, HALL, Evening, a_round, each_round, slips_round, wrong_answer

TEXT = QuestionId("r1-text")
ACCEPT = {"ru": ["Ту-104", "Туполев 104"]}


def playing(phase: Phase, *kinds: str) -> Evening:
    evening = Evening(a_round("r1", *(kinds or ("text", "one"))), slips_round("r2", "tf"))
    for name in ("A", "B", "C"):
        evening.join(name)
    evening.join_paper("P")
    evening.until(Phase.OPEN)
    for name, said in (("A", "Ил-18"), ("B", "ил 18"), ("C", "Як-40")):
        evening.answer(TeamId(name), said)
    evening.until(phase)
    return evening


def test_the_host_sees_the_step_the_key_and_what_may_be_asked() -> None:
    evening = playing(Phase.OPEN)
    view = host_view(evening.state, "0123456789abcdef")
    assert (view["step"], view["head"], view["phase"]) == (evening.state.step, "01234567", "open")
    assert view["primary"] == {"command": "ShowQuestion", "waits": ""}
    assert view["may"] == sorted(each.__name__ for each in COMMANDS if may_ask(Phase.OPEN, each))
    assert (view["paused"], view["locked"], view["frozen"]) == (False, False, False)


def test_the_host_sees_question_and_solution_and_the_next_ones_over_the_round_s_end() -> None:
    evening = Evening(a_round("r1", "text"), each_round("r2", "tf"))
    assert host_view(evening.state)["next"]["id"] == "r1-text"
    assert "question" not in host_view(evening.state)
    evening.until(Phase.ROUND_INTRO)
    assert host_view(evening.state)["next"]["id"] == "r1-text"
    evening.until(Phase.OPEN)
    view = host_view(evening.state)
    assert view["question"]["solution"]["is"]["accept"] == ACCEPT
    assert (view["question"]["notes"], view["next"]["id"]) == ({"en": "slowly"}, "r2-tf")
    evening.until(Phase.ROUND_END)
    evening.until(Phase.ROUND_INTRO)
    assert host_view(evening.state)["next"]["id"] == "r2-tf"
    evening.until(Phase.OPEN)
    assert "next" not in host_view(evening.state)


def test_the_host_sees_how_all_answers_fell_as_soon_as_they_are_sealed() -> None:
    evening = playing(Phase.ROUND_CLOSED)
    evening.seal()
    evening.until(Phase.REVEALED)
    evening.do(ask.TickAnswer(question=TEXT, said="як 40", shown=True))
    view = host_view(evening.state)["question"]
    assert [(row["said"], row["count"]) for row in view["fell"]["rows"]] == [("ил 18", 2), ("як 40", 1)]
    assert view["ticked"] == ["як 40"]


def test_a_question_that_is_not_sealed_has_nothing_that_fell() -> None:
    assert "fell" not in host_view(playing(Phase.OPEN).state)["question"]


def test_the_run_sheet_says_of_every_question_where_it_is() -> None:
    evening = Evening(each_round("r1", "one", "tf", "text", "number", "several"))
    evening.until(Phase.REVEALED)
    evening.do(ask.VoidQuestion(question=evening.shown, voided=True, reason="a typo"))
    evening.until(Phase.REVEALED, "r1-tf")
    evening.until(Phase.OPEN, "r1-text")
    seen = []
    for phase in (Phase.OPEN, Phase.CLOSED, Phase.SEALED, Phase.REVEALED):
        evening.until(phase)
        seen.append([question["is"] for question in host_view(evening.state)["run_sheet"][0]["questions"]])
    assert [each[2] for each in seen] == ["open", "closed", "sealed", "revealed"]
    assert {tuple(each[:2] + each[3:]) for each in seen} == {("voided", "revealed", "to_come", "to_come")}
    questions = host_view(evening.state)["run_sheet"][0]["questions"]
    assert [each.get("why") for each in questions] == ["a typo", None, None, None, None]


def test_the_run_sheet_says_which_round_is_played_and_which_are_over() -> None:
    evening = playing(Phase.ROUND_END)
    evening.until(Phase.ROUND_INTRO)
    rows = host_view(evening.state)["run_sheet"]
    assert [(row["id"], row["now"], row["ended"], row["reveal"]) for row in rows] == [
        ("r1", False, True, "round_end"), ("r2", True, False, "each"),
    ]  # fmt: skip


def test_revealed_questions_have_results() -> None:
    evening = playing(Phase.REVEALED)
    assert host_view(evening.state)["results"] == {"r1-text": {"answered": 3, "right": 0}}


def test_each_venue_has_its_teams_what_it_has_confirmed_and_what_it_owes() -> None:
    evening = playing(Phase.ROUND_CLOSED)
    club = evening.add_venue("club")
    rows = host_view(evening.state)["venues"]
    assert rows["hall"] == {
        "name": "Зал", "teams": 1, "paper": 1, "spares": 0, "collected": False, "missing": True, "scope": "r1", "pending": 0,
    }  # fmt: skip
    assert (rows[club]["missing"], rows[club]["teams"]) == (False, 0)
    evening.until(Phase.REVEALED)
    row = host_view(evening.state)["venues"]["hall"]
    assert (row["collected"], row["missing"], row["pending"]) == (True, False, 1)


def test_before_the_first_question_a_venue_owes_nothing() -> None:
    evening = playing(Phase.ROUND_END)
    evening.until(Phase.ROUND_INTRO)
    assert host_view(evening.state)["venues"]["hall"] == {"name": "Зал", "teams": 1, "paper": 1, "spares": 0}


def test_the_lobby_s_console_shows_teams_as_they_come() -> None:
    evening = Evening()
    for at in range(9):
        evening.join(f"t{at}")
    evening.join_paper("P")
    latest = host_view(evening.state)["latest"]
    assert [row["team"] for row in latest] == [*(f"t{at}" for at in range(2, 9)), "P"]
    assert latest[0] == {"team": "t2", "name": "t2", "plays": "online"}
    assert latest[-1] == {"team": "P", "name": "P", "plays": "paper", "venue": "hall"}
    evening.until(Phase.ROUND_INTRO)
    assert "latest" not in host_view(evening.state)


# --- attention ---


def test_wrong_texts_wait_to_be_judged_the_most_frequent_first_and_rulings_come_last() -> None:
    evening = playing(Phase.REVEALED)
    judge = host_view(evening.state)["attention"]["judge"]
    assert judge == {
        "count": 2,
        "ruled": 0,
        "rows": [
            {"question": TEXT, "said": "ил 18", "value": "Ил-18", "count": 2, "ticked": False, "accept": ACCEPT},
            {"question": TEXT, "said": "як 40", "value": "Як-40", "count": 1, "ticked": False, "accept": ACCEPT},
        ],
    }
    evening.do(ask.RuleAnswer(question=TEXT, said="ил 18", accepted=True))
    judge = host_view(evening.state)["attention"]["judge"]
    assert (judge["count"], judge["ruled"], [row["said"] for row in judge["rows"]]) == (1, 1, ["як 40", "ил 18"])
    assert judge["rows"][1]["accepted"] is True


def test_a_text_of_an_earlier_question_of_the_round_is_judged_and_shown_on_screens_as_one_of_the_present_one() -> None:
    evening = playing(Phase.REVEALED)
    evening.until(Phase.REVEALED, "r1-one")
    evening.do(ask.TickAnswer(question=TEXT, said="як 40", shown=True))
    view = host_view(evening.state)
    rows = view["attention"]["judge"]["rows"]
    assert view["question"]["id"] == "r1-one"
    assert [(row["question"], row["ticked"], row["accept"]) for row in rows] == [(TEXT, False, ACCEPT), (TEXT, True, ACCEPT)]


def test_options_and_numbers_are_judged_only_when_the_host_says_so() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.OPEN)
    evening.answer(TeamId("A"), wrong_answer("r1-one"))
    evening.until(Phase.REVEALED)
    before = host_view(evening.state)["attention"]["judge"]["rows"]
    evening.do(ask.RuleAnswer(question=QuestionId("r1-one"), said="r1-one-a", accepted=True))
    after = host_view(evening.state)["attention"]["judge"]["rows"]
    assert (before, [row["said"] for row in after]) == ([], ["r1-one-a"])
    assert "accept" not in after[0]


def test_right_texts_need_nobody() -> None:
    evening = Evening(each_round("r1", "text"))
    evening.join("A")
    evening.until(Phase.OPEN)
    evening.answer(TeamId("A"), "Ту-104")
    evening.until(Phase.REVEALED)
    assert host_view(evening.state)["attention"]["judge"]["count"] == 0


def test_disputed_cells_need_the_host_with_what_each_person_wrote() -> None:
    evening = playing(Phase.ROUND_CLOSED)
    mine = evening.mark(TeamId("P"), TEXT, "1", "Anna")
    yours = evening.mark(TeamId("P"), TEXT, "0", "Boris")
    evening.mark(TeamId("P"), "r1-one", "0", "Boris")
    assert host_view(evening.state)["attention"]["disputes"] == {
        "count": 1,
        "rows": [
            {
                "team": "P", "name": "P", "round": "r1", "question": TEXT, "venue": HALL,
                "present": [
                    {"name": mine.name, "who": "Anna", "value": "1", "at": evening.now_ms, "called": "Anna", "number": 1},
                    {"name": yours.name, "who": "Boris", "value": "0", "at": evening.now_ms, "called": "Boris", "number": 2},
                ],
            }
        ],
    }  # fmt: skip


def test_venues_whose_marks_wait_need_the_host() -> None:
    evening = playing(Phase.ROUND_CLOSED)
    evening.do(ask.GoOnUncollected())
    assert host_view(evening.state)["attention"]["waiting"] == [{"venue": HALL, "scope": "r1"}]


def test_sheets_that_are_not_in_are_counted_by_round_and_venue() -> None:
    evening = playing(Phase.ROUND_CLOSED)
    evening.join_paper("Q", evening.add_venue("club"))
    evening.join_paper("R", VenueId("club"))
    assert host_view(evening.state)["attention"]["sheets"] == []
    evening.until(Phase.REVEALED)
    evening.mark(TeamId("P"), "r1", "1")
    assert host_view(evening.state)["attention"]["sheets"] == [{"round": "r1", "number": 1, "venue": "club", "count": 2}]


def test_a_battle_that_came_back_from_the_archive_says_what_may_be_missing_until_the_round_has_ended() -> None:
    evening = playing(Phase.OPEN)
    assert "restored" not in host_view(evening.state)["attention"]
    evening.do(ask.NoteRestored(epoch=1, upto=7, lost={"since_ms": "900000", f"{TEXT}.1": "3"}))
    asked: dict[str, object] = {"question": TEXT, "number": 1, "answers": 3}
    told = {"since": 900_000, "open": [asked]}
    assert host_view(evening.state)["attention"]["restored"] == told
    evening.join("D")
    evening.until(Phase.REVEALED)
    missing = [{"team": "D", "name": "D"}]  # of those online; the others have answered
    told = {"since": 900_000, "open": [{**asked, "missing": {"count": 1, "rows": missing}}]}
    assert host_view(evening.state)["attention"]["restored"] == told
    evening.until(Phase.ROUND_END)
    assert "restored" not in host_view(evening.state)["attention"]

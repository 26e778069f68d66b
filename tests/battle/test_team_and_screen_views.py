"""What all devices of all teams see, and what a projector shows."""

from dataclasses import replace

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Counts, Media, Pack, Round, Theme
from quizserver.battle.views import host_view, merge_patch, screen_view, team_view
from quizserver.battle.views.screen import LATEST_NAMES
from tests.support.battles import Evening, a_pack, a_round, each_round, question, slips_round


@pytest.mark.parametrize("playing", [each_round("r1", "one"), a_round("r1", "one")], ids=["each", "round end"])
def test_a_close_at_the_deadline_sends_teams_nothing(playing: Round) -> None:
    """They know the deadline; so neither the close nor the seals nor the collection changes a byte of what they see."""
    evening = Evening(playing)
    evening.until(Phase.LAST_CALL if playing.id in evening.state.plan.scopes and playing.reveal == "round_end" else Phase.OPEN)
    before = team_view(evening.state)
    evening.time_up()
    closed = team_view(evening.state)
    evening.seal()
    assert merge_patch(before, closed) == merge_patch(closed, team_view(evening.state)) == {}


@pytest.mark.parametrize(
    ("playing", "phase", "told"),
    [(each_round("r1", "one"), Phase.OPEN, "closed"), (a_round("r1", "one"), Phase.LAST_CALL, "round_closed")],
    ids=["each", "round end"],
)
def test_an_early_close_is_told_to_teams(playing: Round, phase: Phase, told: str) -> None:
    evening = Evening(playing)
    evening.until(phase)
    evening.wait(1000)
    evening.do(ask.CloseAnswers())
    view = team_view(evening.state)
    assert (view["phase"], "clock" in view) == (told, False)


def test_a_screen_is_told_every_phase() -> None:
    evening, seen = Evening(each_round("r1", "one")), []
    while evening.state.phase is not Phase.FINISHED:
        seen.append(screen_view(evening.state)["phase"])
        evening.press()
    for phase in ("lobby", "round_intro", "open", "closed", "sealed", "revealed", "round_end", "final"):
        assert phase in seen


def test_teams_and_screens_are_given_the_clock_they_count_down_to() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.until(Phase.OPEN)
    clock = {"id": evening.state.version, "opens_at": evening.now_ms + 3000, "deadline": evening.now_ms + 33_000, "closes": True}
    assert team_view(evening.state)["clock"] == screen_view(evening.state)["clock"] == clock


def test_where_answers_stay_editable_teams_keep_every_question_that_was_opened() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.OPEN, "r1-tf")
    view = team_view(evening.state)
    assert (list(view["questions"]), view["question"]) == (["r1-one", "r1-tf"], "r1-tf")
    assert screen_view(evening.state)["question"]["id"] == "r1-tf"


def test_where_each_is_revealed_teams_have_the_one_on_the_stage() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.until(Phase.OPEN, "r1-tf")
    assert list(team_view(evening.state)["questions"]) == ["r1-tf"]


def test_a_question_that_is_being_read_aloud_is_shown_before_it_opens() -> None:
    evening = Evening(a_round("r1", "one", "tf", reading_ms=None))
    evening.until(Phase.SHOWN, "r1-tf")
    view = team_view(evening.state)
    assert list(view["questions"]) == ["r1-one", "r1-tf"]
    assert ("opening" in view["questions"]["r1-one"], "opening" in view["questions"]["r1-tf"]) == (True, False)


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.ROUND_INTRO, Phase.ROUND_END, Phase.FINAL, Phase.FINISHED])
def test_between_the_questions_there_is_no_question(phase: Phase) -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(phase)
    assert not {"question", "questions", "solutions", "solution"} & {*team_view(evening.state), *screen_view(evening.state)}


def test_solutions_are_revealed_to_teams_one_by_one_and_stay() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.REVEALED)
    assert list(team_view(evening.state)["solutions"]) == ["r1-one"]
    evening.press()
    assert list(team_view(evening.state)["solutions"]) == ["r1-one", "r1-tf"]


def test_a_screen_shows_the_solution_of_the_question_on_the_stage() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.until(Phase.REVEALED)
    assert screen_view(evening.state)["solution"]["is"] == {"right": ["r1-one-b"]}
    evening.until(Phase.OPEN, "r1-tf")
    assert "solution" not in screen_view(evening.state)


def test_the_reveal_says_how_the_answers_fell() -> None:
    evening = Evening(each_round("r1", "one"))
    teams = [evening.join(name) for name in ("A", "B", "C", "D")]
    evening.until(Phase.OPEN)
    for team, letter in zip(teams, "bab", strict=False):
        evening.answer(team, f"r1-one-{letter}")
    evening.until(Phase.REVEALED)
    assert team_view(evening.state)["solutions"]["r1-one"]["fell"] == {
        "answered": 3,
        "right": 2,
        "rows": [
            {"said": "r1-one-b", "value": "r1-one-b", "count": 2, "right": True},
            {"said": "r1-one-a", "value": "r1-one-a", "count": 1, "right": False},
        ],
    }


def test_as_many_texts_are_shown_as_fit_the_most_frequent_first() -> None:
    evening = Evening(each_round("r1", "text"))
    evening.until(Phase.OPEN)
    for at in range(10):
        evening.answer(evening.join(f"t{at}"), "Ту 104" if at < 2 else f"Тупполев {at}04"[: at + 8])
    evening.until(Phase.REVEALED)
    for said in {row.value for row in evening.boxes[QuestionId("r1-text"), 1]}:
        evening.do(ask.TickAnswer(question=QuestionId("r1-text"), said=str(said).casefold(), shown=True))
    fell = screen_view(evening.state)["solution"]["fell"]
    assert (fell["answered"], fell["right"], len(fell["rows"]), fell["rows"][0]["count"]) == (10, 2, 6, 2)


def test_a_voided_question_says_so() -> None:
    evening = Evening(each_round("r1", "one"))
    evening.until(Phase.OPEN)
    evening.do(ask.VoidQuestion(question=QuestionId("r1-one"), voided=True, reason="a typo"))
    assert screen_view(evening.state)["question"]["voided"] is True


def test_pictures_are_shown_under_their_random_names() -> None:
    picture = Media("x7.webp", {"en": "A plane"}, 800, 600)
    asked = question("r1", "one", media=picture)
    evening = Evening(Round(a_round("r1").id, {}, (asked,), intro={"en": "Planes"}))
    evening.until(Phase.OPEN)
    assert screen_view(evening.state)["question"]["media"] == {
        "file": "x7.webp", "alt": {"en": "A plane"}, "width": 800, "height": 600,
    }  # fmt: skip


def test_the_battle_s_title_is_the_pack_s_unless_the_host_gave_one() -> None:
    named, unnamed = Evening(title="Friday"), Evening()
    assert team_view(named.state)["battle"]["title"] == "Friday"
    assert team_view(unnamed.state)["battle"]["title"] == {"en": "A small pack"}


def test_the_pack_s_colours_reach_teams_and_screens() -> None:
    pack = Pack("p", {}, ("en",), (a_round("r1", "one"),), a_pack(a_round("r1", "one")).solutions, Theme("sky", {"ink": "#123456"}))
    evening = Evening(pack=pack)
    assert team_view(evening.state)["battle"]["theme"] == {"name": "sky", "colours": {"ink": "#123456"}, "art": ""}


def test_the_round_says_its_number_and_its_rules() -> None:
    evening = Evening(a_round("r1", "one"), each_round("r2", "one", "tf", counts=Counts.FIRST, intro={"en": "Planes"}))
    evening.until(Phase.ROUND_END)
    evening.until(Phase.ROUND_INTRO)
    assert team_view(evening.state)["round"] == screen_view(evening.state)["round"]
    assert team_view(evening.state)["round"] == {
        "id": "r2", "number": 2, "title": {"en": "r2"}, "intro": {"en": "Planes"}, "questions": 2, "reveal": "each",
        "counts": "first",
    }  # fmt: skip


def test_a_question_says_all_that_everybody_may_know() -> None:
    asked = replace(question("r1", "number", points=200, penalty=50), parts={"unit": {"en": "km"}, "none": None})
    evening = Evening(Round(a_round("r1").id, {}, (question("r1", "one"), asked)))
    evening.until(Phase.OPEN, "r1-number")
    assert screen_view(evening.state)["question"] == {
        "id": "r1-number", "number": 2, "kind": "number", "text": {"en": "Question r1-number"}, "seconds": 30, "points": 200,
        "penalty": 50, "parts": {"unit": {"en": "km"}}, "options": [], "opening": 1,
    }  # fmt: skip


def test_a_stage_says_which_standing_and_until_when_the_break_is() -> None:
    evening = Evening()
    evening.do(ask.ShowStanding(which="speed"))
    assert screen_view(evening.state)["stage"] == {"show": "standing", "which": "speed"}
    evening.do(ask.StartBreak(seconds=60))
    assert team_view(evening.state)["stage"] == {"show": "break", "until": evening.now_ms + 60_000}
    evening.do(ask.ShowPlay())
    assert screen_view(evening.state)["stage"] == {"show": "play"}


def test_names_drift_in_on_the_lobby_s_screen_without_those_that_are_muted() -> None:
    evening = Evening()
    for at in range(LATEST_NAMES + 2):
        evening.join(f"Team {at}")
    evening.do(ask.MuteTeam(team=evening.state.teams["Team 9"].id, muted=True))  # type: ignore[index]
    latest = screen_view(evening.state)["latest"]
    assert latest == [f"Team {at}" for at in range(1, LATEST_NAMES + 1)]
    evening.until(Phase.ROUND_INTRO)
    assert "latest" not in screen_view(evening.state)


def test_few_names_are_all_shown() -> None:
    evening = Evening()
    evening.join("one")
    assert screen_view(evening.state)["latest"] == ["one"]


def test_screens_count_teams_venues_devices_and_sheets() -> None:
    evening = Evening(slips_round("r1", "one", "tf"))
    evening.join("A")
    paper, other = evening.join_paper("P"), evening.join_paper("Q")
    assert screen_view(evening.state)["counts"] == {
        **{"teams": 3, "paper": 2, "online": 1},
        **{"people": 0, "venues": 1, "seats": 1},
    }
    evening.until(Phase.REVEALED, "r1-tf")
    for asked in ("r1-one", "r1-tf"):
        evening.mark(paper, asked, "1")
    evening.mark(other, "r1-one", "1")
    assert screen_view(evening.state)["counts"]["sheets"] == {"in": 1, "of": 2}


def test_the_ends_show_the_code_of_the_ledger() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.OPEN)
    assert "head" not in screen_view(evening.state, "0123456789abcdef")
    for phase in (Phase.ROUND_END, Phase.FINAL, Phase.FINISHED):
        evening.until(phase)
        assert screen_view(evening.state, "0123456789abcdef")["head"] == "01234567"


def test_a_frozen_standing_says_so() -> None:
    evening = Evening()
    assert "frozen" not in screen_view(evening.state)
    evening.do(ask.FreezeStanding(frozen=True))
    assert screen_view(evening.state)["frozen"] is True


def test_whether_the_champion_is_certain_is_told_once_a_round_has_ended_and_not_while_frozen() -> None:
    evening = Evening(a_round("r1", "one"))
    paper = evening.join_paper("P")
    evening.join("A")
    evening.until(Phase.REVEALED)
    assert "champion" not in screen_view(evening.state) | host_view(evening.state)
    evening.until(Phase.ROUND_END)
    assert screen_view(evening.state)["champion"] == host_view(evening.state)["champion"] == "open"
    evening.mark(paper, "r1-one", "1")
    assert screen_view(evening.state)["champion"] == "certain"
    evening.do(ask.FreezeStanding(frozen=True))
    assert "champion" not in screen_view(evening.state)
    assert host_view(evening.state)["champion"] == "certain"

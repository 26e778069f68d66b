"""Back changes what is shown, never what counts. A closed question may be opened again; a revealed one never."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Round
from quizserver.battle.settings import Source
from quizserver.battle.standings import digest, standing
from quizserver.battle.state import BattleState
from tests.support.battles import HALL, RIGHT, WRONG, Evening, a_round, each_round, slips_round

A = TeamId("A")


def what_counts(state: BattleState) -> object:
    return (
        digest(standing(state)), state.marks, state.boxes, state.openings, state.revealed, state.collected,
        state.collection_ended, state.waiting, state.ended, state.cells, state.places,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("phase", "question", "back", "there"),
    [
        (Phase.OPEN, "r1-tf", Phase.OPEN, "r1-one"),
        (Phase.REVEALED, "r1-tf", Phase.REVEALED, "r1-one"),
        (Phase.ROUND_END, None, Phase.REVEALED, "r1-tf"),
        (Phase.FINAL, None, Phase.ROUND_END, "r2-tf"),
    ],
)
def test_back_shows_what_stood_there_before_and_changes_nothing_that_counts(
    phase: Phase, question: str | None, back: Phase, there: str | None
) -> None:
    evening = Evening(a_round("r1", "one", "tf"), each_round("r2", "one", "tf"))
    evening.join("A")
    evening.until(Phase.OPEN)
    evening.answer(A, "r1-one-b")
    evening.until(phase, question)
    before = what_counts(evening.state)
    evening.do(ask.GoBack())
    shown = evening.state.current_question
    assert shown is not None
    assert (evening.state.phase, shown.id) == (back, there)
    assert what_counts(evening.state) == before
    evening.until(Phase.FINISHED)


def test_back_from_the_first_round_leads_to_the_lobby() -> None:
    evening = Evening()
    evening.do(ask.StartRound(), ask.GoBack())
    assert (evening.state.phase, evening.state.current_round, evening.state.current_question) == (Phase.LOBBY, None, None)


@pytest.mark.parametrize("phase", [Phase.SHOWN, Phase.ROUND_INTRO])
def test_back_from_a_rounds_beginning_leads_to_the_round_before(phase: Phase) -> None:
    evening = Evening(a_round("r1", "one", "tf"), a_round("r2", "tf", reading_ms=None))
    evening.until(Phase.ROUND_END)
    evening.until(phase)
    while evening.state.phase is not Phase.ROUND_END:
        evening.do(ask.GoBack())
    assert (evening.state.round, evening.shown) == (0, "r1-tf")
    evening.until(Phase.FINISHED)
    assert evening.state.ended == ("r1", "r2")


def test_a_question_that_is_shown_but_not_open_gives_way_to_the_one_before() -> None:
    each, round_end = Evening(each_round("r1", "one", "tf", reading_ms=None)), Evening(a_round("r1", "one", "tf", reading_ms=None))
    for evening, phase in ((each, Phase.REVEALED), (round_end, Phase.OPEN)):
        evening.until(Phase.SHOWN, "r1-tf")
        evening.do(ask.GoBack())
        assert (evening.state.phase, evening.shown) == (phase, "r1-one")


def test_there_is_nothing_before_the_first_question_that_is_open() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.OPEN)
    assert evening.refused(ask.GoBack()) == "nothing_before"


def test_there_is_nothing_before_an_open_question_that_reveals_each() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.until(Phase.OPEN, "r1-tf")
    assert evening.refused(ask.GoBack()) == "nothing_before"


def test_there_is_nothing_before_the_first_solution() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.REVEALED)
    assert evening.refused(ask.GoBack()) == "nothing_before"


def test_a_question_that_was_open_already_is_shown_again_and_keeps_its_box() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.OPEN, "r1-tf")
    before = evening.state.boxes
    evening.do(ask.GoBack())
    assert evening.do(ask.ShowQuestion()) == (did.QuestionShown(question=QuestionId("r1-tf"), again=True),)
    assert evening.state.boxes == before


def test_a_revealed_question_is_shown_again_as_revealed_and_never_opened() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.until(Phase.REVEALED, "r1-tf")
    evening.do(ask.GoBack())
    assert evening.do(ask.ShowQuestion()) == (did.SolutionRevealed(question=QuestionId("r1-tf"), again=True),)
    assert (evening.state.phase, evening.shown, evening.state.clock) == (Phase.REVEALED, "r1-tf", None)


def test_a_solution_says_whether_it_was_revealed_before() -> None:
    evening, tf = Evening(a_round("r1", "one", "tf")), QuestionId("r1-tf")
    evening.until(Phase.REVEALED, "r1-one")
    assert evening.do(ask.Reveal()) == (did.SolutionRevealed(question=tf),)
    evening.do(ask.GoBack())
    assert evening.do(ask.Reveal()) == (did.SolutionRevealed(question=tf, again=True),)


def test_nothing_is_revealed_while_one_box_of_its_round_is_not_sealed() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.COLLECTED)
    evening.do(ask.SealBox(question=QuestionId("r1-one"), opening=1, rows=()))
    assert evening.refused(ask.Reveal()) == "not_sealed"
    evening.do(ask.SealBox(question=QuestionId("r1-tf"), opening=1, rows=()))
    evening.do(ask.Reveal())


def test_an_ended_round_ends_again_without_moving_the_places_of_its_end() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.ROUND_END)
    places, ended = evening.state.places, evening.state.ended
    evening.do(ask.AdjustPoints(team=A, points=100, reason="a song"), ask.GoBack())
    (again,) = evening.do(ask.EndRound())
    assert isinstance(again, did.RoundEnded)
    assert again.again
    assert (evening.state.places, evening.state.ended) == (places, ended)


def test_a_round_does_not_end_before_all_of_it_is_revealed() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.until(Phase.REVEALED)
    assert evening.refused(ask.EndRound()) == "questions_left"


def test_there_is_no_step_behind_the_last_one() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.OPEN)
    assert evening.refused(ask.ShowQuestion()) == "no_more_questions"
    evening.until(Phase.REVEALED)
    assert evening.refused(ask.Reveal()) == "no_more_questions"
    assert evening.refused(ask.ShowQuestion()) == "not_in_this_phase"
    evening.until(Phase.ROUND_END)
    assert evening.refused(ask.StartRound()) == "no_more_rounds"


def test_a_question_revealed_by_itself_is_not_revealed_again() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.until(Phase.REVEALED)
    assert evening.refused(ask.Reveal()) == "not_in_this_phase"


def test_a_question_that_reveals_each_is_not_left_open() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.until(Phase.OPEN)
    assert evening.refused(ask.ShowQuestion()) == "not_in_this_phase"


# --- opening again ---


def test_opening_again_keeps_the_answers_of_the_first_opening() -> None:
    evening = Evening(each_round("r1", "one"))
    first, both, second = (evening.join(name) for name in ("first", "both", "second"))
    evening.until(Phase.OPEN)
    evening.answer(first, "r1-one-b")
    evening.answer(both, "r1-one-b")
    evening.until(Phase.SEALED)
    evening.do(ask.Reopen())
    evening.answer(both, "r1-one-a")
    evening.answer(second, "r1-one-b")
    evening.until(Phase.REVEALED)
    assert [evening.mark_of(team, "r1-one") for team in (first, both, second)] == [RIGHT, WRONG, RIGHT]


def test_the_question_on_the_stage_is_the_one_that_opens_again() -> None:
    evening = Evening(each_round("r1", "one", "tf"))
    evening.until(Phase.SEALED, "r1-tf")
    evening.do(ask.Reopen())
    assert evening.state.openings == {"r1-one": 1, "r1-tf": 2}
    assert (evening.state.phase, evening.shown) == (Phase.OPEN, "r1-tf")


@pytest.mark.parametrize("playing", [each_round("r1", "one"), a_round("r1", "one")], ids=["each", "round end"])
def test_what_happens_to_the_second_opening_leaves_the_first_as_it_was(playing: Round) -> None:
    evening = Evening(playing)
    evening.until(Phase.SEALED if playing.reveal == "each" else Phase.COLLECTED)
    evening.seal()
    first = evening.state.boxes[QuestionId("r1-one"), 1]
    evening.do(ask.Reopen(), ask.Extend(by_ms=5000), ask.Pause())
    evening.wait(1000)
    evening.do(ask.Resume(), ask.CloseAnswers())
    assert evening.state.boxes[QuestionId("r1-one"), 1] == first


def test_opening_a_round_again_opens_all_of_it_under_one_last_call() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.join("A")
    evening.until(Phase.OPEN)
    evening.answer(A, "r1-one-b")
    evening.until(Phase.COLLECTED)
    evening.do(ask.Reopen())
    assert evening.state.phase is Phase.LAST_CALL
    assert evening.state.openings == {"r1-one": 2, "r1-tf": 2}
    evening.answer(A, "r1-tf-a", QuestionId("r1-tf"))
    evening.until(Phase.ROUND_END)
    assert evening.points(A) == 2


def test_a_question_is_sealed_when_each_of_its_openings_is() -> None:
    """The first opening's answers may still be on their way when the second is sealed; the evening must not stop there."""
    evening = Evening(each_round("r1", "one"))
    evening.until(Phase.CLOSED)
    evening.do(ask.Reopen(), ask.CloseAnswers())
    phases = []
    for opening in (2, 1):
        evening.do(ask.SealBox(question=QuestionId("r1-one"), opening=opening, rows=()))
        phases.append(evening.state.phase)
    assert phases == [Phase.CLOSED, Phase.SEALED]


@pytest.mark.parametrize(
    ("playing", "phase", "scope"),
    [(a_round("r1", "one"), Phase.ROUND_CLOSED, "r1"), (slips_round("r1", "one"), Phase.CLOSED, "r1-one")],
    ids=["sheets", "slips"],
)
def test_nothing_is_opened_again_once_a_desk_holds_the_key(playing: Round, phase: Phase, scope: str) -> None:
    evening = Evening(playing)
    evening.join_paper("P")
    evening.join_paper("Q", evening.add_venue("club"))
    evening.until(phase)
    evening.do(ask.ConfirmCollected(venue=HALL, scope=scope))
    assert evening.refused(ask.Reopen()) == "key_is_out"


def test_venues_that_were_gone_over_are_asked_again_after_another_opening() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join_paper("P")
    evening.until(Phase.ROUND_CLOSED)
    evening.do(ask.GoOnUncollected(), ask.Reopen())
    assert (evening.state.waiting, evening.state.collection_ended) == (frozenset(), frozenset())
    evening.do(ask.CloseAnswers())
    assert evening.state.phase is Phase.ROUND_CLOSED
    evening.until(Phase.FINISHED)
    assert evening.state.collected == {(HALL, "r1")}


def test_a_round_without_paper_closes_as_collected_each_time() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.until(Phase.COLLECTED)
    evening.do(ask.Reopen(), ask.CloseAnswers())
    assert evening.state.phase is Phase.COLLECTED
    evening.until(Phase.FINISHED)


def test_a_round_where_paper_came_late_is_not_opened_again_for_who_has_its_key() -> None:
    """A team that turned to paper in a round without slips: its venue confirmed the whole round."""
    evening = Evening(each_round("r1", "one"))
    team = evening.join("A")
    evening.until(Phase.SEALED)
    playing = evening.state.pack.rounds[0]
    change = ask.ChangeSource(
        team=team, round=playing.id, question=evening.shown, source=Source.PAPER, only_this_round=True, reason="Wi-Fi"
    )
    evening.do(change, ask.ConfirmCollected(venue=HALL, scope="r1"))
    assert evening.refused(ask.Reopen()) == "key_is_out"

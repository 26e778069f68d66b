"""What the host mends afterwards: rulings, voided questions, missed answers, bonuses. All of it can be undone."""

from dataclasses import replace

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Counts
from quizserver.battle.views import screen_view
from tests.support.battles import REMOVED, RIGHT, WRONG, Evening, a_round, each_round, right_answer, wrong_answer

A, B = TeamId("A"), TeamId("B")
TEXT, ONE = QuestionId("r1-text"), QuestionId("r1-one")


def answered(kind: str, *values: object, **rules: object) -> Evening:
    """A question that teams A, B, ... answered so, revealed."""
    evening = Evening(each_round("r1", kind, **rules))
    evening.until(Phase.OPEN)
    evening.wait(3000)
    for team, value in zip("ABCDEF", values, strict=False):
        evening.answer(evening.join(team), value)  # type: ignore[arg-type]
    evening.until(Phase.REVEALED)
    return evening


# --- rulings ---


def test_a_text_accepted_after_the_reveal_is_right_for_all_who_said_it_and_the_ruling_can_be_taken_back() -> None:
    evening = answered("text", "самолёт", "САМОЛЕТ!", "Ил-18")
    for accepted, mark in ((True, RIGHT), (None, WRONG), (True, RIGHT), (False, WRONG)):
        evening.do(ask.RuleAnswer(question=TEXT, said="самолет", accepted=accepted))
        assert [evening.mark_of(TeamId(team), TEXT) for team in "ABC"] == [mark, mark, WRONG]


def test_a_right_text_can_be_ruled_out() -> None:
    evening = answered("text", "ту 104")
    evening.do(ask.RuleAnswer(question=TEXT, said="ту 104", accepted=False))
    assert evening.mark_of(A, TEXT) == WRONG


@pytest.mark.parametrize("kind", ["one", "several", "tf", "number"])
def test_a_ruling_holds_for_every_kind_since_a_pack_may_be_wrong(kind: str) -> None:
    asked = QuestionId(f"r1-{kind}")
    evening = answered(kind, right_answer(asked), wrong_answer(asked))
    wrong = wrong_answer(asked)
    said = " ".join(wrong) if kind == "several" else wrong
    evening.do(ask.RuleAnswer(question=asked, said=said, accepted=True))
    assert evening.mark_of(B, asked) == RIGHT
    assert evening.mark_of(A, asked) == RIGHT


def test_the_same_ruling_again_is_no_news() -> None:
    evening = answered("text", "x")
    assert evening.do(ask.RuleAnswer(question=TEXT, said="x", accepted=None)) == ()
    evening.do(ask.RuleAnswer(question=TEXT, said="x", accepted=False))
    assert evening.do(ask.RuleAnswer(question=TEXT, said="x", accepted=False)) == ()


def test_a_ruling_says_of_which_question_and_of_which_words() -> None:
    evening = answered("text", "x")
    assert evening.refused(ask.RuleAnswer(question=QuestionId("r9"), said="x", accepted=True)) == "unknown_question"
    assert evening.refused(ask.RuleAnswer(question=TEXT, said=" ", accepted=True)) == "empty"


def test_a_wrong_text_is_ticked_and_unticked() -> None:
    evening = answered("text", "x")
    tick = ask.TickAnswer(question=TEXT, said="x", shown=True)
    evening.do(tick)
    assert evening.do(tick) == ()
    assert evening.state.ticked[TEXT] == {"x"}
    evening.do(replace(tick, shown=False))
    assert evening.state.ticked[TEXT] == set()
    assert evening.do(replace(tick, shown=False)) == ()
    assert evening.refused(replace(tick, question=QuestionId("r9"))) == "unknown_question"


# --- voided questions ---


def test_a_voided_question_counts_for_nobody_and_put_back_counts_again() -> None:
    evening = answered("one", "r1-one-b", "r1-one-a")
    void = ask.VoidQuestion(question=ONE, voided=True, reason="two right options")
    evening.do(void)
    assert evening.do(void) == ()
    assert [evening.mark_of(team, ONE) for team in (A, B)] == [REMOVED, REMOVED]
    assert evening.standing() == [(1, "A", 0), (1, "B", 0)]
    evening.do(replace(void, voided=False))
    assert evening.standing() == [(1, "A", 1), (2, "B", 0)]
    assert evening.do(replace(void, voided=False)) == ()


def test_a_question_is_voided_with_a_reason() -> None:
    evening = answered("one")
    assert evening.refused(ask.VoidQuestion(question=ONE, voided=True, reason=" ")) == "reason_needed"
    assert evening.refused(ask.VoidQuestion(question=QuestionId("r9"), voided=True, reason="x")) == "unknown_question"
    (voided,) = evening.do(ask.VoidQuestion(question=ONE, voided=True, reason=" a typo ", by="host"))
    assert voided == did.QuestionVoided(by="host", question=ONE, voided=True, reason="a typo")


@pytest.mark.parametrize("phase", [Phase.ROUND_INTRO, Phase.OPEN, Phase.CLOSED])
def test_a_question_voided_before_its_seal_is_voided_behind_it(phase: Phase) -> None:
    evening = Evening(each_round("r1", "one"))
    evening.join("A")
    evening.until(phase)
    evening.do(ask.VoidQuestion(question=ONE, voided=True, reason="a typo"))
    assert evening.state.marks == {}
    evening.until(Phase.REVEALED)
    assert evening.mark_of(A, ONE) == REMOVED


def test_a_sheet_is_in_without_the_voided_question() -> None:
    evening = Evening(a_round("r1", "one", "tf"))
    team = evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    evening.mark(team, "r1-tf", "1")
    evening.do(ask.VoidQuestion(question=ONE, voided=True, reason="a typo"))
    assert (evening.points(team), evening.place(team).pending) == (1, False)
    assert screen_view(evening.state)["counts"]["sheets"] == {"in": 1, "of": 1}


# --- missed answers ---


def missed(evening: Evening, team: TeamId = A, value: str = "r1-one-b", stamp_ms: int | None = None) -> ask.AdmitMissed:
    """An answer that was in time (by default at the close) and arrived after the seal."""
    box = evening.state.boxes[ONE, 1]
    stamp_ms = box.cut_off_ms if stamp_ms is None else stamp_ms
    return ask.AdmitMissed(question=ONE, opening=1, row=AnswerRow(team, AnswerId("missed"), 1, stamp_ms or 0, value))


def test_a_missed_answer_moves_a_standing_that_was_told_without_it() -> None:
    evening = answered("one", "r1-one-a")
    late = evening.join("late")
    assert evening.standing() == [(1, "A", 0), (1, "late", 0)]
    evening.do(missed(evening, late))
    assert evening.standing() == [(1, "late", 1), (2, "A", 0)]


def test_a_missed_answer_is_admitted_once_and_counts() -> None:
    evening = answered("one", "r1-one-a")
    evening.join("late")
    admit = missed(evening, TeamId("late"))
    evening.do(admit)
    assert evening.mark_of(TeamId("late"), ONE) == RIGHT
    assert evening.do(admit) == ()


def test_a_missed_answer_that_is_later_than_the_one_recorded_stands() -> None:
    evening = answered("one", "r1-one-a")
    evening.do(missed(evening))
    assert evening.mark_of(A, ONE) == RIGHT


def test_a_missed_answer_that_the_team_replaced_in_time_changes_nothing() -> None:
    evening = answered("one", "r1-one-a")
    assert evening.refused(missed(evening, stamp_ms=0)) == "superseded"


@pytest.mark.parametrize("stamp", [0, None])
def test_where_the_first_tap_locks_a_recorded_answer_stays(stamp: int | None) -> None:
    evening = answered("one", "r1-one-a", counts=Counts.FIRST)
    assert evening.refused(missed(evening, stamp_ms=stamp)) == "locked"
    evening.join("late")
    evening.do(missed(evening, TeamId("late")))


def test_an_answer_behind_the_cut_off_is_late_for_ever() -> None:
    evening = answered("one", "r1-one-a")
    cut_off_ms = evening.state.boxes[ONE, 1].cut_off_ms or 0
    assert evening.refused(missed(evening, stamp_ms=cut_off_ms + 1)) == "late"


def test_only_a_known_team_and_a_sealed_box_can_have_missed_an_answer() -> None:
    evening = answered("one", "r1-one-a")
    assert evening.refused(missed(evening, TeamId("ghost"))) == "unknown_team"
    assert evening.refused(replace(missed(evening), opening=2)) == "not_sealed"
    evening = Evening(a_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.COLLECTED)
    assert evening.refused(missed(evening)) == "not_sealed"


# --- bonuses ---


def test_a_bonus_or_a_penalty_moves_the_standing_and_is_always_given_with_a_reason() -> None:
    evening = answered("one", "r1-one-b", "r1-one-a")
    evening.do(ask.AdjustPoints(team=B, points=250, reason=" a song "), ask.AdjustPoints(team=A, points=-50, reason="a phone"))
    assert [(row.team, row.points) for row in (evening.place(B), evening.place(A))] == [(B, 250), (A, 50)]
    assert evening.state.adjustments[0] == (B, 250, "a song")
    assert evening.refused(ask.AdjustPoints(team=A, points=100, reason=" ")) == "reason_needed"


@pytest.mark.parametrize(
    ("points", "taken"), [(0, False), (1, True), (-1, True), (100_000, True), (-100_000, True), (100_001, False)]
)
def test_a_slip_of_the_finger_is_no_bonus(points: int, taken: bool) -> None:
    evening, command = answered("one", "r1-one-a"), ask.AdjustPoints(team=A, points=points, reason="x")
    assert evening.do(command) if taken else evening.refused(command) == "bad_points"


# --- the ledger itself ---


def test_a_ledger_that_came_back_from_the_archive_says_so_once() -> None:
    evening = answered("one")
    note = ask.NoteRestored(epoch=1, upto=7, lost={"since_ms": "3"})
    assert evening.do(note) == (did.Restored(epoch=1, upto=7, lost={"since_ms": "3"}),)
    assert evening.do(note) == ()
    assert evening.state.epoch == 1

"""A mark that comes after its gate is kept, counts for nothing, and waits for the host, who sees what it would change."""

from dataclasses import replace
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.evolve import fold
from quizserver.battle.gates import is_closed
from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.settings import Gate, Source
from quizserver.battle.sheets import Operation
from quizserver.battle.standings import digest, standing
from quizserver.battle.verdicts import Outcome, Verdict, outcome
from quizserver.battle.views import host_view, screen_view, team_view
from quizserver.battle.views.late import judgement, late_part, late_sheets
from quizserver.battle.what_if import if_accepted
from tests.support.battles import HALL, PENDING, RIGHT, WRONG, Evening, a_round

P, Q = TeamId("P"), TeamId("Q")
ONE, R1 = QuestionId("r1-one"), RoundId("r1")


def at_the_end_of(at: str, teams: str = "P", **settings: Any) -> Evening:
    """Three rounds of two questions, and the battle at the end of one of them or further."""
    evening = Evening(*(a_round(name, "one", "tf") for name in ("r1", "r2", "r3")), **settings)
    for team in teams:
        evening.join_paper(team)
    return go_on(evening, at)


def go_on(evening: Evening, at: str) -> Evening:
    phase = {"final": Phase.FINAL, "finished": Phase.FINISHED}.get(at, Phase.ROUND_END)
    while not (evening.state.phase is phase and (phase is not Phase.ROUND_END or evening.state.ended[-1] == at)):
        evening.press()
    return evening


def judge(evening: Evening, *late: Operation, accepted: bool = True, word: str = "v1", over: tuple[str, ...] = ()) -> ask.JudgeLate:
    names = tuple(each.name for each in late)
    return ask.JudgeLate(verdict=word, operations=names, accepted=accepted, reason="the courier", over=over, by="host")


# --- the gates ---


@pytest.mark.parametrize(
    ("gate", "open_at", "closed_at"),
    [
        (Gate.ROUND_END, None, "r1"),
        (Gate.NEXT_ROUND_END, "r1", "r2"),
        (Gate.FINAL, "r3", "final"),
        (Gate.FINISH, "final", "finished"),
    ],
)
def test_a_sheet_counts_by_itself_until_its_gate(gate: Gate, open_at: str | None, closed_at: str) -> None:
    if open_at is not None:
        evening = at_the_end_of(open_at, sheets_until=gate)
        evening.mark(P, "r1-one", "1")
        assert (evening.mark_of(P, "r1-one"), evening.state.late) == (RIGHT, {})
    evening = at_the_end_of(closed_at, sheets_until=gate)
    mark = evening.mark(P, "r1-one", "1")
    assert (evening.mark_of(P, "r1-one"), [*evening.state.late]) == (PENDING, [mark.name])


@pytest.mark.parametrize("gate", [Gate.ROUND_END, Gate.NEXT_ROUND_END, Gate.FINAL])
def test_the_last_round_has_no_next_one_and_is_open_until_the_final_at_the_latest(gate: Gate) -> None:
    evening = at_the_end_of("r3", sheets_until=gate)
    evening.mark(P, "r3-one", "1")
    assert bool(evening.state.late) is (gate is Gate.ROUND_END)
    go_on(evening, "final")
    evening.mark(P, "r3-tf", "1")
    assert evening.state.late


def test_a_sheet_waits_for_no_gate_of_the_rounds_before() -> None:
    evening = at_the_end_of("r1", sheets_until=Gate.ROUND_END)
    evening.until(Phase.ROUND_CLOSED)
    evening.mark(P, "r2-one", "1")
    assert (evening.state.ended, evening.state.late) == ((R1,), {})


def test_the_end_of_a_round_closes_gates_of_it_and_of_the_one_before_and_of_no_other() -> None:
    state = at_the_end_of("r1").state
    for ended, own, next_one in (("r2", [0, 1, 0], [1, 0, 0]), ("r3", [0, 0, 1], [0, 1, 0])):
        alone = replace(state, ended=(RoundId(ended),))
        for gate, closed in ((Gate.ROUND_END, own), (Gate.NEXT_ROUND_END, next_one)):
            assert [is_closed(alone, gate, each.id) for each in state.pack.rounds] == closed


def test_a_correction_has_a_gate_of_its_own() -> None:
    evening = at_the_end_of("r1")
    mine = evening.mark(P, "r1-one", "1")
    go_on(evening, "r3")
    mine = evening.mark(P, "r1-one", "0", over=[mine.name])
    assert (evening.mark_of(P, "r1-one"), evening.state.late) == (WRONG, {})
    go_on(evening, "final")
    evening.mark(P, "r1-one", "1", over=[mine.name])
    assert (evening.mark_of(P, "r1-one"), len(evening.state.late)) == (WRONG, 1)


def test_what_is_late_itself_makes_nothing_after_it_a_correction() -> None:
    evening = at_the_end_of("r2")
    first = evening.mark(P, "r1-one", "1")
    evening.mark(P, "r1-one", "1", over=[first.name])
    blank = evening.operation(P, "r1-tf", "")
    evening.do(ask.EnterMarks(operations=(blank, evening.operation(P, "r1-tf", "1", over=[blank.name]))))
    assert len(evening.state.late) == 4


def test_going_back_from_the_final_opens_no_gate_again() -> None:
    evening = at_the_end_of("final")
    evening.do(ask.GoBack())
    evening.mark(P, "r3-one", "1")
    assert len(evening.state.late) == 1


@pytest.mark.parametrize("gate", Gate)
def test_after_the_battle_s_end_everything_is_late(gate: Gate) -> None:
    evening = at_the_end_of("finished", sheets_until=gate, corrections_until=gate)
    evening.mark(P, "r3-one", "1")
    assert evening.standing() == [(1, "P", 0)]
    assert len(evening.state.late) == 1


def test_lateness_is_decided_when_a_mark_is_entered_and_saying_it_again_changes_nothing() -> None:
    evening = at_the_end_of("r1")
    in_time = evening.mark(P, "r1-one", "1")
    go_on(evening, "finished")
    late = evening.operation(P, "r1-tf", "1")
    assert evening.do(ask.EnterMarks(operations=(in_time, late))) == (did.MarksEntered(operations=(late,), late=(late.name,)),)
    assert evening.do(ask.EnterMarks(operations=(late, in_time))) == ()
    assert (evening.mark_of(P, "r1-one"), evening.mark_of(P, "r1-tf")) == (RIGHT, PENDING)


def test_an_old_sheet_that_is_sent_again_after_a_correction_brings_nothing_back() -> None:
    evening = at_the_end_of("r1")
    sheet = [evening.mark(P, asked, "1") for asked in ("r1-one", "r1-tf")]
    evening.mark(P, "r1-one", "0", "Boris", over=[sheet[0].name])
    assert evening.do(ask.EnterMarks(operations=tuple(sheet))) == ()
    go_on(evening, "finished")
    assert evening.do(ask.EnterMarks(operations=tuple(reversed(sheet)))) == ()
    assert (evening.mark_of(P, "r1-one"), evening.state.late) == (WRONG, {})


def test_an_edit_of_one_s_own_sheet_after_the_close_changes_nothing_until_it_is_let_in() -> None:
    evening = at_the_end_of("r1", "PQ")
    mine, _ = evening.mark(P, "r1-one", "0"), evening.mark(Q, "r1-one", "1")
    go_on(evening, "final")
    before = standing(evening.state)
    edited = evening.mark(P, "r1-one", "1", over=[mine.name])
    assert standing(evening.state) == before
    evening.do(judge(evening, edited))
    assert evening.mark_of(P, "r1-one") == RIGHT


# --- the host's word ---


def test_what_is_let_in_counts_and_what_is_turned_away_does_not() -> None:
    evening = at_the_end_of("r2")
    one, two = evening.mark(P, "r1-one", "1"), evening.mark(P, "r1-tf", "1")
    evening.do(judge(evening, one), judge(evening, two, accepted=False, word="v2"))
    assert (evening.mark_of(P, "r1-one"), evening.mark_of(P, "r1-tf")) == (RIGHT, PENDING)
    assert late_sheets(evening.state) == {}


def test_a_late_mark_replaces_what_it_saw_only_while_it_is_let_in() -> None:
    evening = at_the_end_of("r1")
    first = evening.mark(P, "r1-one", "1")
    go_on(evening, "final")
    late = evening.mark(P, "r1-one", "0", over=[first.name])
    assert evening.mark_of(P, "r1-one") == RIGHT
    evening.do(judge(evening, late))
    assert evening.mark_of(P, "r1-one") == WRONG
    evening.do(judge(evening, late, accepted=False, word="v2", over=("v1",)))
    assert evening.mark_of(P, "r1-one") == RIGHT


def test_a_late_mark_that_the_settlement_did_not_see_opens_the_dispute_again() -> None:
    evening = at_the_end_of("r1")
    anna, boris = evening.mark(P, "r1-one", "1", "Anna"), evening.mark(P, "r1-one", "0", "Boris")
    evening.mark(P, "r1-one", "1", "host", over=[anna.name, boris.name])
    go_on(evening, "final")
    late = evening.mark(P, "r1-one", "0", "Vera", over=[anna.name])
    assert evening.mark_of(P, "r1-one") == RIGHT
    evening.do(judge(evening, late))
    assert evening.mark_of(P, "r1-one") == PENDING
    assert host_view(evening.state)["attention"]["disputes"]["count"] == 1


def test_two_hosts_who_did_not_see_each_other_and_disagree_leave_it_waiting() -> None:
    evening = at_the_end_of("r2")
    late = evening.mark(P, "r1-one", "1")
    evening.do(judge(evening, late), judge(evening, late, accepted=False, word="v2"))
    assert (evening.mark_of(P, "r1-one"), late_part(evening.state, 9)["count"]) == (PENDING, 1)
    evening.do(judge(evening, late, word="v3", over=("v1", "v2")))
    assert evening.mark_of(P, "r1-one") == RIGHT


def test_the_same_word_again_is_no_news() -> None:
    evening = at_the_end_of("r2")
    late = evening.mark(P, "r1-one", "1")
    assert len(evening.do(judge(evening, late))) == 1
    assert evening.do(judge(evening, late)) == ()
    assert evening.do(judge(evening, late, word="another press")) == ()
    assert evening.do(judge(evening, late, word="v1", accepted=False)) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "reason_needed"),
        ({"reason": "x" * 201}, "reason_too_long"),
        ({"operations": ()}, "too_many_operations"),
        ({"operations": tuple(f"x:{at}" for at in range(101))}, "too_many_operations"),
        ({"operations": tuple(f"x:{at}" for at in range(100))}, "not_late"),
    ],
)
def test_a_word_names_what_is_late_and_has_a_reason(changes: dict[str, object], code: str) -> None:
    evening = at_the_end_of("r2")
    late = evening.mark(P, "r1-one", "1")
    fields = {"verdict": "v1", "operations": (late.name,), "accepted": True, "reason": "why"} | changes
    assert evening.refused(ask.JudgeLate(**fields)) == code  # type: ignore[arg-type]


def test_a_word_is_written_down_in_order_each_name_once_and_not_over_itself() -> None:
    evening = at_the_end_of("r2")
    late = [evening.mark(P, "r1-one", "1") for _ in range(9)]
    over, names = [f"w{at}" for at in range(9)], sorted(each.name for each in late)
    word = judge(evening, *late, *reversed(late), over=("v1", *reversed(over), *over))
    (judged,) = evening.do(replace(word, reason=f" {'x' * 200} "))
    assert judged == did.LateJudged(by="host", verdict=Verdict("v1", tuple(names), True, "x" * 200, "host", tuple(over)))


def test_a_word_of_which_a_part_is_news_is_news() -> None:
    evening = at_the_end_of("r2")
    one, two = evening.mark(P, "r1-one", "1"), evening.mark(P, "r1-tf", "1")
    evening.do(judge(evening, one))
    assert len(evening.do(judge(evening, one, two, word="v2", over=("v1",)))) == 1
    assert evening.mark_of(P, "r1-tf") == RIGHT


def test_what_came_in_time_cannot_be_turned_away() -> None:
    evening = at_the_end_of("r1")
    mark = evening.mark(P, "r1-one", "1")
    assert evening.refused(judge(evening, mark, accepted=False)) == "not_late"
    late = go_on(evening, "final").mark(P, "r1-tf", "1")
    assert evening.refused(judge(evening, late, mark, accepted=False)) == "not_late"


def test_a_late_total_counts_for_its_round_once_it_is_let_in() -> None:
    evening = at_the_end_of("r2")
    late = evening.mark(P, "r1", "2")
    assert (evening.points(P), evening.place(P).pending) == (0, True)
    evening.do(judge(evening, late))
    assert (evening.points(P), evening.mark_of(P, "r1-one")) == (2, None)


def test_what_is_let_in_still_waits_with_its_venue() -> None:
    evening = Evening(a_round("r1", "one"), a_round("r2", "one"))
    evening.join_paper("P")
    evening.until(Phase.ROUND_CLOSED)
    evening.do(ask.GoOnUncollected())
    go_on(evening, "r2")
    late = evening.mark(P, "r1-one", "1")
    evening.do(judge(evening, late))
    assert evening.mark_of(P, "r1-one") == PENDING
    evening.do(ask.AcceptMarks(venue=HALL, scope="r1"))
    assert evening.mark_of(P, "r1-one") == RIGHT


# --- after the end ---


def test_a_sheet_after_the_end_changes_the_board_only_once_it_is_let_in_and_then_everybody_sees_that_it_is_amended() -> None:
    evening = at_the_end_of("finished", "PQ")
    board, version = digest(standing(evening.state)), evening.state.version
    late = evening.mark(Q, "r2-one", "1")
    assert digest(standing(evening.state)) == board
    assert not any("amended" in view for view in views(evening))
    evening.wait(60_000)
    evening.do(judge(evening, late))
    assert digest(standing(evening.state)) != board
    assert evening.state.version > version
    assert [view["amended"] for view in views(evening)] == [{"times": 1, "at": evening.now_ms}] * 3
    assert evening.standing() == [(1, "Q", 1), (2, "P", 0)]
    assert fold(evening.history) == evening.state


def test_whatever_mends_a_finished_battle_is_an_amendment_and_what_changes_nothing_is_none() -> None:
    evening = at_the_end_of("finished", "PQ")
    evening.do(ask.AdjustPoints(team=P, points=100, reason="a song"))
    evening.wait(1000)
    evening.do(ask.VoidQuestion(question=ONE, voided=True, reason="nobody has marks of it"))
    evening.do(judge(evening, evening.mark(Q, "r2-one", "0"), accepted=False))
    evening.do(ask.ChangeSource(team=Q, round=R1, question=ONE, source=Source.ONLINE, only_this_round=True, reason="x"))
    assert evening.state.amended_ms == (evening.now_ms - 1000,)
    before = at_the_end_of("final", "PQ")
    before.do(ask.AdjustPoints(team=P, points=100, reason="a song"))
    assert before.state.amended_ms == ()


def views(evening: Evening) -> list[dict[str, object]]:
    return [dict(view) for view in (host_view(evening.state), screen_view(evening.state), team_view(evening.state))]


# --- what the host sees before the press ---


def test_the_host_sees_which_sheets_wait_and_what_letting_one_in_would_change() -> None:
    evening = at_the_end_of("r1", "PQ")
    evening.mark(Q, "r1-one", "1")
    old = evening.mark(P, "r1-tf", "0")
    go_on(evening, "final")
    late = [evening.mark(P, "r1-one", "1"), evening.mark(P, "r1-tf", "1", "Boris", over=[old.name])]
    row = {"venue": HALL, "team": P, "name": "P", "round": "r1", "number": 1, "count": 2}
    assert host_view(evening.state)["attention"]["late"] == {"count": 1, "rows": [row]}
    told = judgement(evening.state, (HALL, P, R1), late)
    assert told == row | {
        "operations": [each.name for each in late], "over": [],
        "cells": [
            {"name": late[0].name, "who": "Anna", "called": "Anna", "number": 1, "value": "1", "at": evening.now_ms,
             "question": "r1-one", "before": []},
            {"name": late[1].name, "who": "Boris", "called": "Boris", "number": 2, "value": "1", "at": evening.now_ms,
             "question": "r1-tf", "before": ["0"]},
        ],
        "now": {"place": 2, "points": 0, "pending": True}, "then": {"place": 1, "points": 200, "pending": True}, "others": 1,
    }  # fmt: skip
    assert (evening.standing(), evening.state.verdicts) == ([(1, "Q", 1), (2, "P", 0)], {})


def test_where_two_hosts_disagreed_the_next_word_is_over_both() -> None:
    evening = at_the_end_of("r2")
    late = evening.mark(P, "r1-one", "1")
    evening.do(judge(evening, late), judge(evening, late, accepted=False, word="v2"))
    ((sheet, operations),) = late_sheets(evening.state).items()
    told = judgement(evening.state, sheet, operations)
    assert (told["over"], told["then"]["points"]) == (["v1", "v2"], 100)


def test_late_sheets_are_listed_by_venue_team_and_round() -> None:
    evening = Evening(a_round("r1", "one"), a_round("r2", "one"))
    club = evening.add_venue("club")
    for team, venue in (("В", club), ("Б", HALL), ("А", HALL)):
        evening.join_paper(team, venue)
    go_on(evening, "finished")
    for team, asked, venue in (("В", "r1-one", club), ("Б", "r2-one", HALL), ("Б", "r1-one", HALL), ("А", "r2-one", HALL)):
        evening.mark(TeamId(team), asked, "1", venue=venue)
    assert [*late_sheets(evening.state)] == [
        (HALL, "А", "r2"), (HALL, "Б", "r1"), (HALL, "Б", "r2"), (VenueId("club"), "В", "r1"),
    ]  # fmt: skip
    assert late_part(evening.state, 2)["count"] == 4
    assert len(late_part(evening.state, 2)["rows"]) == 2


def test_a_reason_of_the_scorekeeper_is_shown_with_the_mark() -> None:
    evening = at_the_end_of("r2")
    late = replace(evening.operation(P, "r1-one", "1"), why="  found under the table ")
    evening.do(ask.EnterMarks(operations=(late,)))
    ((sheet, operations),) = late_sheets(evening.state).items()
    assert judgement(evening.state, sheet, operations)["cells"][0]["why"] == "found under the table"


def test_letting_in_what_is_in_already_would_change_nothing() -> None:
    evening = at_the_end_of("r2")
    late = evening.mark(P, "r1-one", "1")
    evening.do(judge(evening, late))
    change = if_accepted(evening.state, [late.name], P)
    assert (change.before, change.others) == (change.after, 0)
    assert outcome(evening.state.verdicts, late.name) is Outcome.ACCEPTED


def test_what_would_be_refused_would_change_nothing() -> None:
    evening = at_the_end_of("r1")
    change = if_accepted(evening.state, ["nothing:1"], P)
    assert change.before == change.after

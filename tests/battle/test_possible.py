"""What may still become of a standing: everything that is not known, and nothing that is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle.champion import champion_is_certain
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.possible import possible_at_the_end
from quizserver.battle.questions import Round
from quizserver.battle.settings import Source, TieBreak, Ties
from quizserver.battle.standings import shown_standing, standing
from quizserver.battle.state import BattleState, Place, Range
from quizserver.battle.views.attention import to_judge
from tests.support.battles import Evening, a_round, each_round, question, right_answer, wrong_answer

A, B, P, Q = (TeamId(name) for name in "ABPQ")


def on_paper(*kinds: str, teams: str = "P", until: Phase = Phase.ROUND_END, rounds: Sequence[Round] = (), **more: Any) -> Evening:
    """Online A has all right; paper teams whose sheets are still to come. The round is revealed as far as `until` says."""
    evening = Evening(a_round("r1", *kinds), *rounds, **more)
    evening.join("A")
    for team in teams:
        evening.join_paper(team)
    evening.until(Phase.LAST_CALL)
    for _, asked in evening.state.plan.questions[: len(kinds)]:
        evening.answer(A, right_answer(asked.id), asked.id)
    evening.until(until)
    return evening


def possible(evening: Evening, team: TeamId) -> tuple[int, int, int, int]:
    """(best, worst, least, most) in whole points; of a certain team, its place and points."""
    row = evening.place(team)
    best, worst, least, most = row.possible or Range(row.place, row.place, row.points, row.points)
    return best, worst, least // 100, most // 100


# --- what is not known ---


def test_a_sheet_that_is_missing_may_hold_anything() -> None:
    evening = on_paper("one", "tf")
    assert possible(evening, P) == (1, 2, 0, 2)
    assert possible(evening, A) == (1, 1, 2, 2)


def test_a_mark_that_came_in_is_known() -> None:
    evening = on_paper("one", "tf")
    evening.mark(P, "r1-one", "1")
    assert possible(evening, P) == (1, 2, 1, 2)
    evening.mark(P, "r1-tf", "-")
    assert evening.place(P).possible is evening.place(A).possible is None


def test_what_the_judge_is_asked_and_what_is_disputed_are_not_known() -> None:
    evening = on_paper("one", "tf")
    evening.mark(P, "r1-one", "?")
    evening.mark(P, "r1-tf", "1", "Anna")
    evening.mark(P, "r1-tf", "0", "Boris")
    assert possible(evening, P) == (1, 2, 0, 2)


def test_marks_that_wait_for_the_host_are_not_known() -> None:
    evening = on_paper("one", until=Phase.ROUND_CLOSED)
    evening.seal()
    evening.do(ask.GoOnUncollected())
    evening.until(Phase.ROUND_END)
    evening.mark(P, "r1-one", "0")
    assert possible(evening, P) == (1, 2, 0, 1)
    evening.do(ask.AcceptMarks(venue=next(iter(evening.state.venues)), scope="r1"))
    assert possible(evening, P) == (2, 2, 0, 0)


def test_a_penalty_may_come_too() -> None:
    asked = question("r1", "one", points=250, penalty=50)
    evening = Evening(replace(a_round("r1"), questions=(asked,)))
    evening.join_paper("P")
    evening.until(Phase.ROUND_END)
    assert evening.place(P).possible == Range(1, 1, -50, 250)


def test_a_bonus_is_known() -> None:
    evening = on_paper("one")
    evening.do(ask.AdjustPoints(team=P, points=300, reason="a song"))
    assert possible(evening, P) == (1, 1, 3, 4)
    assert possible(evening, A) == (2, 2, 1, 1)


def test_a_question_that_was_taken_out_may_only_come_within_a_total() -> None:
    evening = on_paper("one", "tf")
    evening.do(ask.VoidQuestion(question=QuestionId("r1-one"), voided=True, reason="a typo"))
    assert possible(evening, P) == (1, 2, 0, 2)
    evening.mark(P, "r1-one", "1")
    assert possible(evening, P) == (1, 2, 0, 1)
    evening.mark(P, "r1-tf", "1")
    assert evening.place(P).possible is None


def test_a_total_is_known_and_one_that_may_come_counts_for_the_whole_round() -> None:
    evening = on_paper("one", "tf", "text", teams="PQ", until=Phase.REVEALED)
    assert possible(evening, P) == (1, 3, 0, 3)
    evening.mark(P, "r1-tf", "0")
    assert possible(evening, P) == (1, 3, 0, 1), "a sheet with a mark has no total"
    evening.mark(Q, "r1", "2")
    assert possible(evening, Q) == (1, 1, 2, 2)
    evening.do(ask.VoidQuestion(question=QuestionId("r1-one"), voided=True, reason="a typo"))
    assert possible(evening, Q) == (1, 1, 2, 2)


def test_a_sheet_of_which_a_part_was_played_online_has_no_total() -> None:
    evening = on_paper("one", "tf", until=Phase.REVEALED)
    here, asked = evening.state.pack.rounds[0].id, QuestionId("r1-tf")
    evening.do(ask.ChangeSource(team=P, round=here, question=asked, source=Source.ONLINE, only_this_round=True, reason="a phone"))
    assert possible(evening, P) == (1, 2, 0, 1)


def test_a_team_on_paper_that_came_late_may_have_played_all_the_same() -> None:
    evening = on_paper("one")
    evening.mark(P, "r1-one", "0")
    evening.join_paper("Q")
    evening.join("B")
    assert (possible(evening, Q), possible(evening, B)) == ((1, 2, 0, 1), (2, 3, 0, 0))


# --- texts ---


def with_texts(*said: str) -> Evening:
    """Online teams A, B and so on that said these texts, which are revealed."""
    evening = Evening(each_round("r1", "text", "tf"))
    teams = [evening.join(name) for name in "ABCD"[: len(said)]]
    evening.until(Phase.OPEN)
    for team, words in zip(teams, said, strict=True):
        evening.answer(team, words)
    evening.until(Phase.REVEALED)
    return evening


def test_a_text_waits_for_the_host_s_ruling() -> None:
    evening = with_texts("Ту-104", "Ил-18", "Як-40")
    assert [possible(evening, TeamId(team)) for team in "ABC"] == [(1, 1, 1, 1), (1, 3, 0, 1), (1, 3, 0, 1)]
    evening.do(ask.RuleAnswer(question=QuestionId("r1-text"), said="ил 18", accepted=False))
    assert [possible(evening, TeamId(team)) for team in "ABC"] == [(1, 1, 1, 1), (2, 3, 0, 0), (1, 2, 0, 1)]
    evening.do(ask.RuleAnswer(question=QuestionId("r1-text"), said="як 40", accepted=True))
    assert [row.possible for row in standing(evening.state)] == [None, None, None]


def test_what_is_not_ruled_upon_when_the_round_ends_is_wrong() -> None:
    evening = with_texts("Ту-104", "Ил-18")
    evening.until(Phase.ROUND_END)
    assert [row.possible for row in standing(evening.state)] == [None, None]


def texts_and_paper(*paper: TeamId) -> Evening:
    """A said on its phone, and teams on paper may have written, what only the host can judge; their round has ended."""
    evening = Evening(a_round("r1", "text"), a_round("r2", "tf"))
    evening.join("A")
    for team in paper:
        evening.join_paper(team)
    evening.until(Phase.LAST_CALL)
    evening.answer(A, "Ил-18", QuestionId("r1-text"))
    evening.until(Phase.ROUND_END)
    return evening


def test_where_sheets_are_typed_one_that_is_still_to_come_may_say_what_a_phone_said() -> None:
    evening = texts_and_paper(P, Q)
    assert possible(evening, A)[2:] == (0, 0), "what the host has let stand is wrong, where desks only judge"
    evening.mark(P, "r1-text", "=Ту-104")
    assert possible(evening, A)[2:] == (0, 1)
    evening.mark(Q, "r1-text", "0")
    assert [row.possible for row in standing(evening.state)] == [None] * 3


def test_a_text_from_paper_waits_for_the_host_with_all_who_said_it_until_the_battle_is_over() -> None:
    evening = texts_and_paper(P)
    evening.mark(P, "r1-text", "=ил 18")
    evening.mark(P, "r2-tf", "-")
    assert [possible(evening, team)[2:] for team in (A, P)] == [(0, 1)] * 2
    ruled = copied(evening)
    ruled.do(ask.RuleAnswer(question=QuestionId("r1-text"), said="ил 18", accepted=True))
    evening.until(Phase.FINAL)
    assert [possible(evening, team)[2:] for team in (A, P)] == [(0, 1)] * 2
    assert [row.possible for row in standing(ruled.state)] == [None, None]
    evening.until(Phase.FINISHED)
    assert [row.possible for row in standing(evening.state)] == [None, None]


# --- numbers ---


def with_number(said: str) -> Evening:
    """A said this; B is further away; P's number is not read yet."""
    evening = Evening(a_round("r1", "number"))
    evening.join("A")
    evening.join("B")
    evening.join_paper("P")
    evening.until(Phase.LAST_CALL)
    evening.answer(A, said, QuestionId("r1-number"))
    evening.answer(B, "7", QuestionId("r1-number"))
    evening.until(Phase.ROUND_END)
    return evening


def test_the_nearest_number_may_be_beaten_by_one_that_is_missing_and_the_others_may_not_win() -> None:
    evening = with_number("21000")
    assert [possible(evening, team) for team in (A, B, P)] == [(1, 2, 0, 1), (1, 3, 0, 0), (1, 2, 0, 1)]
    evening.mark(P, "r1-number", "21001")
    assert [row.possible for row in standing(evening.state)] == [None] * 3


def test_a_number_that_is_met_or_ruled_right_is_beaten_by_none() -> None:
    assert possible(with_number("21242"), A) == (1, 1, 1, 1)
    evening = with_number("21000")
    evening.do(ask.RuleAnswer(question=QuestionId("r1-number"), said="21000", accepted=True))
    assert possible(evening, A) == (1, 1, 1, 1)


# --- ties ---


def test_a_tie_may_be_broken_either_way_while_anything_is_unknown() -> None:
    """P's sheet says how hard the questions were; nothing else of it matters to A and B."""
    evening = Evening(a_round("r1", "one", "tf"), a_round("r2", "one"), tie_breaks=(TieBreak.DIFFICULTY,))
    evening.join("A")
    evening.join("B")
    paper = [evening.join_paper(name) for name in "PQ"]
    evening.until(Phase.LAST_CALL)
    evening.answer(A, right_answer("r1-one"), QuestionId("r1-one"))
    evening.answer(B, right_answer("r1-tf"), QuestionId("r1-tf"))
    evening.until(Phase.ROUND_END)
    evening.mark(Q, "r1-one", "1")
    evening.mark(Q, "r1-tf", "0")
    evening.do(ask.AdjustPoints(team=paper[0], points=-1000, reason="shouting"))
    assert [possible(evening, team)[:2] for team in (A, B, Q)] == [(1, 3)] * 3
    evening.mark(P, "r1-one", "0")
    evening.mark(P, "r1-tf", "0")
    assert {row.team: (row.place, row.possible) for row in standing(evening.state)} == {
        B: (1, None), A: (2, None), Q: (2, None), P: (4, None),
    }  # fmt: skip


@pytest.mark.parametrize(("ties", "last"), [(Ties.SKIP, (4, 4)), (Ties.DENSE, (2, 3))])
def test_places_after_a_tie_are_as_the_battle_is_set(ties: Ties, last: tuple[int, int]) -> None:
    evening = on_paper("one", teams="PQR", ties=ties)
    for team in "AQR":
        evening.do(ask.AdjustPoints(team=TeamId(team), points=500, reason="a song"))
    for team in "QR":
        evening.mark(TeamId(team), "r1-one", "1")
    evening.join("B")
    evening.do(ask.AdjustPoints(team=TeamId("P"), points=500, reason="a song"))
    assert possible(evening, B)[:2] == ((5, 5) if ties is Ties.SKIP else last)


# --- the end, and the champion ---


def test_questions_to_come_bring_their_least_and_their_most() -> None:
    evening = on_paper("one", "tf", rounds=[a_round("r2", "one")], until=Phase.REVEALED)
    at_the_end = possible_at_the_end(evening.state)
    assert at_the_end[A] == Range(1, 2, 100, 300)
    assert at_the_end[P] == Range(1, 2, 0, 300)


def test_a_total_that_is_here_holds_what_is_not_revealed_yet() -> None:
    evening = on_paper("one", "tf", until=Phase.REVEALED)
    evening.mark(P, "r1", "1")
    assert possible_at_the_end(evening.state)[P] == Range(1, 2, 100, 100)
    assert possible_at_the_end(evening.state)[A] == Range(1, 1, 100, 200)


def test_a_total_to_come_may_hold_a_question_that_was_taken_out() -> None:
    evening = on_paper("one", rounds=[a_round("r2", "one", "tf")])
    evening.mark(P, "r1-one", "1")
    evening.do(ask.VoidQuestion(question=QuestionId("r2-one"), voided=True, reason="a typo"))
    assert (possible_at_the_end(evening.state)[P].most, possible_at_the_end(evening.state)[A].most) == (300, 200)


def test_before_the_first_solution_nobody_is_champion() -> None:
    evening = on_paper("one", until=Phase.ROUND_CLOSED)
    evening.do(ask.AdjustPoints(team=A, points=9000, reason="a song"))
    assert not champion_is_certain(evening.state)
    assert not champion_is_certain(Evening().state)


def test_a_champion_is_certain_once_nobody_can_pass() -> None:
    evening = on_paper("one", rounds=[a_round("r2", "one")])
    assert not champion_is_certain(evening.state)
    evening.do(ask.AdjustPoints(team=A, points=200, reason="a song"))
    assert champion_is_certain(evening.state), "P may get two points, and A has three"


def test_who_shares_the_first_place_only_if_nothing_comes_is_no_champion() -> None:
    evening = on_paper("one")
    evening.do(ask.AdjustPoints(team=P, points=100, reason="a song"))
    assert [row.place for row in standing(evening.state)] == [1, 1]
    assert not champion_is_certain(evening.state)


def test_rounds_that_nobody_plays_any_more_keep_no_champion_waiting() -> None:
    evening = on_paper("one", rounds=[a_round("r2", "one", "tf")])
    evening.mark(P, "r1-one", "0")
    assert not champion_is_certain(evening.state)
    evening.do(ask.ShowPodium())
    assert champion_is_certain(evening.state)
    assert possible_at_the_end(evening.state) == {}


def test_a_frozen_standing_keeps_what_was_possible() -> None:
    evening = on_paper("one")
    evening.do(ask.FreezeStanding(frozen=True))
    evening.mark(P, "r1-one", "0")
    assert {row.team: row.possible for row in shown_standing(evening.state)}[P] == Range(1, 2, 0, 100)
    assert evening.place(P).possible is None


# --- laws ---

MARKS = ("1", "0", "-")
CELLS = st.lists(st.sampled_from([*MARKS, "?", "", ""]), min_size=2, max_size=2)
SHEETS = st.lists(CELLS | st.sampled_from(["0", "1", "2"]), min_size=1, max_size=2)
"""Cells of two questions, or a total."""


def with_sheets(sheets: Sequence[list[str] | str], revealed: int, voided: bool, bonus: int, **more: Any) -> Evening:
    """A round of two questions, the first worth 2 and costing 1, with so many of them revealed; A online had the second right."""
    dear = question("r1", "one", points=200, penalty=100)
    evening = Evening(replace(a_round("r1", "one", "tf"), questions=(dear, question("r1", "tf"))), **more)
    evening.join("A")
    for at in range(len(sheets)):
        evening.join_paper(f"P{at}")
    evening.until(Phase.LAST_CALL)
    evening.answer(A, right_answer("r1-tf"), QuestionId("r1-tf"))
    evening.until(Phase.REVEALED, "r1-one" if revealed == 1 else "r1-tf")
    if voided:
        evening.do(ask.VoidQuestion(question=QuestionId("r1-tf"), voided=True, reason="a typo"))
    if bonus:
        evening.do(ask.AdjustPoints(team=A, points=bonus, reason="a song"))
    for at, sheet in enumerate(sheets):
        fill(evening, TeamId(f"P{at}"), sheet)
    return evening


def fill(evening: Evening, team: TeamId, sheet: Sequence[str] | str) -> None:
    """The marks of a sheet, or its total, in place of what stands in its cells."""
    for asked, value in {"r1": sheet}.items() if isinstance(sheet, str) else zip(("r1-one", "r1-tf"), sheet, strict=True):
        playing = evening.state.pack.rounds[0].id
        if value:
            known = evening.state.cells.get((team, playing, QuestionId(asked)), {})
            evening.mark(team, asked, value, "judge", over=known)


def completions(sheet: list[str] | str) -> list[list[str] | str]:
    """All that a sheet may become: whatever is open is marked, and where nothing is marked there may be a total instead."""
    if isinstance(sheet, str):
        return [sheet]
    marked: list[list[str] | str] = [list(each) for each in product(*([value] if value in MARKS else MARKS for value in sheet))]
    return marked if any(sheet) else [*marked, "-1", "3"]


def places(state: BattleState) -> Mapping[TeamId, Place]:
    return {row.team: row for row in standing(state)}


def all_ends(sheets: Sequence[list[str] | str], make: Any) -> list[Mapping[TeamId, Place]]:
    ends = []
    for whole in product(*map(completions, sheets)):
        evening = make()
        for at, sheet in enumerate(whole):
            fill(evening, TeamId(f"P{at}"), sheet)
        ends.append(places(evening.state))
    return ends


ANY_SHEETS = {
    "sheets": SHEETS,
    "revealed": st.integers(1, 2),
    "voided": st.booleans(),
    "bonus": st.sampled_from([0, 100, -150]),
}


@settings(max_examples=25)
@given(**ANY_SHEETS)
def test_every_end_of_a_range_is_some_completion_s_and_no_completion_leads_out(
    sheets: list[list[str] | str], revealed: int, voided: bool, bonus: int
) -> None:
    base = with_sheets(sheets, revealed, voided, bonus)
    ends = all_ends(sheets, lambda: copied(base))
    for team, row in places(base.state).items():
        best, worst, least, most = row.possible or Range(row.place, row.place, row.points, row.points)
        assert best <= row.place <= worst and least <= row.points <= most
        assert (best, worst) == (min(end[team].place for end in ends), max(end[team].place for end in ends))
        assert (least, most) == (min(end[team].points for end in ends), max(end[team].points for end in ends))


@settings(max_examples=25)
@given(**ANY_SHEETS, ties=st.sampled_from(Ties), breaks=st.sampled_from([(), (TieBreak.DIFFICULTY,), (TieBreak.SPEED,)]))
def test_no_completion_leads_out_of_a_range_however_ties_are_set(
    sheets: list[list[str] | str], revealed: int, voided: bool, bonus: int, ties: Ties, breaks: tuple[TieBreak, ...]
) -> None:
    base = with_sheets(sheets, revealed, voided, bonus, ties=ties, tie_breaks=breaks)
    for end in all_ends(sheets, lambda: copied(base)):
        for team, row in places(base.state).items():
            best, worst, least, most = row.possible or Range(row.place, row.place, row.points, row.points)
            assert best <= row.place <= worst
            assert best <= end[team].place <= worst and least <= end[team].points <= most


def copied(evening: Evening) -> Evening:
    """The same moment, to go on from in another way."""
    twin = object.__new__(Evening)
    twin.__dict__ |= evening.__dict__ | {"history": list(evening.history), "boxes": dict(evening.boxes)}
    return twin


ROUNDS = (a_round("r1", "one", "number"), a_round("r2", "text", "tf"))
TYPED = ("=Ту-104", "=ил 18")
ANSWERS = st.lists(st.sampled_from(["right", "wrong", ""]), min_size=4, max_size=4)


@settings(max_examples=25)
@given(data=st.data(), ties=st.sampled_from(Ties), breaks=st.sampled_from([(), (TieBreak.DIFFICULTY, TieBreak.SPEED)]))
def test_the_evening_ends_within_what_was_possible_at_any_moment_and_no_moment_widens_it(
    data: st.DataObject, ties: Ties, breaks: tuple[TieBreak, ...]
) -> None:
    evening = Evening(*ROUNDS, ties=ties, tie_breaks=breaks)
    online, paper = [evening.join(name) for name in "AB"], [evening.join_paper(name) for name in "PQ"]
    said = {team: data.draw(ANSWERS) for team in online}
    types = data.draw(st.booleans())  # a desk, and then from the first sheet of a round on
    seen: list[Mapping[TeamId, Range]] = []
    for number, playing in enumerate(ROUNDS):
        evening.until(Phase.LAST_CALL)
        for team, at in product(online, (0, 1)):
            if how := said[team][2 * number + at]:
                asked = playing.questions[at].id
                evening.answer(team, right_answer(asked) if how == "right" else wrong_answer(asked), asked)
        for phase in [*[Phase.REVEALED] * 2, Phase.ROUND_END]:
            evening.press()
            evening.until(phase)
            if types and playing is ROUNDS[1]:
                _mark(evening, paper[0], playing, QuestionId("r2-text"), data.draw(st.sampled_from(TYPED)))
            _something_comes_in(evening, data, paper, playing)
            seen.append(spread(evening.state))
    for team, playing in product(paper, ROUNDS):
        _complete(evening, data, team, playing)
        _perhaps_rule(evening, data)
    if late := tuple(evening.state.late):
        evening.do(ask.JudgeLate(verdict="let in", operations=late, accepted=True, reason="the courier"))
    evening.until(Phase.FINISHED)
    seen.append(spread(evening.state))
    for before, after in pairwise(seen):
        for team, own in before.items():
            assert own.best <= after[team].best <= after[team].worst <= own.worst
            assert own.least <= after[team].least <= after[team].most <= own.most
    assert all(row.possible is None and row.place == seen[-1][row.team].best for row in standing(evening.state))


def spread(state: BattleState) -> Mapping[TeamId, Range]:
    """What is possible at the end, of every team."""
    certain = {row.team: Range(row.place, row.place, row.points, row.points) for row in standing(state)}
    return possible_at_the_end(state) or certain


def _something_comes_in(evening: Evening, data: st.DataObject, paper: Sequence[TeamId], playing: Round) -> None:
    """A few cells of a few sheets, or a ruling."""
    for team, asked in product(paper, playing.questions):
        if data.draw(st.booleans()):
            _mark_once(evening, data, team, playing, asked.id)
    _perhaps_rule(evening, data)


def _perhaps_rule(evening: Evening, data: st.DataObject) -> None:
    """On what waits for the host: while its round is played, and later where it was typed from paper."""
    rows = [row for row in to_judge(evening.state) if "accepted" not in row]
    for row in rows:
        if ("paper" in row or evening.state.phase is Phase.REVEALED) and data.draw(st.booleans()):
            evening.do(ask.RuleAnswer(question=row["question"], said=row["said"], accepted=data.draw(st.booleans())))


def _mark_once(evening: Evening, data: st.DataObject, team: TeamId, playing: Round, asked: QuestionId) -> None:
    typed = any(each.value in TYPED for known in evening.state.cells.values() for each in known.values())
    values = {"number": ("21242", "21200", "7", "-"), "text": (*MARKS, *TYPED) if typed else MARKS}.get(asked[3:], MARKS)
    _mark(evening, team, playing, asked, data.draw(st.sampled_from(values)))


def _mark(evening: Evening, team: TeamId, playing: Round, asked: QuestionId, value: str) -> None:
    if (team, playing.id, asked) not in evening.state.cells:
        evening.mark(team, asked, value)


def _complete(evening: Evening, data: st.DataObject, team: TeamId, playing: Round) -> None:
    """All that is missing; where nothing is there, perhaps a total."""
    blank = not any((team, playing.id, asked.id) in evening.state.cells for asked in playing.questions)
    if blank and data.draw(st.booleans()):
        evening.mark(team, playing.id, data.draw(st.sampled_from(["0", "1", "2"])))
        return
    for asked in playing.questions:
        _mark_once(evening, data, team, playing, asked.id)

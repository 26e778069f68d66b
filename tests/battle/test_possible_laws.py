"""Whatever comes, it is within what was possible, and each end of what was possible may come."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.possible import possible_at_the_end
from quizserver.battle.questions import Round
from quizserver.battle.settings import TieBreak, Ties
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState, Place, Range
from quizserver.battle.views.attention import to_judge
from tests.support.battles import Evening, a_round, question, right_answer, wrong_answer
from tests.support.sheets_to_come import A, copied

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

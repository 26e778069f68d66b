"""A kind of question that nobody has thought of is one class and its registration, and everything else plays it."""

from collections.abc import Iterator, Mapping

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import OptionId, QuestionId, TeamId
from quizserver.battle.kinds import Kind, Problem, kind, kind_of, register
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Option, Pack, Plain, Question, Reveal, Round, Solution
from quizserver.battle.standings import standing
from quizserver.battle.state import Range
from quizserver.battle.views import desk_view, host_view, mine_view, screen_view, team_view
from tests.support.battles import HALL, RIGHT, WRONG, Evening, a_round


class Ordering(Kind):
    """Options to be put in order; an answer is all option ids. Key: {"order": [option id, ...]}."""

    name = "ordering"
    shuffles_options = True

    def problems(self, question: Question, solution: Solution) -> Iterator[Problem]:
        if set(self._order(solution)) != {option.id for option in question.options}:
            yield Problem("order", "does not name each option once")

    def read(self, question: Question, raw: object) -> Plain:
        if not isinstance(raw, list | tuple) or sorted(raw) != sorted(option.id for option in question.options):
            raise ValueError("wrong_type")
        return tuple(raw)

    def right(self, question: Question, solution: Solution, values: Mapping[TeamId, Plain]) -> set[TeamId]:
        return {team for team, value in values.items() if value == self._order(solution)}

    def solution_view(self, question: Question, solution: Solution) -> Mapping[str, Plain]:
        return {"order": self._order(solution)}

    def said(self, question: Question, value: Plain) -> str:
        return " > ".join(map(str, value)) if isinstance(value, tuple) else ""

    def _order(self, solution: Solution) -> tuple[str, ...]:
        order = solution.key["order"]
        return tuple(str(each) for each in order) if isinstance(order, tuple | list) else ()


OPTIONS = tuple(Option(OptionId(name), {"en": name}) for name in ("tu4", "ant1", "ant25"))
PLANES = Question(QuestionId("planes"), "ordering", {"en": "Oldest first"}, 30, OPTIONS)
SOLUTION = Solution(PLANES.id, {"order": ("ant1", "ant25", "tu4")})


@pytest.fixture(autouse=True)
def ordering(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kind, "_register", dict(kind.kinds()))
    register(Ordering())


@pytest.mark.parametrize("reveal", Reveal)
def test_it_is_answered_marked_revealed_and_counted_in_an_evening_like_any_other(reveal: Reveal) -> None:
    playing = Round(a_round().id, {"en": "Planes"}, (PLANES,), reveal=reveal)
    evening = Evening(pack=Pack("planes", {}, ("en",), (playing,), {PLANES.id: SOLUTION}))
    right, wrong = evening.join("right"), evening.join("wrong")
    evening.until(Phase.OPEN)
    for team, raw in ((right, ["ant1", "ant25", "tu4"]), (wrong, ["tu4", "ant25", "ant1"])):
        evening.answer(team, kind_of(PLANES).read(PLANES, raw))
    before = (team_view(evening.state), screen_view(evening.state), desk_view(evening.state, HALL))
    assert "solution" not in str(before)
    evening.until(Phase.REVEALED)
    assert [evening.mark_of(team, "planes") for team in (right, wrong)] == [RIGHT, WRONG]
    shown = team_view(evening.state)["solutions"]["planes"]
    assert shown["is"] == {"order": ["ant1", "ant25", "tu4"]}
    assert [(row["said"], row["right"]) for row in shown["fell"]["rows"]] == [
        ("ant1 > ant25 > tu4", True), ("tu4 > ant25 > ant1", False),
    ]  # fmt: skip
    assert screen_view(evening.state)["solution"]["is"] == shown["is"]
    assert host_view(evening.state)["question"]["solution"]["is"] == shown["is"]
    assert mine_view(evening.state, wrong, {}, None, None)["marks"]["planes"]["said"] == ["tu4", "ant25", "ant1"]
    evening.do(ask.RuleAnswer(question=PLANES.id, said="tu4 > ant25 > ant1", accepted=True))
    evening.until(Phase.FINISHED)
    assert evening.standing() == [(1, "right", 1), (1, "wrong", 1)]


def test_on_paper_it_is_right_or_wrong() -> None:
    playing = Round(a_round().id, {"en": "Planes"}, (PLANES,))
    evening = Evening(pack=Pack("planes", {}, ("en",), (playing,), {PLANES.id: SOLUTION}))
    paper = evening.join_paper("P")
    evening.until(Phase.REVEALED)
    evening.mark(paper, "planes", "1")
    assert evening.mark_of(paper, "planes") == RIGHT


def test_its_writer_is_told_of_its_problems() -> None:
    found = kind_of(PLANES).problems(PLANES, Solution(PLANES.id, {"order": ("ant1",)}))
    assert [problem.field for problem in found] == ["order"]
    assert list(kind_of(PLANES).problems(PLANES, SOLUTION)) == []


def test_what_a_kind_leaves_unsaid_is_no_and_its_answers_go_by_their_words() -> None:
    ordering = Ordering()
    unsaid = [ordering.is_judged, ordering.takes_text, ordering.may_be_beaten(PLANES, SOLUTION, ("ant1",))]
    assert [*unsaid, ordering.paper_takes_value(PLANES, SOLUTION)] == [False] * 4
    assert Kind.said(ordering, PLANES, 7) == "7"


class Copied(Ordering):
    """The same with its order copied from the sheet, so that the desk's venue need not know it."""

    def paper_takes_value(self, question: Question, solution: Solution) -> bool:
        return True


def test_where_others_do_not_decide_a_sheet_that_is_missing_takes_nobody_s_points() -> None:
    register(Copied())
    playing = Round(a_round().id, {"en": "Planes"}, (PLANES,))
    evening = Evening(pack=Pack("planes", {}, ("en",), (playing,), {PLANES.id: SOLUTION}))
    online = evening.join("A")
    evening.join_paper("P")
    evening.until(Phase.LAST_CALL)
    evening.answer(online, ("ant1", "ant25", "tu4"), PLANES.id)
    evening.until(Phase.ROUND_END)
    assert [(row.team, row.possible) for row in standing(evening.state)] == [("A", None), ("P", Range(1, 2, 0, 100))]

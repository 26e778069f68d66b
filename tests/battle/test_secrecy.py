"""Nobody can read a solution before its reveal, nor tell it from anything else, nor a desk before its venue has collected."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Pack, Round
from quizserver.battle.state import BattleState
from quizserver.battle.views import desk_view, host_view, screen_view, team_view
from tests.support.battles import HALL, Evening, a_pack, a_round, each_round, slips_round, wrong_answer
from tests.support.canaries import desk_views, leaks, planted, told

ROUNDS = {"round end": (a_round("r1"), a_round("r2", "text")), "each": (each_round("r1"),), "slips": (slips_round("r1"),)}
SHAPES = pytest.mark.parametrize("rounds", ROUNDS.values(), ids=ROUNDS)
CLUB = VenueId("club")


def evening_of(pack: Pack, paper: bool = True) -> Evening:
    """Two teams online, and one on paper at each of two venues."""
    evening = Evening(pack=pack)
    for name in ("A", "B"):
        evening.join(name)
    evening.add_venue("club")
    if paper:
        evening.join_paper("P")
        evening.join_paper("Q", CLUB)
    return evening


def every_step(evening: Evening, look: Callable[[BattleState], None]) -> None:
    """A whole evening with wrong answers, a pause, a venue that is gone over, a ruling and a way back."""
    for _ in range(400):
        look(evening.state)
        if evening.state.phase is Phase.FINISHED:
            return
        if evening.state.phase is Phase.OPEN:
            for team in ("A", "B"):
                evening.answer(evening.state.teams[team].id, wrong_answer(evening.shown))  # type: ignore[index]
            evening.do(ask.Pause())
            look(evening.state)
            evening.do(ask.Resume())
        if evening.state.phase is Phase.ROUND_CLOSED:
            evening.do(ask.ConfirmCollected(venue=HALL, scope=next(iter(evening.state.plan.scopes))))
            look(evening.state)
            evening.attempt(ask.GoOnUncollected())
        evening.press()
    raise AssertionError("the evening has no end")


@SHAPES
@pytest.mark.parametrize("paper", [True, False])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=5, deadline=None)
def test_no_part_of_a_solution_is_told_before_its_reveal(rounds: tuple[Round, ...], paper: bool, seed: int) -> None:
    secret = planted(*rounds, seed=seed)
    evening = evening_of(secret.pack, paper and rounds is not ROUNDS["each"])

    def look(state: BattleState) -> None:
        assert leaks(secret.owner, state) == set()

    every_step(evening, look)
    assert evening.state.revealed == set(secret.owner.values())


@SHAPES
def test_the_search_would_find_a_solution_if_there_were_one(rounds: tuple[Round, ...]) -> None:
    """What is revealed is found, so what is not found is not there."""
    secret = planted(*rounds)
    evening = evening_of(secret.pack, rounds is not ROUNDS["each"])
    asked = rounds[0].questions[0].id
    assert told(secret.owner, host_view(evening.state)) == {asked}
    evening.until(Phase.REVEALED)
    assert asked in told(secret.owner, team_view(evening.state))
    assert asked in told(secret.owner, screen_view(evening.state))


def test_a_desk_reads_its_key_when_its_own_venue_has_collected_and_no_other_desk_does() -> None:
    secret = planted(a_round("r1"))
    evening = evening_of(secret.pack)
    evening.until(Phase.ROUND_CLOSED)
    evening.do(ask.ConfirmCollected(venue=HALL, scope="r1"))
    keys = {venue: told(secret.owner, list(desk_views(evening.state, venue))) for venue in (HALL, CLUB)}
    assert keys == {HALL: set(secret.owner.values()), CLUB: set()}


def test_notes_are_for_the_host_alone_for_ever() -> None:
    secret = planted(a_round("r1"))
    notes = {str(solution.notes["en"]) for solution in secret.pack.solutions.values()}
    evening = evening_of(secret.pack)

    def look(state: BattleState) -> None:
        views: list[Any] = [team_view(state), screen_view(state), desk_view(state, HALL), desk_view(state, CLUB)]
        assert not any(note in str(views) for note in notes)

    every_step(evening, look)


def with_other_right_options(pack: Pack) -> Pack:
    """The same pack, in which other options, texts and numbers are right."""
    other: dict[str, dict[str, Any]] = {
        "one": {"right": ("r1-one-a",)}, "several": {"right": ("r1-several-b", "r1-several-d")}, "tf": {"right": ("r1-tf-b",)},
        "text": {"accept": {"ru": ("АНТ-25",)}, "reject": ()}, "number": {"value": "7", "mode": "nearest"},
    }  # fmt: skip
    kinds = {each.id: each.kind for playing in pack.rounds for each in playing.questions}
    return replace(pack, solutions={asked: replace(each, key=other[kinds[asked]]) for asked, each in pack.solutions.items()})


@SHAPES
def test_two_battles_that_differ_only_in_what_is_right_look_the_same_to_the_byte_until_the_reveal(
    rounds: tuple[Round, ...],
) -> None:
    pack = a_pack(*rounds[:1])
    paper = rounds is not ROUNDS["each"]
    one, other = evening_of(pack, paper), evening_of(with_other_right_options(pack), paper)
    before_reveal = 0
    while one.state.phase is not Phase.FINISHED:
        shown = one.state.current_question
        if shown is None or shown.id not in one.state.revealed:
            before_reveal += 1
            assert [repr(view) for view in public(one.state)] == [repr(view) for view in public(other.state)]
        for evening in (one, other):
            if evening.state.phase is Phase.OPEN:
                evening.answer(evening.state.teams["A"].id, wrong_answer(evening.shown))  # type: ignore[index]
            evening.press()
    assert before_reveal > 4
    assert one.standing() != other.standing()


def public(state: BattleState) -> list[Any]:
    desks = [desk_view(state, venue) for venue in state.venues] if not state.collected else []
    return [team_view(state), screen_view(state), *desks]


@pytest.mark.parametrize("playing", [a_round("r1"), each_round("r1")], ids=["round end", "each"])
def test_a_pause_hides_the_question_from_teams_and_screens(playing: Round) -> None:
    evening = Evening(playing)
    evening.until(Phase.OPEN)
    evening.do(ask.Pause())
    for view in (team_view(evening.state), screen_view(evening.state)):
        assert view["paused"] is True
        assert not {"question", "questions", "clock", "solutions", "solution"} & set(view)
        assert "Question r1-one" not in str(view)
    evening.do(ask.Resume())
    assert team_view(evening.state)["questions"]["r1-one"] == screen_view(evening.state)["question"]


def test_a_wrong_text_is_on_no_screen_until_the_host_ticks_it() -> None:
    evening = Evening(each_round("r1", "text"))
    team = evening.join("A")
    evening.until(Phase.OPEN)
    evening.answer(team, "Неприличное")
    evening.until(Phase.REVEALED)
    assert "Неприличное" not in str([team_view(evening.state), screen_view(evening.state)])
    evening.do(ask.TickAnswer(question=QuestionId("r1-text"), said="неприличное", shown=True))
    assert screen_view(evening.state)["solution"]["fell"]["rows"] == [
        {"said": "неприличное", "value": "Неприличное", "count": 1, "right": False},
    ]

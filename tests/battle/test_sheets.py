"""A cell is a function of the set of operations on it: order, repeats and who came first change nothing."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId, VenueId
from quizserver.battle.kinds.text import fold
from quizserver.battle.sheets import Cell, CellState, Operation, cell, merged

NAMES = [f"{device}:{counter}" for device in "xyz" for counter in range(4)]


def operation(device: str, counter: int, who: str, value: str, over: tuple[str, ...] = ()) -> Operation:
    return Operation(device, counter, VenueId("v"), TeamId("t"), RoundId("r"), QuestionId("q"), ScorekeeperId(who), value, over)


OPERATIONS = st.lists(
    st.builds(
        operation,
        device=st.sampled_from("xyz"),
        counter=st.integers(0, 3),
        who=st.sampled_from(["Anna", "Boris"]),
        value=st.sampled_from(["1", "0", "-", "", "=Ил-18", "=ил 18", "=Як-40"]),
        over=st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple),
    ),
    max_size=8,
)


def union(*operations: list[Operation]) -> dict[str, Operation]:
    known: dict[str, Operation] = {}
    for each in operations:
        known = dict(merged(known, each))
    return known


def of(*operations: Operation) -> Cell:
    return cell(union(list(operations)), fold)


@given(OPERATIONS, OPERATIONS, OPERATIONS)
def test_merging_is_commutative_associative_and_idempotent(a: list[Operation], b: list[Operation], c: list[Operation]) -> None:
    assert union(a, b) == union(b, a)
    assert union(list(union(a, b).values()), c) == union(a, list(union(b, c).values()))
    assert union(a, a) == union(a)


@given(OPERATIONS, st.randoms())
def test_a_cell_does_not_depend_on_order_or_repeats(operations: list[Operation], shuffled: Random) -> None:
    again = operations * 2
    shuffled.shuffle(again)
    assert of(*again) == of(*operations)


@given(OPERATIONS)
def test_a_settlement_over_all_that_stands_settles_it(operations: list[Operation]) -> None:
    present = of(*operations).present
    settled = of(*operations, operation("judge", 1, "judge", "1", tuple(each.name for each in present)))
    assert (settled.state, settled.value) == (CellState.MARKED, "1")


@given(OPERATIONS, st.sampled_from(["1", "-", "=Ил-18"]))
def test_an_operation_the_settlement_did_not_see_opens_the_dispute_again(operations: list[Operation], value: str) -> None:
    present = of(*operations).present
    judged = operation("judge", 1, "judge", "0", tuple(each.name for each in present))
    assert of(*operations, judged, operation("late", 1, "Zoya", value)).state is CellState.DISPUTED


@given(OPERATIONS)
def test_marks_of_one_person_never_dispute(operations: list[Operation]) -> None:
    assert of(*(replace(each, who=ScorekeeperId("Anna")) for each in operations)).state is not CellState.DISPUTED


def test_nobody_wrote_anything() -> None:
    assert of() == Cell(CellState.EMPTY, "", ())


def test_the_greatest_counter_of_one_person_is_the_mark_whatever_device_it_came_from() -> None:
    assert of(operation("x", 2, "Anna", "1"), operation("y", 3, "Anna", "0")).value == "0"
    assert of(operation("x", 3, "Anna", "1"), operation("y", 2, "Anna", "0")).value == "1"
    assert of(operation("x", 2, "Anna", "1"), operation("y", 2, "Anna", "0")).value == "0"


def test_two_people_who_agree_do_not_dispute() -> None:
    assert of(operation("x", 1, "Anna", "1"), operation("y", 1, "Boris", "1")).value == "1"


def test_two_who_say_the_same_in_other_words_do_not_dispute_and_one_of_their_words_is_shown() -> None:
    anna, boris = operation("x", 1, "Anna", "=ил 18"), operation("y", 9, "Boris", "=Ил-18")
    assert of(anna, boris) == of(boris, anna)
    assert (of(anna, boris).state, of(anna, boris).value) == (CellState.MARKED, "=Ил-18")
    assert of(anna, boris, operation("z", 1, "Vera", "=Як-40")).state is CellState.DISPUTED


def test_two_people_who_disagree_dispute_whoever_came_last() -> None:
    disputed = of(operation("x", 1, "Anna", "1"), operation("y", 9, "Boris", "0"))
    assert (disputed.state, disputed.value) == (CellState.DISPUTED, "")
    assert [each.value for each in disputed.present] == ["1", "0"]


def test_who_takes_a_mark_back_has_no_opinion() -> None:
    anna, boris = operation("x", 1, "Anna", "1"), operation("y", 1, "Boris", "0")
    back = operation("y", 2, "Boris", "", (boris.name,))
    assert of(anna, boris, back).value == "1"
    assert (of(boris, back).state, of(boris, back).value) == (CellState.EMPTY, "")


def test_who_replaces_what_another_wrote_is_believed() -> None:
    anna = operation("x", 1, "Anna", "1")
    assert of(anna, operation("y", 1, "Boris", "0", (anna.name,))).value == "0"


def test_two_operations_that_replace_each_other_are_both_gone() -> None:
    assert of(operation("x", 1, "Anna", "1", ("y:1",)), operation("y", 1, "Boris", "0", ("x:1",))).state is CellState.EMPTY

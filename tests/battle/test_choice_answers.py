"""Options: one right, several right, true or false."""

from typing import Any

import pytest

from quizserver.battle.ids import OptionId, QuestionId, TeamId
from quizserver.battle.kinds import UnknownKind, kind_of, kinds
from quizserver.battle.questions import Option, Plain, Question, Solution
from tests.support.battles import KINDS, question, right_answer, solution, wrong_answer


def asked(kind: str, options: str) -> Question:
    return Question(QuestionId("q"), kind, {}, 30, tuple(Option(OptionId(letter), {}) for letter in options))


def problems(kind: str, options: str, right: Plain) -> list[str]:
    question, key = asked(kind, options), {} if right is None else {"right": right}
    found = list(kind_of(question).problems(question, Solution(question.id, key)))
    assert {problem.field for problem in found} <= {"options"}
    return [problem.sentence for problem in found]


def test_there_are_five_kinds_and_no_other() -> None:
    assert {*KINDS} <= set(kinds())
    with pytest.raises(UnknownKind, match="riddle"):
        kind_of(asked("riddle", "ab"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_is_right_and_a_wrong_one_is_wrong(kind: str) -> None:
    each = question("r1", kind)
    values = {TeamId("A"): right_answer(each.id), TeamId("B"): wrong_answer(each.id)}
    assert kind_of(each).right(each, solution(each), values) == {"A"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_that_was_read_is_read_the_same_again(kind: str) -> None:
    each = question("r1", kind)
    value = kind_of(each).read(each, right_answer(each.id))
    assert kind_of(each).read(each, value) == value


def test_several_are_right_only_all_together_in_any_order() -> None:
    each = asked("several", "abcd")
    values: dict[TeamId, Plain] = {TeamId(letters): tuple(letters) for letters in ("ac", "a", "abc", "bd")}
    assert kind_of(each).right(each, Solution(each.id, {"right": ("c", "a")}), values) == {"ac"}
    assert kind_of(each).read(each, ["c", "a"]) == ("a", "c")


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("one", ["a"], "wrong_type"), ("one", None, "wrong_type"), ("one", "z", "no_such_option"), ("tf", True, "wrong_type"),
        ("several", "a", "wrong_type"), ("several", ["a", 1], "wrong_type"), ("several", [], "empty"),
        ("several", ["a", "a"], "no_such_option"), ("several", ["a", "z"], "no_such_option"),
    ],
)  # fmt: skip
def test_what_is_no_option_is_refused(kind: str, raw: Any, code: str) -> None:
    each = asked(kind, "abc")
    with pytest.raises(ValueError, match=f"^{code}$"):
        kind_of(each).read(each, raw)


def test_equal_choices_are_said_in_the_same_words() -> None:
    each = asked("several", "abc")
    assert kind_of(each).said(each, ("a", "c")) == kind_of(each).said(each, ("c", "a")) == "a c"
    many = asked("several", "abcdefgh")
    assert kind_of(many).said(many, tuple("hgfedcba")) == "a b c d e f g h"
    assert kind_of(asked("one", "abc")).said(each, "a") == "a"


@pytest.mark.parametrize("kind", ["one", "several", "tf"])
def test_a_ledger_s_odd_value_is_wrong_and_breaks_nothing(kind: str) -> None:
    each = asked(kind, "abc")
    values: dict[TeamId, Plain] = {TeamId("A"): None, TeamId("B"): 7}
    assert kind_of(each).right(each, Solution(each.id, {"right": ("a",)}), values) == set()


def test_options_are_shuffled_but_for_true_and_false() -> None:
    assert {kind: kinds()[kind].shuffles_options for kind in KINDS} == {
        "one": True, "several": True, "tf": False, "text": False, "number": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "options", "right", "told"),
    [
        ("one", "ab", ("a",), []),
        ("one", "abcdef", ("a",), []),
        ("one", "a", ("a",), ["has 1 options; give 2 to 6"]),
        ("one", "abcdefg", ("a",), ["has 7 options; give 2 to 6"]),
        ("one", "ab", (), ["has no right option; mark it with `right: true`"]),
        ("one", "ab", None, ["has no right option; mark it with `right: true`"]),
        ("one", "ab", "a", ["has no right option; mark it with `right: true`"]),
        ("one", "ab", ("a", "b"), ["has 2 right options; this kind has 1"]),
        ("one", "ab", ("z",), ["names a right option that is not among the options"]),
        ("several", "abc", ("a", "b", "c"), []),
        ("several", "ab", ("a", "b"), ["has 2 options; give 3 to 6"]),
        ("tf", "ab", ("b",), []),
        ("tf", "abc", ("b",), ["must be exactly two: true and false"]),
    ],
)
def test_what_keeps_a_question_from_being_marked_is_told_to_its_writer(
    kind: str, options: str, right: Plain, told: list[str]
) -> None:
    assert problems(kind, options, right) == told


def test_the_reveal_shows_the_right_options_in_the_question_s_order() -> None:
    each = asked("several", "abcd")
    assert kind_of(each).solution_view(each, Solution(each.id, {"right": ("d", "b")})) == {"right": ("b", "d")}

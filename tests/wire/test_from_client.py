"""A message fits its class exactly or is a WireError; nothing is converted, cut or guessed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.wire import from_client as said
from quizserver.wire.codec import LARGE_MESSAGE, Encoding, WireError, encoded
from quizserver.wire.from_client import understood
from tests.wire.test_codec import plain

ANSWER = {"t": "answer", "id": "0" * 32, "question": "q", "opening": 1, "value": "a"}
OPERATION = {
    "device": "d" * 16,
    "counter": 1,
    "venue": "v" * 16,
    "team": "t" * 16,
    "round": "r" * 16,
    "question": "q" * 16,
    "who": "w" * 16,
    "value": "1",
    "over": ["d" * 16 + ":0"],
}


def fault(message: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(WireError) as error:
        understood(message)
    return error.value.code, error.value.detail


@given(
    st.fixed_dictionaries({"t": st.sampled_from(said.MESSAGES) | plain}).flatmap(
        lambda base: st.dictionaries(
            st.sampled_from("v token resume pin name id question opening value n command args of scope operations".split()),
            plain,
            max_size=5,
        ).map(lambda rest: {**rest, **base})
    )
)
@settings(deadline=None)
def test_any_map_is_a_message_or_wire_error(message: dict[str, Any]) -> None:
    try:
        assert understood(message).t in said.MESSAGES
    except WireError as error:
        assert error.code in {"unknown_message", "invalid"}


def test_an_answer_is_read_with_its_defaults() -> None:
    answer = understood(ANSWER)
    assert isinstance(answer, said.Answer)
    assert (answer.seen, answer.held) == (0, False)


@pytest.mark.parametrize("t", [None, "", "Hello", "welcome", 1, [], {}, True])
def test_what_is_not_a_message_is_unknown(t: Any) -> None:
    assert fault({"t": t})[0] == "unknown_message"
    assert fault({})[0] == "unknown_message"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"opening": True}, "answer.opening"),
        ({"opening": "1"}, "answer.opening"),
        ({"opening": -1}, "answer.opening"),
        ({"opening": 2**40}, "answer.opening"),
        ({"id": "0" * 31}, "answer.id"),
        ({"id": "Z" * 32}, "answer.id"),
        ({"question": "q*"}, "answer.question"),
        ({"question": "q" * 65}, "answer.question"),
        ({"question": "x\n"}, "answer.question"),
        ({"held": 1}, "answer.held"),
        ({"seen": None}, "answer.seen"),
        ({"value": ["a"] * 100}, "answer.value"),
        ({"value": "a" * 5000}, "answer.value"),
        ({"value": {"a" * 5000: [{}]}}, "answer.value"),
        ({"unheard_of": 1}, "answer"),
    ],
)
def test_a_field_that_does_not_fit_is_named_and_its_value_is_not(change: dict[str, Any], place: str) -> None:
    assert fault({**ANSWER, **change}) == ("invalid", place)


@pytest.mark.parametrize("value", ["a", 1, True, None, [], ["a", "b"], {"sure": True}])
def test_what_an_answer_may_be_is_its_kinds_affair(value: Any) -> None:
    answer = understood({**ANSWER, "value": value})
    assert isinstance(answer, said.Answer)
    assert answer.value == value


@pytest.mark.parametrize("extra", [{}, {"name": "Ту", "code": "K7QM2X"}])
def test_one_joins_by_a_name_or_by_a_code(extra: dict[str, str]) -> None:
    assert fault({"t": "join", "pin": "482913", **extra}) == ("invalid", "join")
    assert isinstance(understood({"t": "join", "pin": "482913", "name": "Ту"}), said.Join)
    assert isinstance(understood({"t": "join", "pin": "482913", "code": "K7QM2X"}), said.Join)


def test_a_name_of_ten_thousand_letters_is_for_the_battle_to_refuse_in_words() -> None:
    assert isinstance(understood({"t": "join", "pin": "482913", "name": "я" * 10_000}), said.Join)


def test_another_version_of_the_language_is_invalid() -> None:
    assert fault({"t": "hello", "v": 2}) == ("invalid", "hello.v")


def test_a_hundred_operations_fit_a_message_and_one_more_does_not() -> None:
    marks = {"t": "marks", "n": 1, "operations": [OPERATION] * said.MOST_OPERATIONS}
    assert len(encoded(Encoding.JSON, marks)) < LARGE_MESSAGE
    assert isinstance(understood(marks), said.Marks)
    assert fault({**marks, "operations": [OPERATION] * (said.MOST_OPERATIONS + 1)}) == ("invalid", "marks.operations")


def test_a_key_that_a_client_made_up_is_not_repeated() -> None:
    assert fault({"t": "marks", "n": 1, "operations": [{**OPERATION, "secret": 1}]}) == ("invalid", "marks.operations.0")

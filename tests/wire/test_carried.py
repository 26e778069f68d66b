"""A carried file is read whole or not at all."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.wire.carried import KIND, MOST_BYTES, read_carried, written
from quizserver.wire.codec import WireError

MARK = {
    "device": "desk-4f1c", "counter": 17, "venue": "hall", "team": "t1", "round": "r1", "question": "q1", "who": "a" * 16,
    "value": "1", "over": ["desk-4f1c:9"], "why": "Читали «вдвоём» \u2028",
}  # fmt: skip
CONTENT: dict[str, Any] = {
    "kind": KIND, "version": 1, "battle": "battle1", "title": "Битва", "venue": "hall", "venue_name": "Калибр", "saved": 1,
    "people": [{"scorekeeper": "a" * 16, "name": "Анна"}], "collected": ["r1"], "operations": [MARK],
}  # fmt: skip


def why_not(raw: bytes) -> str:
    with pytest.raises(WireError) as refused:
        read_carried(raw)
    return refused.value.code


def test_what_was_written_is_read() -> None:
    assert read_carried(written(CONTENT)).model_dump() == CONTENT


def test_how_it_is_laid_out_does_not_matter() -> None:
    assert read_carried(json.dumps(json.loads(written(CONTENT))).encode()).operations[0].why == MARK["why"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"kind": "another"}', b"PK\x03\x04", b"[" * 100_000])
def test_what_is_no_such_file_is_told_so(raw: bytes) -> None:
    assert why_not(raw) == "not_carried"


def test_a_file_of_another_version_is_told_so() -> None:
    assert why_not(written({**CONTENT, "version": 2})) == "carried_by_newer"


def test_a_file_over_the_limit_is_not_even_read() -> None:
    assert why_not(written(CONTENT) + b" " * MOST_BYTES) == "carried_too_big"


@given(st.data())
def test_a_file_in_which_anything_was_changed_is_damaged(data: st.DataObject) -> None:
    raw = bytearray(json.dumps(json.loads(written(CONTENT)), ensure_ascii=False, separators=(",", ":")).encode())
    at = data.draw(st.integers(raw.index(b'"battle"'), len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[at]))
    assert why_not(bytes(raw)) == "carried_damaged"


@pytest.mark.parametrize("length", [10, 200, 400])
def test_a_torn_file_is_damaged(length: int) -> None:
    assert why_not(written(CONTENT)[:length]) == ("not_carried" if length == 10 else "carried_damaged")


@pytest.mark.parametrize(
    "wrong",
    [
        {"operations": [{**MARK, "value": 1}]}, {"operations": [{**MARK, "extra": 1}]}, {"people": [{"scorekeeper": "A"}]},
        {"operations": [{**MARK, "venue": "bar"}]}, {"saved": -1}, {"collected": "r1"}, {"battle": "a\nb"}, {"more": 1},
        {"operations": [MARK] * 20_001}, {"saved": float("nan")},
    ],
)  # fmt: skip
def test_content_that_no_desk_writes_is_refused(wrong: dict[str, Any]) -> None:
    assert why_not(written({**CONTENT, **wrong})) == "carried_damaged"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert why_not(raw) == "not_carried"

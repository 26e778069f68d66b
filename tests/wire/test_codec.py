"""Bytes in: a map of plain values or WireError, whatever they are. Bytes out: both encodings carry the same message."""

import json
from contextlib import suppress
from typing import Any

import msgpack  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.wire.codec import (
    GREATEST_INT,
    MOST_DEPTH,
    MOST_ITEMS,
    SMALL_MESSAGE,
    Encoding,
    WireError,
    decoded,
    encoded,
    open_ended,
)

texts = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-GREATEST_INT, GREATEST_INT) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
messages = st.dictionaries(texts, plain, max_size=5)
encodings = st.sampled_from(Encoding)


def depth(value: Any) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return 1 + max(map(depth, inner), default=0)


def refused(encoding: Encoding, raw: bytes) -> str:
    with pytest.raises(WireError) as error:
        decoded(encoding, raw)
    return error.value.code


@given(encodings, st.binary(max_size=200) | messages.map(lambda message: encoded(Encoding.MSGPACK, message)[:-1]))
@settings(deadline=None)
def test_any_bytes_in_never_raise_anything_but_wire_error(encoding: Encoding, raw: bytes) -> None:
    try:
        assert isinstance(decoded(encoding, raw), dict)
    except WireError as error:
        assert error.code in {"malformed", "too_deep", "bad_value"}


@given(st.text(max_size=100))
@settings(deadline=None)
def test_any_text_in_never_raises_anything_but_wire_error(text: str) -> None:
    with suppress(WireError):
        decoded(Encoding.JSON, text.encode("utf-8", "surrogatepass"))


@given(encodings, messages.filter(lambda message: depth(message) <= MOST_DEPTH))
@settings(deadline=None)
def test_a_message_comes_out_as_it_went_in(encoding: Encoding, message: dict[str, Any]) -> None:
    assert decoded(encoding, encoded(encoding, message)) == message


@given(encodings, messages, texts, plain)
@settings(deadline=None)
def test_a_spliced_message_is_the_whole_message(encoding: Encoding, message: dict[str, Any], key: str, value: Any) -> None:
    message.pop(key, None)
    head, tail = open_ended(encoding, message, key)
    body = encoded(encoding, {"": value})
    own = body[len(encoded(encoding, {"": None})) - len(nothing(encoding)) : len(body) - len(tail)]
    assert head + own + tail == encoded(encoding, {**message, key: value})


def nothing(encoding: Encoding) -> bytes:
    """The end of a map whose last value is null, the closing brace included."""
    return b"\xc0" if encoding is Encoding.MSGPACK else b"null}"


@pytest.mark.parametrize("encoding", Encoding)
def test_a_message_over_its_limit_is_too_big(encoding: Encoding) -> None:
    fits = encoded(encoding, {"t": "x" * (SMALL_MESSAGE - len(encoded(encoding, {"t": "x" * 1000})) + 1000)})
    assert len(fits) == SMALL_MESSAGE
    assert decoded(encoding, fits)
    assert refused(encoding, fits + b" ") == "too_big"


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("value", ["map", "list"])
def test_depth_has_a_bound(encoding: Encoding, value: str) -> None:
    inner: Any = 1
    for _ in range(MOST_DEPTH - 1):
        inner = {"a": inner} if value == "map" else [inner]
    assert decoded(encoding, encoded(encoding, {"a": inner}))
    assert refused(encoding, encoded(encoding, {"a": [inner]})) == "too_deep"


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("inside", [[1] * (MOST_ITEMS + 1), {str(n): 1 for n in range(MOST_ITEMS + 1)}], ids=["list", "map"])
def test_a_list_or_map_of_too_many_items_is_malformed(encoding: Encoding, inside: Any) -> None:
    assert refused(encoding, encoded(encoding, {"a": inside})) == "malformed"


@pytest.mark.parametrize("number", [GREATEST_INT + 1, -GREATEST_INT - 1, 2**63 - 1])
@pytest.mark.parametrize("encoding", Encoding)
def test_an_integer_that_browsers_cannot_hold_is_refused(encoding: Encoding, number: int) -> None:
    assert refused(encoding, encoded(encoding, {"a": number})) == "bad_value"


@pytest.mark.parametrize("encoding", Encoding)
def test_nul_is_refused_in_keys_too(encoding: Encoding) -> None:
    assert refused(encoding, encoded(encoding, {"a": "x\0"})) == "bad_value"
    assert refused(encoding, encoded(encoding, {"a\0": 1})) == "bad_value"


@pytest.mark.parametrize("encoding", Encoding)
@pytest.mark.parametrize("message", [[], "hello", 1, None])
def test_a_message_is_a_map(encoding: Encoding, message: Any) -> None:
    assert refused(encoding, encoded(encoding, message)) == "malformed"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "malformed"),
        (b"\xc1", "malformed"),
        (b"\x81\xa1a", "malformed"),
        (b"\x80\x80", "malformed"),
        (b"\x81\xa1\xff\x01", "malformed"),
        (b"\x81\xa1a\xa3\xed\xa0\x80", "malformed"),
        (b"\x81\x01\x02", "malformed"),
        (b"\x82\xa1a\x01\xa1a\x02", "malformed"),
        (b"\xdf\xff\xff\xff\xff", "malformed"),
        (b"\x81\xa1a\xdd\xff\xff\xff\xff", "malformed"),
        (b"\x81\xa1a" + b"\xdc\xff\xff" * 400, "malformed"),
        (b"\x81\xa1a" * 400 + b"\x01", "too_deep"),
        (b"\x81\xa1a" * 5000 + b"\x01", "malformed"),
        (b"\x81\xa1a\xd6\xff\x00\x00\x00\x01", "malformed"),
        (b"\x81\xa1a\xc7\x00\x05", "bad_value"),
        (b"\x81\xa1a\xc4\x00", "bad_value"),
        (b"\x81\xa1a\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", "bad_value"),
        (b"\x81\xa1a\xcf\xff\xff\xff\xff\xff\xff\xff\xff", "bad_value"),
    ],
)
def test_msgpack_bombs_and_lies_are_refused(raw: bytes, code: str) -> None:
    assert refused(Encoding.MSGPACK, raw) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "malformed"),
        (b"{", "malformed"),
        (b"{} {}", "malformed"),
        (b"\xff\xfe{\x00}\x00", "malformed"),
        (b"\xef\xbb\xbf{}", "malformed"),
        (b'{"a":1,"a":2}', "malformed"),
        (b'{"a":{"b":1,"b":2}}', "malformed"),
        (b'{"a":' * 400 + b"1" + b"}" * 400, "too_deep"),
        (b'{"a":' + b"[" * 16000, "malformed"),
        (b'{"a":1.5}', "bad_value"),
        (b'{"a":1e3}', "bad_value"),
        (b'{"a":NaN}', "bad_value"),
        (b'{"a":-Infinity}', "bad_value"),
        (b'{"a":' + b"9" * 5000 + b"}", "bad_value"),
        (b'{"a":"\\ud800"}', "bad_value"),
        (b'{"a":"\\u0000"}', "bad_value"),
    ],
)
def test_json_bombs_and_lies_are_refused(raw: bytes, code: str) -> None:
    assert refused(Encoding.JSON, raw) == code


def test_an_error_never_repeats_what_was_sent() -> None:
    with pytest.raises(WireError) as error:
        decoded(Encoding.JSON, json.dumps({"a": {"secret" * 10: 1.5}}).encode())
    assert "secret" not in str(error.value)


def test_a_json_message_is_read_by_people() -> None:
    assert encoded(Encoding.JSON, {"t": "look", "имя": "Ту"}) == '{"t":"look","имя":"Ту"}'.encode()


def test_msgpack_is_what_other_libraries_read() -> None:
    assert msgpack.unpackb(encoded(Encoding.MSGPACK, {"t": "look", "n": (1, 2)})) == {"t": "look", "n": [1, 2]}

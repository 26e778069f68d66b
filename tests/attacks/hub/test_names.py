"""Hostile names are taken as what they are, or refused in a word."""

from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle.names import MOST_LETTERS, MOST_MARKS, clean_name, skeleton
from tests.attacks.hostile_names import names


def test_two_hundred_hostile_names_are_two_hundred_names() -> None:
    cleaned = [clean_name(name) for name in names()]
    assert len({skeleton(name) for name in cleaned}) == 200


@given(st.text(max_size=200) | st.text(alphabet="\u202e\u200b\u0301\u0488<>&'\"a1я\U0001f600\ufdfa \x00\x1b\n", max_size=200))
def test_whatever_was_typed_a_name_is_one_short_line_that_everybody_can_read(raw: str) -> None:
    try:
        name = clean_name(raw)
    except ValueError as why:
        assert str(why) in ("name_empty", "name_too_long")
        return
    assert 0 < len(name) <= MOST_LETTERS and name == " ".join(name.split())
    assert not set(name) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200d\ufeff\0\x1b\n")
    assert clean_name(name) == name and skeleton(name) == skeleton(clean_name(name))
    assert "\u0301" * (MOST_MARKS + 1) not in name

"""Names people choose: fit for a screen, and no two teams that look alike."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizserver.battle.names import MOST_LETTERS, MOST_MARKS, clean_name, skeleton


def cleaned(raw: str) -> str | None:
    try:
        return clean_name(raw)
    except ValueError as problem:
        assert str(problem) in {"name_empty", "name_too_long"}
        return None


@given(st.text(max_size=60))
@example("!\u1160\u0345\u202e\u0301")
@example("`a\xad\u0301")
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    name = cleaned(raw)
    assert name is None or clean_name(name) == name


@given(st.text(max_size=60))
def test_a_clean_name_fits_a_line_and_has_a_look(raw: str) -> None:
    name = cleaned(raw)
    if name is not None:
        assert 0 < len(name) <= MOST_LETTERS
        assert name == " ".join(name.split())
        assert name.isprintable()
        assert skeleton(name)
        assert skeleton(skeleton(name)) == skeleton(name)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("  Ту   104 ", "Ту 104"),
        ("Ту\u202eлом", "Тулом"),
        ("Ту\u200b-\u2060лом", "Ту-лом"),
        ("a\x00b\nc", "a b c"),
        ("Ｔｕ", "Tu"),
        ("z\u0301\u0302\u0303\u0304a", "ź\u0302\u0303a"),
        ("\u0301Ту", "Ту"),
        ("Ту \u0301\u0302х", "Ту х"),
        ("Ту\u3164х", "Ту х"),
        ("<b>", "<b>"),
    ],
)
def test_what_a_screen_cannot_show_is_taken_out(raw: str, name: str) -> None:
    assert clean_name(raw) == name


@pytest.mark.parametrize("raw", ["", "   ", "\u200b\u200d", "\u3164\u2800\uffa0", "...", "\u0301\u0302", "«»"])
def test_a_name_with_nothing_to_see_is_no_name(raw: str) -> None:
    with pytest.raises(ValueError, match=r"^name_empty$"):
        clean_name(raw)


@pytest.mark.parametrize("raw", ["х" * 41, "х" * 801, " " * 801])
def test_a_name_that_fits_no_line_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match=r"^name_too_long$"):
        clean_name(raw)
    assert clean_name("х" * 40 + " " * 700) == "х" * 40


@given(st.text("aé\u0301\u0302\u0303 ж", min_size=1, max_size=20))
def test_no_letter_carries_a_tower(raw: str) -> None:
    name = cleaned("ж" + raw) or ""
    marks = 0
    for char in name:
        marks = marks + 1 if char in "\u0301\u0302\u0303" else 0
        assert marks <= MOST_MARKS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ТОР", "TOP"),
        ("Команда", "команда"),
        ("Ёж", "Еж"),
        ("К-9", "К9"),
        ("Zо0", "ZOo"),
        ("il1", "IIl"),
        ("ЗИЛ", "3ИЛ"),
        ("é", "e"),
    ],
)
def test_names_that_look_alike_are_alike(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("Ту", "Ми"), ("А+", "А"), ("Команда 2", "Команда 3")])
def test_names_that_look_different_are_different(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)

"""What a host's password must be, and how a host's name is read."""

import pytest

from quizserver.services.passwords import LEAST_LETTERS, MOST_LETTERS, called, fault_of, host_name, prepared


@pytest.mark.parametrize("good", ["три слова и ещё", "x" * LEAST_LETTERS, "п" * MOST_LETTERS, "пробел в конце ", "🛩" * 10])
def test_a_password_of_any_letters_will_do_if_there_are_enough(good: str) -> None:
    assert fault_of(good) == ""


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("", f"at least {LEAST_LETTERS}"),
        ("x" * (LEAST_LETTERS - 1), f"at least {LEAST_LETTERS}"),
        ("и\u0306" * (LEAST_LETTERS - 1), f"at least {LEAST_LETTERS}"),  # nine letters, however they are written
        ("x" * (MOST_LETTERS + 1), f"at most {MOST_LETTERS}"),
        ("ten letters\x00", "control characters"),
        ("ten letters\n", "control characters"),
    ],
)
def test_one_that_will_not_do_is_told_in_a_sentence_that_does_not_repeat_it(bad: str, why: str) -> None:
    assert why in fault_of(bad) and fault_of(bad).endswith(".")
    assert not bad.strip() or bad not in fault_of(bad)


def test_a_letter_is_the_same_in_one_piece_and_in_two() -> None:
    assert prepared("и\u0306") == prepared("й") == "й"


def test_a_name_is_one_clean_line_or_none() -> None:
    assert (host_name(""), host_name("  Анна  Петрова ")) == ("", "Анна Петрова")
    for bad in (" ", "x" * 41, "\u200b"):
        with pytest.raises(ValueError, match="A host's name has 1 to 40 letters"):
            host_name(bad)


def test_a_name_is_found_in_capitals_too_and_no_other_one_is() -> None:
    names = ("", "Анна", "Пётр")
    assert [called(names, typed) for typed in ("", "анна ", "ПЁТР", "Анн", " ", "x" * 41)] == ["", "Анна", "Пётр", None, None, None]
    assert called(("Анна",), "") is None

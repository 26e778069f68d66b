"""Free text: what says the same, what is a typo, and what is neither."""

from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizserver.battle.ids import TeamId
from quizserver.battle.kinds import kind_of
from quizserver.battle.kinds.text import MOST_LETTERS, fold, one_typo_apart, rejected, squeeze, variants
from quizserver.battle.questions import Plain, Solution
from tests.support.battles import question

TEXT = question("r1", "text")
KIND = kind_of(TEXT)
LETTERS = st.text("абвгдеё", min_size=1, max_size=9)


def is_right(said: str, *accept: str, reject: tuple[str, ...] = ()) -> bool:
    solution = Solution(TEXT.id, {"accept": {"ru": accept}, "reject": reject})
    return KIND.right(TEXT, solution, {TeamId("A"): said}) == {"A"}


@given(st.text())
@example("_´\u202e\u0327")
@example("\u0401\u0308\u093cΣ")
@example("\u0345\xad\u0308")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_a_letter_s_way_of_being_written_do_not_count(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.upper())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ТУПОЛЕВ", "туполев"),
        ("самолёт", "самолет"),
        ("«Максим Горький»", 'максим "горький"'),
        ("  Андрей   Туполев ", "андрей туполев"),
        ("Ту\u2011104", "ту 104"),
        ("Ту—104", "ту-104"),
        ("д’Артаньян", "д'артаньян"),
        ("д`Артаньян", "д´Артаньян"),
        ("дʼАртаньян", "дАртаньян"),
        ("Да!", "да"),
        ("да!нет", "данет"),
        ("Ｔｕ－１０４", "tu-104"),
        ("½", "1/2"),
        ("１／２", "1/2"),
        ("cafe\u0301", "café"),
        ("e\u0308лка", "ёлка".replace("ё", "e\u0308")),
    ],
)
def test_case_yo_quotes_spaces_and_dashes_do_not_count(said: str, meant: str) -> None:
    assert fold(said) == fold(meant)


@pytest.mark.parametrize(("said", "meant"), [("Ту 104", "Ту104"), ("Ту-104", "Ту104"), ("АНТ 20 бис", "АНТ-20бис")])
def test_where_words_are_parted_does_not_count(said: str, meant: str) -> None:
    assert squeeze(fold(said)) == squeeze(fold(meant))
    assert is_right(said, meant)


@pytest.mark.parametrize(("said", "meant"), [("C", "C++"), ("й", "и"), ("cafe", "café"), ("край", "краи")])
def test_signs_and_accents_do_count(said: str, meant: str) -> None:
    assert fold(said) != fold(meant)


@given(LETTERS, st.randoms(), st.sampled_from("абвгдеж"))
def test_one_edit_is_one_typo(meant: str, random: Random, letter: str) -> None:
    at = random.randrange(len(meant))
    swapped = meant[:at] + meant[at : at + 2][::-1] + meant[at + 2 :]
    edits = (meant[:at] + letter + meant[at + 1 :], meant[:at] + meant[at + 1 :], meant[:at] + letter + meant[at:], swapped)
    for said in edits:
        assert one_typo_apart(said, meant) is (said != meant)


@given(LETTERS, LETTERS)
def test_a_typo_is_one_edit(said: str, meant: str) -> None:
    assert one_typo_apart(said, meant) is (said != meant and said in edits_of(meant))
    assert one_typo_apart(said, meant) is one_typo_apart(meant, said)


def edits_of(word: str) -> set[str]:
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = "абвгдеё"
    return {
        *(a + b[1:] for a, b in parts if b),
        *(a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1),
        *(a + letter + b[1:] for a, b in parts for letter in letters),
        *(a + letter + b for a, b in parts for letter in letters),
    }


@pytest.mark.parametrize(
    ("said", "meant", "right"),
    [
        ("Тополев", "Туполев", True),
        ("Туполе", "Туполев", True),
        ("Тупполев", "Туполев", True),
        ("Тпуолев", "Туполев", True),
        ("Тпуолеф", "Туполев", False),
        ("Тжжолев", "Туполев", False),
        ("Ан Тополев", "Ан Туполев", True),
        ("Кооев", "Королев", False),
        ("Мигг", "Миг", False),
        ("Ника", "Нива", False),
        ("Волги", "Волга", True),
        ("Анрдей Туполов", "Андрей Туполев", True),
        ("Ту-134 Тополев", "Ту-104 Туполев", False),
        ("самолет1", "самолет2", False),
        ("самолет", "самолет2", False),
        ("самолет22", "самолет2", False),
        ("Андрей", "Андрей Туполев", False),
        ("Туполев Андрей", "Андрей Туполев", False),
    ],
)
def test_one_typo_is_forgiven_in_words_over_four_letters_and_never_in_a_digit(said: str, meant: str, right: bool) -> None:
    assert is_right(said, meant) is right


def test_a_swapped_pair_with_a_digit_in_it_is_a_digit_in_another_place() -> None:
    assert not is_right("ту15м4", "ту154м")
    assert is_right("тпу154", "туп154")


def test_any_accepted_variant_of_any_language_will_do() -> None:
    solution = Solution(TEXT.id, {"accept": {"ru": ("Ту-104",), "en": ("Tu-104", "Tupolev 104")}})
    said: dict[TeamId, Plain] = {TeamId(text): text for text in ("ту104", "TU 104", "tupolev 104", "Ту-144")}
    assert KIND.right(TEXT, solution, said) == {"ту104", "TU 104", "tupolev 104"}


def test_a_writer_may_leave_the_quotes_of_a_number_out() -> None:
    solution = Solution(TEXT.id, {"accept": {"en": (1961, "first flight")}, "reject": (1962,)})
    assert (variants(solution), rejected(solution)) == (["1961", "first flight"], ["1962"])


def test_a_rejected_variant_wins_over_a_typo_and_over_an_accepted_one() -> None:
    assert is_right("Лавочкина", "Лавочкин")
    assert not is_right("лавочкина", "Лавочкин", reject=("Лавочкина",))
    assert not is_right("Ту 154", "Ту-154", reject=("ту154",))
    assert not is_right("Ту154", "Ту-154", reject=("ту 154",))


def test_a_ledger_s_odd_value_is_wrong_and_breaks_nothing() -> None:
    values: dict[TeamId, Plain] = {TeamId("A"): None, TeamId("B"): 7}
    assert KIND.right(TEXT, Solution(TEXT.id, {"accept": {"ru": ("Ту-104",)}}), values) == set()


@given(st.text(max_size=300))
def test_whatever_is_read_is_one_clean_line_that_says_the_same(raw: str) -> None:
    try:
        value = KIND.read(TEXT, raw)
    except ValueError as problem:
        assert str(problem) in {"empty", "too_long"}
        return
    assert isinstance(value, str)
    assert value == " ".join(value.split()) == KIND.read(TEXT, value)
    assert len(value) <= MOST_LETTERS


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (1, "wrong_type"),
        (None, "wrong_type"),
        (["a"], "wrong_type"),
        ("x" * 201, "too_long"),
        (" -!", "empty"),
        ("\u200b", "empty"),
    ],
)
def test_what_is_no_answer_is_refused(raw: Any, code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        KIND.read(TEXT, raw)


def test_an_answer_of_two_hundred_letters_is_not_too_long() -> None:
    assert KIND.read(TEXT, "x" * 200) == "x" * 200


def test_an_answer_is_kept_as_it_was_typed() -> None:
    assert KIND.read(TEXT, "  Ту-104\n\x07 «М» ") == "Ту-104 «М»"


@pytest.mark.parametrize("key", [{}, {"accept": "Ту", "reject": "Ил"}, {"accept": {"ru": "Ту"}}])
def test_a_key_in_no_known_form_accepts_nothing(key: dict[str, Plain]) -> None:
    solution = Solution(TEXT.id, key)
    assert (variants(solution), rejected(solution)) == ([], [])
    assert [problem.field for problem in KIND.problems(TEXT, solution)] == ["accept"]


def test_what_keeps_a_question_from_being_marked_is_told_to_its_writer() -> None:
    def problems(*accept: str, reject: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        found = KIND.problems(TEXT, Solution(TEXT.id, {"accept": {"ru": accept}, "reject": reject}))
        return [(problem.field, problem.sentence) for problem in found]

    assert problems("Ту-104", reject=("Ту-154",)) == []
    assert problems("Ту-104", "-") == [("accept", "has a variant with no letter or digit in it")]
    assert problems("Ту-104", reject=("ТУ 104!",)) == [("reject", "rejects a variant that is also accepted")]
    assert problems() == [("accept", "has no accepted variant; give at least one")]


def test_the_reveal_shows_the_accepted_variants_and_never_the_rejected_ones() -> None:
    shown = KIND.solution_view(TEXT, Solution(TEXT.id, {"accept": {"ru": ("Ту-104",)}, "reject": ("Ту-154",)}))
    assert shown == {"accept": {"ru": ("Ту-104",)}}
    assert KIND.solution_view(TEXT, Solution(TEXT.id, {"accept": ("Ту-104",)})) == {"accept": {}}

"""The packs that come with the server are without fault, and made with care."""

from re import findall, search

import pytest

from quizserver.battle.ids import TeamId
from quizserver.battle.kinds import kind_of, kinds
from quizserver.battle.questions import Collect, Question, Reveal, Solution
from rounds.check import check
from rounds.library import HOME, load, packs
from rounds.picture import words
from tests.rounds.freezing import frozen, questions


def asked(name: str) -> list[tuple[Question, Solution]]:
    one = frozen(HOME / name)
    return [(question, one.pack.solutions[question.id]) for question in questions(one)]


@pytest.mark.parametrize("name", packs())
def test_there_is_nothing_to_mend(name: str) -> None:
    assert check(HOME / name) == []


@pytest.mark.parametrize("name", packs())
def test_paper_is_revealed_at_the_end_and_without_paper_after_each_question(name: str) -> None:
    assert {one.reveal for one in frozen(HOME / name).pack.rounds} == {Reveal.ROUND_END}
    assert {one.collect for one in frozen(HOME / name).pack.rounds} == {Collect.ROUND}
    assert {one.reveal for one in frozen(HOME / name, online_only=True).pack.rounds} == {Reveal.EACH}


@pytest.mark.parametrize("name", packs())
def test_every_question_has_a_source_and_a_fun_fact_in_both_languages(name: str) -> None:
    for question, solution in asked(name):
        assert solution.source, question.text
        for text in (question.text, solution.fun_fact):
            assert set(text) == {"ru", "en"} and text["ru"] != text["en"]


def test_tupolev_has_twelve_questions_of_all_kinds_and_pictures() -> None:
    pairs = asked("tupolev")
    assert len(pairs) == 12
    assert {question.kind for question, _ in pairs} == set(kinds())
    assert any(solution.key.get("mode") == "nearest" for _, solution in pairs)
    assert sum(question.media is not None for question, _ in pairs) == 5


def test_industry_has_seven_questions_of_at_least_three_kinds() -> None:
    pairs = asked("industry")
    assert len(pairs) == 7 and len({question.kind for question, _ in pairs}) >= 3


@pytest.mark.parametrize("name", packs())
def test_pictures_hold_no_words_at_all(name: str) -> None:
    for path in frozen(HOME / name).media.values():
        style_and_numbers = [text for text in words(path) if not text.strip().startswith(".")]
        assert all(search(r"^(art|\d\d|[a-z])$", text) for text in style_and_numbers), style_and_numbers


@pytest.mark.parametrize("name", packs())
def test_typography_is_the_language_s_own(name: str) -> None:
    pack = load(name).pack
    for question in [question for one in pack.rounds for question in one.questions]:
        for text in filter(None, (question.ask, question.fun_fact, question.notes)):
            assert not findall(r'"| - |\.\.\.', text["ru"] + text["en"])
            assert not findall("[“”]| [вксуо] ", text["ru"]), text["ru"]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("Ту-104", True),
        ("ту 104", True),
        ("TU104", True),
        ("Tupolev 104", True),
        ("Туполев 104", True),
        ("104", True),
        ("Tу-104", True),
        ("Ту-114", False),
        ("Ту-134", False),
        ("Ту", False),
    ],
)
def test_answer_tu_104_is_taken_generously(said: str, counts: bool) -> None:
    assert_counts(6, said, counts)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("АНТ-2", True),
        ("ант2", True),
        ("ANT 2", True),
        ("Туполев АНТ-2", True),
        ("А. Н. Т. — 2", True),
        ("Ан-2", False),
        ("ан2", False),
        ("An-2", False),
        ("АНТ-3", False),
        ("АНТ-25", False),
        ("Антонов Ан-2", False),
    ],
)
def test_answer_ant_2_is_not_an_2(said: str, counts: bool) -> None:
    assert_counts(10, said, counts)


def assert_counts(number: int, said: str, counts: bool) -> None:
    question, solution = asked("tupolev")[number - 1]
    kind = kind_of(question)
    given = {TeamId("team"): kind.read(question, said)}
    assert bool(kind.right(question, solution, given)) is counts

"""What is on the paper: words that can be read back, codes that a phone reads, as many pages as there should be."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizserver.battle.sheet_numbers import SheetNumber, code_words, read
from quizserver.printing.answer_sheet import MOST_LINES
from quizserver.printing.drawing import drawn
from quizserver.printing.job import Card, Job, Line, Listed, RoundOnPaper, Sheet, VenueList
from quizserver.printing.paper import BOX, Paper
from quizserver.printing.words import TEXTS, words
from quizserver.words import LANGUAGES
from tests.attacks.hostile_names import names as hostile_names
from tests.printing.reading import codes_on, page_of, words_of

PIN, ADDRESS = "418027", "http://192.168.1.105:8000/j/418027#AB2CD3"
ROUND = RoundOnPaper(4, "Сто лет Туполеву", tuple(map(Line, ("one", "several", "tf", "text", "number"))))
EMPTY = Job("ru", "Битва технологий", PIN, 6)


def number(team: int = 33) -> str:
    return str(SheetNumber(4, team))


def sheets(*teams: str, playing: RoundOnPaper = ROUND, language: str = "ru", venue: str = "«Калибр»") -> Job:
    laid = tuple(Sheet(venue, 0, number(at), team) for at, team in enumerate(teams, 33))
    return replace(EMPTY, language=language, rounds=(playing,), sheets=laid)


def printed(job: Job) -> bytes:
    return drawn(job, lambda done: None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_whose_it_is_what_belongs_on_its_lines_and_its_number(language: str) -> None:
    (page,) = words_of(printed(sheets("Нержавейка", language=language)))
    said = words(language)
    printed_words = ("Нержавейка", "«Калибр»", "Сто лет Туполеву", "Битва технологий", "418 027", number())
    assert [each for each in (*printed_words, *said["team.how"].split()) if each not in page] == []
    for line in ROUND.lines:
        assert said[f"line.{line.hint}"] in page
    assert said["spare"] not in page


def test_a_phone_reads_the_number_from_the_code_on_the_sheet() -> None:
    pdf = printed(sheets("Нержавейка", "Флаттер"))
    assert [codes_on(pdf, page) for page in (0, 1)] == [[code_words(PIN, number(33))], [code_words(PIN, number(34))]]
    assert read(codes_on(pdf, 1)[0], PIN) == SheetNumber(4, 34)


def test_a_spare_has_a_number_and_room_for_a_name() -> None:
    (page,) = words_of(printed(sheets("")))
    assert words("ru")["spare"] in page and number() in page


def test_every_sheet_is_a_page() -> None:
    assert len(words_of(printed(sheets(*map(str, range(30)))))) == 30


def test_a_long_round_goes_on_on_further_pages_each_with_the_number() -> None:
    playing = replace(ROUND, lines=(Line("text"),) * (2 * MOST_LINES + 1))
    pages = words_of(printed(sheets("Нержавейка", playing=playing)))
    assert len(pages) == 3
    assert all(number() in page and "Нержавейка" in page for page in pages)
    said = words("ru")
    assert [page.count(said["line.text"]) for page in pages] == [MOST_LINES, MOST_LINES, 1]
    assert [said["page"].format(n=at, of=3) in page for at, page in enumerate(pages, 1)] == [True] * 3


def test_a_kind_that_is_new_has_a_line_without_a_hint() -> None:
    assert number() in words_of(printed(sheets("A", playing=replace(ROUND, lines=(Line("melody"),)))))[0]


def test_a_list_has_all_teams_over_its_pages_and_the_spares_after_them() -> None:
    rows = (*(Listed((at,), f"Команда {at}") for at in range(1, 41)), Listed((), "С телефонов"), Listed((41,)), Listed((42,)))
    pages = words_of(printed(replace(EMPTY, lists=(VenueList("Калибр", rows),))))
    assert len(pages) == 2
    assert all("Калибр" in page and "418 027" in page for page in pages)
    whole = "\n".join(pages)
    assert [at for at in range(1, 41) if f"Команда {at}" not in whole] == []
    assert whole.index("С телефонов") < whole.index(words("ru")["list.spare"]) < whole.index("042")


def test_eight_cards_are_on_a_page_and_each_brings_a_phone_into_its_team() -> None:
    cards = tuple(Card(f"Команда {at}", "AB2CD3", f"{ADDRESS}{at}") for at in range(9))
    pdf = printed(replace(EMPTY, cards=cards, where="192.168.1.105:8000"))
    assert ["AB2CD3" in page and "192.168.1.105:8000" in page for page in words_of(pdf)] == [True, True]
    assert sorted(codes_on(pdf, 0)) == [f"{ADDRESS}{at}" for at in range(8)]
    assert codes_on(pdf, 1) == [f"{ADDRESS}8"]


def test_whoever_waits_is_told_of_every_piece_of_work() -> None:
    job = replace(sheets("A", "B"), lists=(VenueList("V", ()),), cards=(Card("C", "D", "E"),) * 9)
    told: list[int] = []
    drawn(job, told.append)
    assert told == list(range(1, job.steps + 1)) == [1, 2, 3, 4, 5]
    assert EMPTY.steps == 0


# --- whatever people call themselves ---


@pytest.fixture
def paper() -> Iterator[Paper]:
    paper = Paper("t", "ru")
    yield paper
    paper.put_away()


def test_letters_that_the_font_has_not_become_boxes_and_loose_accents_go(paper: Paper) -> None:
    assert paper.printable("Бригада № 8 — «Ёж» Łódź") == "Бригада № 8 — «Ёж» Łódź"
    assert paper.printable("😀 عرب\u200d\ufe0f") == f"{BOX} {BOX * 3}"
    assert paper.printable("ё\u0489") == "ё"
    assert paper.printable("a\u00a0\nb") == "a  b"


def test_boxes_can_be_seen() -> None:
    blank, boxes = (page_of(printed(sheets(name)), 0) for name in ("\u0301", "😀😀😀😀"))
    assert sum(blank.tobytes()) - sum(boxes.tobytes()) > 50 * 255


def test_a_long_name_is_cut_with_an_ellipsis_before_the_next_field() -> None:
    for language in LANGUAGES:
        (page,) = words_of(printed(sheets("Ш" * 40, language=language, venue="Щ" * 40)))
        assert re.search(r"Ш{10,39}…", page) and re.search(r"Щ{5,39}…", page)


def test_hostile_names_are_printed_somehow_on_everything() -> None:
    names = hostile_names()
    laid = tuple(Sheet(name, 0, number(at), name) for at, name in enumerate(names))
    cards = tuple(Card(name, "AB2CD3", ADDRESS) for name in names)
    lists = tuple(VenueList(name, (Listed((7,), name),)) for name in names)
    job = replace(EMPTY, title=names[-1], rounds=(ROUND,), sheets=laid, lists=lists, cards=cards, where=names[0])
    pages = words_of(printed(job))
    assert len(pages) == 2 * len(names) + -(-len(names) // 8)
    assert [at for at in range(len(names)) if number(at) not in pages[at]] == []


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_name_is_printed(name: str) -> None:
    assert number() in words_of(printed(sheets(name, venue=name)))[0]


def test_both_languages_have_the_same_words_with_the_same_gaps() -> None:
    russian, english = (json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8")) for language in ("ru", "en"))
    gaps = [{key: sorted(re.findall(r"\{\w+\}", text)) for key, text in each.items()} for each in (russian, english)]
    assert gaps[0] == gaps[1]
    assert words("fr") == russian


def test_our_own_words_have_all_their_letters(paper: Paper) -> None:
    assert {text for language in LANGUAGES for text in words(language).values() if BOX in paper.printable(text)} == set()

"""Freezing gives random names and order, keeps solutions apart from questions, and adds no randomness of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import count
from pathlib import Path
from random import Random
from secrets import token_hex
from textwrap import indent

from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle.questions import Reveal, Theme
from rounds.freeze import digest, freeze
from tests.rounds.freezing import PLAIN, frozen, questions, right_ones
from tests.rounds.small_pack import small_frozen, small_written
from tests.rounds.spoiled import spoil, told, write

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0H9"/></svg>'


def texts(part: object) -> Iterator[str]:
    """Every text anywhere inside a value."""
    if is_dataclass(part):
        for one in fields(part):
            yield from texts(getattr(part, one.name))
    elif isinstance(part, Mapping):
        for name, value in part.items():
            yield from (*texts(name), *texts(value))
    elif isinstance(part, tuple | list):
        for value in part:
            yield from texts(value)
    else:
        yield str(part)


def test_each_kind_of_question_gets_its_own_form_of_key() -> None:
    pack = small_frozen().pack
    keys = {question.kind: (question, pack.solutions[question.id].key) for question in pack.rounds[0].questions}
    one, several, tf = keys["one"], keys["several"], keys["tf"]
    assert one[1] == {"right": (one[0].options[0].id,)}
    assert several[1] == {"right": tuple(option.id for option in several[0].options[:3])}
    assert tf[1] == {"right": (tf[0].options[0].id,)}
    assert [option.text for option in tf[0].options] == [{"ru": "Верно", "en": "True"}, {"ru": "Неверно", "en": "False"}]
    assert keys["text"][1] == {"accept": {"ru": ("вольфрам",), "en": ("tungsten", "wolfram", "W")}, "reject": ("вольфрамат",)}
    assert keys["number"][1] == {"value": "540", "mode": "nearest"}
    assert keys["number"][0].parts == {"unit": {"ru": "м", "en": "m"}}


def test_points_are_hundredths() -> None:
    several = small_frozen().pack.rounds[0].questions[1]
    assert (several.points, several.penalty) == (200, 50)


def test_what_changes_without_paper_changes_only_then() -> None:
    assert small_frozen(online_only=False).pack.rounds[0].reveal is Reveal.ROUND_END
    assert small_frozen(online_only=True).pack.rounds[0].reveal is Reveal.EACH
    assert small_frozen(online_only=True).pack.rounds[0].last_call_seconds == 60


def test_reading_by_hand_has_no_time(tmp_path: Path) -> None:
    folder = spoil(tmp_path, ("reveal: each}", "reading_seconds: by_hand}"))
    assert frozen(folder).pack.rounds[0].reading_ms == 3000
    assert frozen(folder, online_only=True).pack.rounds[0].reading_ms is None


def test_no_solution_is_in_any_question(tmp_path: Path) -> None:
    marks = [f"mark{token_hex(8)}" for _ in range(20)]
    options = [f"- {{text: option{place}, right: {'true' if place == 2 else 'false'}}}" for place in range(4)]
    secret = f"fun_fact: {marks[0]}\n  source: {marks[1]}\n  notes: {marks[2]}\n"
    secret += f"  answer_picture: {{file: {marks[3]}.svg, alt: {marks[4]}}}"
    asked = [
        "kind: one\n  options:\n  " + "\n  ".join(options),
        "kind: several\n  options:\n  " + "\n  ".join(options),
        "kind: tf\n  answer: false",
        f"kind: text\n  accept: {{ru: [{marks[5]}, {marks[6]}], en: [{marks[7]}]}}\n  reject: [{marks[8]}]",
        "kind: number\n  value: 987654321\n  mode: tolerance\n  tolerance: 123456789%",
    ]
    body = indent("".join(f"\n- {one}\n  ask: What?\n  {secret}" for one in asked), "  ")
    folder = write(tmp_path, f"pack: small\ntitle: T\nlanguages: [ru, en]\nrounds:\n- title: R\n  questions:{body}\n")
    (folder / f"{marks[3]}.svg").write_text(SVG)
    assert told(folder) == []
    one = frozen(folder)
    public, hidden = " ".join(texts(one.pack.rounds)), " ".join(texts(one.pack.solutions))
    for mark in [*marks[:9], "987654321", "123456789"]:
        assert mark not in public
        assert (mark in hidden) is (mark != marks[3])  # not even a solution's picture keeps its name
    for question in questions(one):
        assert not {"right", "answer", "key", "accept"} & set(texts(question))


@given(st.integers(0, 2**32))
def test_shuffling_moves_options_and_their_rightness_together(seed: int) -> None:
    numbers = count()
    pack = freeze(small_written(), lambda: f"id{next(numbers)}", Random(seed).shuffle, False).pack
    right = {question.kind: right_ones(question, pack.solutions[question.id]) for question in pack.rounds[0].questions[:3]}
    assert right == {"one": {"tin"}, "several": {"a sheep", "a duck", "a rooster"}, "tf": {"True"}}
    assert [option.text["en"] for option in pack.rounds[0].questions[2].options] == ["True", "False"]


def test_place_and_id_of_an_option_say_nothing_of_where_it_was_written() -> None:
    places = set()
    for seed in range(60):
        numbers, pack = count(), small_written()
        question = freeze(pack, lambda: f"{next(numbers)}", Random(seed).shuffle, False).pack.rounds[0].questions[0]  # noqa: B023
        assert [option.id for option in question.options] == sorted((option.id for option in question.options), key=int)
        places.add([option.text["en"] for option in question.options].index("tin"))
    assert places == {0, 1, 2, 3}


def test_same_arguments_freeze_alike_and_no_id_is_used_twice() -> None:
    assert small_frozen() == small_frozen()
    ids = [name for name in texts(small_frozen().pack.rounds) if name.startswith("id")]
    assert len(ids) == len(set(ids)) == 1 + 5 + 4 + 5 + 2


def test_pictures_get_random_names_and_their_size(tmp_path: Path) -> None:
    picture = "picture: {file: media/answer.SVG, alt: {ru: Чертёж, en: A drawing}}\n        seconds: 20"
    folder = spoil(tmp_path, ("seconds: 20", picture), ('field_ink: "#0b1e30"', 'field_ink: "#0b1e30", art: art.svg'))
    (folder / "media").mkdir()
    (folder / "media" / "answer.SVG").write_text(SVG)
    (folder / "art.svg").write_text(SVG)
    one = frozen(folder)
    media = questions(one)[0].media
    assert media and (media.width, media.height) == (40, 30) and media.alt == {"ru": "Чертёж", "en": "A drawing"}
    assert one.media == {media.file: folder / "media" / "answer.SVG", one.pack.theme.art: folder / "art.svg"}
    assert all(name.startswith("id") and name.endswith(".svg") for name in one.media)


def test_theme_goes_by_the_names_of_the_style_sheet() -> None:
    theme = small_frozen().pack.theme
    assert theme.name == "small" and theme.art == ""
    assert theme.colours == {
        "accent": "#8fcdf3",
        "accent-ink": "#0b1722",
        "field": "#a6d2ee",
        "field-2": "#87bfe3",
        "field-ink": "#0b1e30",
    }


def test_plain_words_stand_for_every_language(tmp_path: Path) -> None:
    one = frozen(write(tmp_path, PLAIN + "    accept: [63]\n"))
    assert one.pack.theme == Theme()
    assert one.pack.rounds[0].title == {"ru": "1922", "en": "1922"}
    assert one.pack.solutions[questions(one)[0].id].key["accept"] == {"ru": ("63",), "en": ("63",)}


def test_missing_language_is_filled_from_the_first_one(tmp_path: Path) -> None:
    one = frozen(write(tmp_path, PLAIN.replace("Wie?", '{ru: "Как?", de: "Wie?"}') + "    accept: {en: [a]}\n"))
    assert questions(one)[0].text == {"ru": "Как?", "en": "Как?"}
    assert one.pack.solutions[questions(one)[0].id].key["accept"] == {"ru": ("a",), "en": ("a",)}


def test_digest_depends_on_names_and_contents_of_all_files_but_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c").write_text("2")
    first = digest(tmp_path)
    (tmp_path / ".b").mkdir()
    (tmp_path / ".b" / "c").write_text("x")
    (tmp_path / ".DS_Store").write_text("x")
    assert digest(tmp_path) == first
    (tmp_path / "b" / "c").write_text("3")
    second = digest(tmp_path)
    (tmp_path / "b" / "c").rename(tmp_path / "b" / "d")
    assert len({first, second, digest(tmp_path)}) == 3

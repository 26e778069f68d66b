"""What a writer gets wrong is named by file, line and field, all of it at once, and never as a traceback."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rounds.check import check, format
from rounds.findings import Finding, PackError, Severity, has_errors
from rounds.library import load
from tests.rounds.small_pack import PACKS
from tests.rounds.spoiled import spoil, told, write

ROUND = "rounds[1]"
BROKEN = [
    # fields that are unknown, missing, empty
    ("seconds: 20", "second: 20", f"17: {ROUND}.questions[1].second: is no field here; did you mean 'seconds'?"),
    ("right: true", "rihgt: true", f"19: {ROUND}.questions[1].options[1].rihgt: is no field here; did you mean 'right'?"),
    ("reveal: each", "reveel: each", f"11: {ROUND}.online_only.reveel: is no field here; did you mean 'reveal'?"),
    (
        "value: 540",
        "zzz: 540\n        value: 540",
        f"58: {ROUND}.questions[5].zzz: is no field here; there are kind, ask, seconds, points, penalty, picture,"
        " answer_picture, fun_fact, source, notes, value, mode, tolerance, unit",
    ),
    ("        value: 540\n", "", f"54: {ROUND}.questions[5].value: is missing"),
    ("{ru: Разминка, en: Warm-up}", "", f"8: {ROUND}.title: is empty"),
    ("text: {ru: цинк, en: zinc}", "text: {}", f"20: {ROUND}.questions[1].options[2].text: is empty"),
    ("text: {ru: цинк, en: zinc}", 'text: ""', f"20: {ROUND}.questions[1].options[2].text: is empty"),
    ('accent: "#8fcdf3"', "accent: #8fcdf3\n ", "6: theme.accent: is empty; # starts a comment, so put colours in quotes"),
    # kinds
    ("kind: tf", "kind: tff", f"36: {ROUND}.questions[3].kind: is no kind of question; did you mean 'tf'?"),
    (
        "kind: tf",
        "kind: riddle",
        f"36: {ROUND}.questions[3].kind: is no kind of question; there are number, one, several, text, tf",
    ),
    ("- kind: one", "- hello\n      - kind: one", f"13: {ROUND}.questions[1]: must have fields of its own, each as `name: value`"),
    # values
    ("reveal: round_end", "reveal: never", f"10: {ROUND}.reveal: is 'never'; it must be 'each' or 'round_end'"),
    ("reveal: round_end", "reading_seconds: slow", f"10: {ROUND}.reading_seconds: must be seconds from 0 to 120, or by_hand"),
    (
        "reveal: round_end",
        "collect: question",
        f"10: {ROUND}.collect: is question, but slips after every question need `reveal: each`",
    ),
    ("seconds: 20", "seconds: 2", f"17: {ROUND}.questions[1].seconds: is 2; at least 5 is needed"),
    ("seconds: 20", "seconds: 601", f"17: {ROUND}.questions[1].seconds: is 601; at most 600 is allowed"),
    ("seconds: 20", "seconds: 20.0", f"17: {ROUND}.questions[1].seconds: must be a whole number"),
    ("points: 2", "points: 2.001", f"34: {ROUND}.questions[2].points: is finer than a hundredth of a point"),
    ("points: 2", "points: two", f"34: {ROUND}.questions[2].points: is no number of points, such as 1 or 0.5"),
    ("points: 2", "points: NaN", f"34: {ROUND}.questions[2].points: is no number of points, such as 1 or 0.5"),
    ("points: 2", "points: true", f"34: {ROUND}.questions[2].points: is no number of points, such as 1 or 0.5"),
    ("points: 2", "points: -1", f"34: {ROUND}.questions[2].points: must be from 0 to 100"),
    ("answer: true", "answer: yes", f"41: {ROUND}.questions[3].answer: must be true or false"),
    ("ru: олово", "ru: true", f"19: {ROUND}.questions[1].options[1].text.ru: is read as yes or no; put it in quotes"),
    (
        "ru: олово",
        "Ru: олово",
        f"19: {ROUND}.questions[1].options[1].text.Ru: is 'Ru', which does not look like ^([a-z]{{2,3}}|\\*)$",
    ),
    ("languages: [ru, en]", "languages: ru", "5: languages: must be a list"),
    ("languages: [ru, en]", "languages: [ru, en, ru]", "5: languages: names a language twice"),
    ("pack: small", "pack: Small Pack", "3: pack: is 'Small Pack', which does not look like ^[a-z][a-z0-9-]{0,39}$"),
    ("А с цинком", "А" * 700, f"23: {ROUND}.questions[1].fun_fact.ru: has a length of 718; at most 600 fit"),
    ("[вольфрамат]", "[" + "а, " * 51 + "]", f"50: {ROUND}.questions[4].reject: has a length of 51; at most 50 fit"),
    # numbers
    ("mode: nearest", "mode: near", f"59: {ROUND}.questions[5].mode: is 'near'; it must be 'exact', 'tolerance' or 'nearest'"),
    (
        "mode: nearest",
        "mode: tolerance",
        f"54: {ROUND}.questions[5].tolerance: is missing; say how far off is still right, such as 5%",
    ),
    ("mode: nearest", "tolerance: 5", f"59: {ROUND}.questions[5].tolerance: does nothing without `mode: tolerance`"),
    (
        "mode: nearest",
        "mode: tolerance\n        tolerance: some",
        f"60: {ROUND}.questions[5].tolerance: is neither a number nor a percentage such as 5%",
    ),
    ("value: 540", "value: many", f"58: {ROUND}.questions[5].value: is not a number"),
    # what the kinds find
    (", right: true", "", f"18: {ROUND}.questions[1].options: has no right option; mark it with `right: true`"),
    (
        "- text: {ru: цинк, en: zinc}",
        "- {text: {ru: цинк, en: zinc}, right: true}",
        f"18: {ROUND}.questions[1].options: has 2 right options; this kind has 1",
    ),
    ("[вольфрамат]", "[«Вольфрам»]", f"50: {ROUND}.questions[4].reject: rejects a variant that is also accepted"),
    ("[вольфрам]", "[…]", f"47: {ROUND}.questions[4].accept: has a variant with no letter or digit in it"),
    # languages
    (
        "{ru: олово, en: tin}",
        "{en: tin}",
        f"19: {ROUND}.questions[1].options[1].text: has no words in 'ru', the pack's first language",
    ),
    # the theme
    ('accent_ink: "#0b1722"', 'accent_ink: "#6b7782"', "6: theme.accent_ink: reaches 2.65:1 on accent; 4.5:1 is needed"),
    ('field_ink: "#0b1e30"', 'field_ink: "#3d5265"', "6: theme.field_ink: reaches 4.08:1 on field_2; 4.5:1 is needed"),
]
QUESTIONED = [
    (
        "reveal: round_end",
        "reveal: each",
        f"10: {ROUND}.reveal: is each, so teams on paper are refused unless the round has `collect: question` (warning)",
    ),
    (
        "{ru: олово, en: tin}",
        "{ru: олово}",
        f"19: {ROUND}.questions[1].options[1].text: has no words in 'en'; 'ru' is shown instead (warning)",
    ),
    (
        "{ru: олово, en: tin}",
        "{ru: олово, en: tin, de: Zinn}",
        f"19: {ROUND}.questions[1].options[1].text.de: is a language the pack's `languages` do not name (warning)",
    ),
    ("pack: small", "pack: tiny", "3: pack: is 'tiny', but it is found as 'small', its folder (warning)"),
    (
        "У какого металла",
        "У вольфрама или другого металла",
        f"45: {ROUND}.questions[4].ask.ru: contains the answer 'вольфрам' (warning)",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN, ids=[case[2][:60] for case in BROKEN])
def test_every_mistake_is_named_by_line_and_field(tmp_path: Path, old: str, new: str, expected: str) -> None:
    folder = spoil(tmp_path, (old, new))
    assert told(folder) == [f"pack.yaml:{expected}"]
    with pytest.raises(PackError):
        load(str(folder))


@pytest.mark.parametrize(("old", "new", "expected"), QUESTIONED, ids=[case[2][:60] for case in QUESTIONED])
def test_what_is_only_doubtful_is_a_warning_and_can_be_played(tmp_path: Path, old: str, new: str, expected: str) -> None:
    folder = spoil(tmp_path, (old, new))
    assert told(folder) == [f"pack.yaml:{expected}"]
    assert load(str(folder)).pack.rounds


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    folder = spoil(tmp_path, ("value: 540", "value: [1]"), ("seconds: 20", "second: 20"), ("answer: true", "answer: 1"))
    assert told(folder) == [
        f"pack.yaml:17: {ROUND}.questions[1].second: is no field here; did you mean 'seconds'?",
        f"pack.yaml:41: {ROUND}.questions[3].answer: must be true or false",
        f"pack.yaml:58: {ROUND}.questions[5].value: must be words",
    ]


def test_misspelled_kind_is_told_once_and_not_again_for_each_of_its_fields(tmp_path: Path) -> None:
    assert told(spoil(tmp_path, ("kind: tf", "kin: tf"))) == [
        f"pack.yaml:36: {ROUND}.questions[3].kin: is no field here; did you mean 'kind'?",
        f"pack.yaml:36: {ROUND}.questions[3].kind: is missing",
    ]


def test_round_without_questions_and_pack_without_rounds_are_errors(tmp_path: Path) -> None:
    head = "pack: small\ntitle: t\nlanguages: [ru]\n"
    assert told(write(tmp_path, head + "rounds:\n- title: r\n  questions: []\n")) == ["pack.yaml:6: rounds[1].questions: is empty"]
    assert told(write(tmp_path, head + "rounds: []\n")) == ["pack.yaml:4: rounds: is empty"]
    assert told(write(tmp_path, "")) == ["pack.yaml:1: is empty"]
    assert told(write(tmp_path, "[]")) == ["pack.yaml:1: must have fields of its own, each as `name: value`"]


def test_folder_without_a_pack_is_a_finding(tmp_path: Path) -> None:
    assert told(tmp_path) == ["pack.yaml: cannot be read: No such file or directory"]


def test_findings_are_printed_one_a_line_and_counted() -> None:
    error = Finding(Severity.ERROR, "pack.yaml", 3, "pack", "is missing")
    warning = Finding(Severity.WARNING, "pack.yaml", 0, "", "is odd")
    assert format([]) == "nothing to mend"
    assert format([error]) == "pack.yaml:3: pack: is missing\n1 error, 0 warnings"
    assert format([error, warning, error]).splitlines()[1:] == [
        "pack.yaml: is odd (warning)",
        "pack.yaml:3: pack: is missing",
        "2 errors, 1 warning",
    ]
    assert has_errors([warning, error]) and not has_errors([warning])


SMALL = (PACKS / "small" / "pack.yaml").read_text("utf-8")
WORDS = st.sampled_from(
    [
        "kind",
        "ask",
        "true",
        "null",
        "~",
        "[",
        "]",
        "{",
        "}",
        ":",
        "- ",
        "\n",
        "  ",
        "'",
        '"',
        "#",
        "?",
        "&a",
        "*a",
        "!!x",
        "%",
        "\t",
        "\x00",
        "\\u",
        "é",
        "0.5",
        "-1",
        "---\n",
        "...\n",
        "|\n",
        ">\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(SMALL)), cut=st.integers(0, 80), put=st.lists(WORDS, max_size=6))
def test_no_edit_of_a_pack_makes_the_checker_fail(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: int, put: list[str]
) -> None:
    text = SMALL[:at] + "".join(put) + SMALL[at + cut :]
    for finding in check(write(tmp_path_factory.mktemp("edit"), text)):
        assert finding.sentence and 0 <= finding.line <= text.count("\n") + 2

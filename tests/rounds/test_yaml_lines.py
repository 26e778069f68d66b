"""A pack's YAML may come from a stranger: it is bounded, has no surprises, and every value keeps its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rounds.findings import PackError
from rounds.safe_yaml import MOST_BYTES, MOST_DEPTH
from rounds.yaml_lines import Lines, Tree, read_yaml, spell


def read(folder: Path, text: str | bytes) -> tuple[Tree, Lines]:
    path = folder / "pack.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_yaml(path)


def wrong(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(PackError) as caught:
        read(folder, text)
    return [str(finding).partition("pack.yaml:")[2] for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("007", "007"),
        ("0.5", "0.5"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("2022-03-31", "2022-03-31"),
        ("0x1f", "0x1f"),
        (".inf", ".inf"),
        ("5%", "5%"),
        ('"12"', "12"),
        ("9" * 19, "9" * 19),
        ("<<", "<<"),
        ("=", "="),
    ],
)
def test_only_true_false_null_and_whole_numbers_are_more_than_text(tmp_path: Path, text: str, meant: Tree) -> None:
    assert read(tmp_path, f"a: {text}")[0] == {"a": meant}


def test_every_value_keeps_its_line(tmp_path: Path) -> None:
    tree, lines = read(tmp_path, "# c\na:\n  - x\n  - b: 1\n    c:\n      long\nd: {e: 2}\n")
    assert tree == {"a": ["x", {"b": 1, "c": "long"}], "d": {"e": 2}}
    places = {spell(where): line for where, line in lines.lines.items()}
    assert places == {"": 1, "a": 2, "a[1]": 3, "a[2]": 4, "a[2].b": 4, "a[2].c": 5, "d": 7, "d.e": 7}


def test_what_was_not_written_is_at_the_line_of_what_is_around_it(tmp_path: Path) -> None:
    lines = read(tmp_path, "a:\n  b: 1\n")[1]
    assert lines.of(("a", "c", 3, "d")) == 1 and lines.of(("x",)) == 1


def test_duplicate_keys_are_all_named_with_their_first_line(tmp_path: Path) -> None:
    assert wrong(tmp_path, "a: 1\nb: {c: 1, c: 2}\na: 2\n") == [
        "2: b.c: is given twice, first on line 2",
        "3: a: is given twice, first on line 1",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 1\nb: *x", "1: uses & or * for an alias; write the text out, or put it in quotes"),
        ("a: 1\nb: *x", "2: uses & or * for an alias; write the text out, or put it in quotes"),
        ("a: !!python/object/apply:os.system [ls]", "1: uses ! for a tag; put the text in quotes"),
        ("a: 1\nb: ! x", "2: uses ! for a tag; put the text in quotes"),
        ("a: 1\n? [x]\n: 2", "2: has a field whose name is no word"),
        ('a: 1\n"\\ud800": 2', "2: has a field whose name is no word"),
        ('a: 1\nb: "x\\ud800"', "2: b: has an escape that is no letter"),
        ('a: 1\nb: "x\\0"', "2: b: has an escape that is no letter"),
        ('a: "\\UFFFFFFFF"', " has an escape \\U that is no character"),
        ('a: "\\U00110000"', " has an escape \\U that is no character"),
        (
            "a: 1\nb: [1, 2",
            "2: is no YAML: expected ',' or ']', but got '<stream end>'; inside { } and [ ] a text with a"
            " comma or a question mark needs quotes, or a line of its own",
        ),
        ("a: 1\n\tb: 2", "2: is no YAML: found character '\\t' that cannot start any token"),
        ("a: 1\n---\nb: 2", "2: is no YAML: but found another document"),
        ("a: 1\nb: \x07", "2: has a character that YAML does not allow"),
        (b"a: 1\nb: \xff", "2: is not UTF-8 text; save it as UTF-8"),
        ("a: " + "[" * MOST_DEPTH, f"1: is nested deeper than {MOST_DEPTH} levels"),
        ("#" * (MOST_BYTES + 1), " is over 1,000,000 bytes long"),
    ],
)
def test_what_a_pack_does_not_need_is_refused_at_its_line(tmp_path: Path, text: str | bytes, expected: str) -> None:
    assert wrong(tmp_path, text) == [expected]


def test_byte_order_mark_of_a_windows_editor_is_not_seen(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa: 1")[0] == {"a": 1}


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused_and_never_fail(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    try:
        read(tmp_path_factory.mktemp("bytes"), raw)
    except PackError as refused:
        assert refused.findings

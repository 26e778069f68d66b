"""Pictures are there, inside the pack, small enough, and an SVG only draws. What they say is not the answer."""

from base64 import b64decode
from pathlib import Path

import pytest

from rounds.picture import MOST_BYTES, BadPicture, inside, problems, size
from rounds.raster import raster_size
from tests.rounds.spoiled import spoil, told

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">'
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAAAAAC4HznGAAAADElEQVR4nGNgYIABAAAKAAEyfHRBAAAAAElFTkSuQmCC")
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100")
VP8 = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x03\x00\x02\x00"
VP8L = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (2 | 1 << 14).to_bytes(4, "little") + bytes(5)
VP8X = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x02\0\0\x01\0\0"


def pictured(folder: Path, file: str, alt: str = "A drawing") -> Path:
    return spoil(folder, ("seconds: 20", f"picture: {{file: {file}, alt: {alt}}}\n        seconds: 20"))


@pytest.mark.parametrize("data", [PNG, JPEG, VP8, VP8L, VP8X], ids=["png", "jpeg", "vp8", "vp8l", "vp8x"])
def test_size_is_read_from_the_first_bytes_of_every_kind(data: bytes) -> None:
    assert raster_size(data) == (3, 2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        PNG[:20],
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0\x00\x04\x00\x00\x00\x00\x00\x00",
        VP8X[:20],
        VP8X.replace(b"VP8X", b"ALPH"),
    ],
)
def test_damaged_pictures_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    assert [sentence for _, sentence in problems(tmp_path / "a.png")] == ["is damaged, or not what its name says"]


@pytest.mark.parametrize(
    ("svg", "found"),
    [
        (HEAD + "</svg>", (40, 30)),
        (HEAD.replace('"0 0 40 30"', '"-5,-5,40.4,29.6"') + "</svg>", (40, 30)),
        ('<svg width="40px" height="30"/>', (40, 30)),
        (HEAD + '<defs><path id="a"/></defs><use href="#a" fill="url(#a)"/><style>.k{fill:url(#a)}</style></svg>', (40, 30)),
    ],
)
def test_size_of_a_drawing(tmp_path: Path, svg: str, found: tuple[int, int]) -> None:
    (tmp_path / "a.svg").write_text(svg)
    assert size(tmp_path / "a.svg") == found


@pytest.mark.parametrize(
    ("svg", "sentence"),
    [
        ("<svg", "is no SVG: unclosed token: line 1, column 0"),
        ("<svg/>", "has no size; give the SVG a viewBox"),
        ('<svg width="100%" height="50%"/>', "has no size; give the SVG a viewBox"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD + "</svg>", "has a DOCTYPE; remove that line"),
        (HEAD + "<script>1</script></svg>", "holds <script>; a drawing may hold shapes and words only"),
        (HEAD + "<foreignObject/></svg>", "holds <foreignObject>; a drawing may hold shapes and words only"),
        (HEAD + '<path onclick="x"/></svg>', "reaches outside itself: a script, a link or a fetched file"),
        (
            HEAD + '<use xlink:href="https://example.org/a.svg#b"/></svg>',
            "reaches outside itself: a script, a link or a fetched file",
        ),
        (HEAD + '<path fill="url(http://example.org)"/></svg>', "reaches outside itself: a script, a link or a fetched file"),
        (HEAD + "<style>@import 'x.css';</style></svg>", "reaches outside itself: a script, a link or a fetched file"),
    ],
)
def test_drawing_that_does_more_than_draw_is_refused(tmp_path: Path, svg: str, sentence: str) -> None:
    (tmp_path / "a.svg").write_text(svg)
    assert [text for _, text in problems(tmp_path / "a.svg")] == [sentence]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("media/none.svg", "is missing: there is no file 'media/none.svg'"),
        ("media", "is no picture we can show; use .svg, .png, .jpg, .jpeg, .webp"),
        ("../out.svg", "is outside the pack's folder"),
        ("link.svg", "is outside the pack's folder"),
        ("round.svg", "is missing: there is no file 'round.svg'"),
        ("Ы" * 190 + ".svg", f"is missing: there is no file '{'Ы' * 190}.svg'"),
    ],
)
def test_file_that_cannot_be_shown_is_named_at_its_line(tmp_path: Path, file: str, sentence: str) -> None:
    folder = pictured(tmp_path, file)
    (tmp_path / "out.svg").write_text(HEAD + "</svg>")
    (folder / "link.svg").symlink_to(tmp_path / "out.svg")
    (folder / "round.svg").symlink_to("round.svg")
    assert told(folder) == [f"pack.yaml:17: rounds[1].questions[1].picture.file: {sentence}"]
    with pytest.raises(BadPicture):
        inside(folder, file)


def test_big_picture_is_an_error_and_a_heavy_one_a_warning(tmp_path: Path) -> None:
    folder = pictured(tmp_path, "a.svg")
    place = "pack.yaml:17: rounds[1].questions[1].picture.file: "
    (folder / "a.svg").write_text(HEAD + " " * 500_000 + "</svg>")
    assert told(folder) == [place + "is heavy for phones: 500,109 bytes, better under 500,000 (warning)"]
    (folder / "a.svg").write_text(" " * (MOST_BYTES + 1))
    assert told(folder) == [place + "is too big: 4,000,001 bytes, at most 4,000,000"]


def test_a_small_file_that_unpacks_into_a_huge_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG[:16] + (4_000).to_bytes(4, "big") + (4_000).to_bytes(4, "big") + PNG[24:])
    assert not list(problems(tmp_path / "a.png"))
    (tmp_path / "a.png").write_bytes(PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:])
    assert [text for _, text in problems(tmp_path / "a.png")] == ["is too large: 60000 x 60000 pixels, at most 16,000,000 in all"]
    (tmp_path / "a.svg").write_text('<svg viewBox="0 0 60000 60000"/>')
    assert not list(problems(tmp_path / "a.svg")), "a drawing has units, and no pixels"


def test_art_is_looked_at_too(tmp_path: Path) -> None:
    folder = spoil(tmp_path, ('field_ink: "#0b1e30"', 'field_ink: "#0b1e30", art: art.svg'))
    assert told(folder) == ["pack.yaml:6: theme.art: is missing: there is no file 'art.svg'"]


@pytest.mark.parametrize(
    ("inner", "alt", "found"),
    [
        ("<text>Это ОЛОВО</text>", "A drawing", ["file: has, in its name or its words, the answer 'олово'"]),
        ("<!-- олово -->", "A drawing", ["file: has, in its name or its words, the answer 'олово'"]),
        ('<g id="its-tin"/>', "A drawing", ["file: has, in its name or its words, the answer 'tin'"]),
        ("", "Tin cans", ["alt.*: contains the answer 'tin'"]),
        ("<text>печатинг</text>", "A continental drawing", []),
    ],
)
def test_answer_in_a_picture_or_its_words_is_warned_of(tmp_path: Path, inner: str, alt: str, found: list[str]) -> None:
    folder = pictured(tmp_path, "a.svg", alt)
    (folder / "a.svg").write_text(HEAD + inner + "</svg>", "utf-8")
    assert told(folder) == [f"pack.yaml:17: rounds[1].questions[1].picture.{text} (warning)" for text in found]


def test_answer_in_a_file_name_is_warned_of(tmp_path: Path) -> None:
    folder = pictured(tmp_path, "tin.png")
    (folder / "tin.png").write_bytes(PNG)
    assert told(folder) == [
        "pack.yaml:17: rounds[1].questions[1].picture.file: has, in its name or its words, the answer 'tin' (warning)"
    ]

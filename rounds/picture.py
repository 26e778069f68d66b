"""Picture files of a pack: that they are there, not too big, of a kind we show, and how large they are drawn.

An SVG is a document that could run scripts and fetch things, so it may hold shapes and words only.
"""

from collections.abc import Iterator
from pathlib import Path
from re import compile as pattern
from xml.etree import ElementTree

from rounds.findings import Severity
from rounds.raster import raster_size

MOST_BYTES = 4_000_000  # 175 phones fetch it in the same second: at 4 MB that is 700 MB
MOST_PIXELS = 16_000_000  # twice a screen of 4K: 64 MB on a phone, where a file of 4 MB could unpack into gigabytes
HEAVY_BYTES = 500_000  # about a second on a bad phone line
SUFFIXES = (".svg", ".png", ".jpg", ".jpeg", ".webp")

SHAPES = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs use symbol style clipPath mask"
    " pattern marker linearGradient radialGradient stop".split()
)
_REACHES_OUT = pattern(r"(?i)@import|javascript:|url\(\s*['\"]?(?!#)")
_NAMES = ("id", "class", "label", "aria-label")
_SIZE = pattern(r"\s*([0-9]*\.?[0-9]+)(?:px)?\s*")


class BadPicture(ValueError):
    """A picture that cannot be shown: the writer's fault; the text is a sentence for him."""


def inside(folder: Path, file: str) -> Path:
    """The path of a pack's file. Raises BadPicture where it leaves the folder, is missing or is of an unknown kind."""
    path = folder / file
    if path.suffix.lower() not in SUFFIXES:
        raise BadPicture(f"is no picture we can show; use {', '.join(SUFFIXES)}")
    try:
        is_inside, is_file = path.resolve().is_relative_to(folder.resolve()), path.is_file()
    except (OSError, RuntimeError):  # a name too long for the disk, links that lead round in a circle
        is_inside = is_file = False
    if is_file and not is_inside:
        raise BadPicture("is outside the pack's folder")
    if not is_file:
        raise BadPicture(f"is missing: there is no file {file!r}")
    return path


def size(path: Path) -> tuple[int, int]:
    """Width and height in pixels or user units. Raises BadPicture."""
    data = path.read_bytes()
    if path.suffix.lower() == ".svg":
        return _svg_size(_svg(data))
    try:
        return raster_size(data)
    except ValueError:
        raise BadPicture("is damaged, or not what its name says") from None


def problems(path: Path) -> Iterator[tuple[Severity, str]]:
    """What is wrong with a picture that is there."""
    weight = path.stat().st_size
    if weight > MOST_BYTES:
        yield Severity.ERROR, f"is too big: {weight:,} bytes, at most {MOST_BYTES:,}"
        return
    if weight > HEAVY_BYTES:
        yield Severity.WARNING, f"is heavy for phones: {weight:,} bytes, better under {HEAVY_BYTES:,}"
    try:
        width, height = size(path)
    except BadPicture as wrong:
        yield Severity.ERROR, str(wrong)
        return
    if path.suffix.lower() != ".svg" and width * height > MOST_PIXELS:
        yield Severity.ERROR, f"is too large: {width} x {height} pixels, at most {MOST_PIXELS:,} in all"


def words(path: Path) -> list[str]:
    """All words in a picture, seen or not: an SVG's texts, titles, comments and names of parts, and the file's name."""
    found = [path.stem]
    if path.suffix.lower() == ".svg":
        parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
        for part in ElementTree.fromstring(path.read_bytes(), parser).iter():
            names = [value for name, value in part.attrib.items() if _local(name) in _NAMES]
            found += [part.text or "", part.tail or "", *names]
    return [text for text in found if text.strip()]


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _svg(data: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadPicture("has a DOCTYPE; remove that line")  # entities can grow a small file without end
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as wrong:
        raise BadPicture(f"is no SVG: {wrong}") from None
    for part in root.iter():
        _only_draws(part)
    return root


def _only_draws(part: ElementTree.Element) -> None:
    if _local(part.tag) not in SHAPES:
        raise BadPicture(f"holds <{_local(part.tag)}>; a drawing may hold shapes and words only")
    for name, value in [*part.attrib.items(), ("", part.text or "")]:
        link = _local(name) == "href" and not value.startswith("#")
        if link or _local(name).lower().startswith("on") or _REACHES_OUT.search(value):
            raise BadPicture("reaches outside itself: a script, a link or a fetched file")


def _svg_size(root: ElementTree.Element) -> tuple[int, int]:
    box = root.get("viewBox", "").replace(",", " ").split()
    sides = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    found = [_SIZE.fullmatch(side) for side in sides]
    width, height = (round(float(one.group(1))) if one else 0 for one in found)
    if not width or not height:
        raise BadPicture("has no size; give the SVG a viewBox")
    return width, height

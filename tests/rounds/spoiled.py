"""Copies of the small pack with something written differently in them."""

from pathlib import Path

from rounds.check import check
from rounds.findings import Finding
from tests.rounds.small_pack import PACKS


def spoil(folder: Path, *changes: tuple[str, str]) -> Path:
    """The small pack in a folder of its own, each text in it replaced once. The name of the folder stays."""
    text = (PACKS / "small" / "pack.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return write(folder, text)


def write(folder: Path, text: str) -> Path:
    """A pack with this text."""
    pack = folder / "small"
    pack.mkdir(exist_ok=True)
    (pack / "pack.yaml").write_text(text, "utf-8")
    return pack


def told(folder: Path) -> list[str]:
    """The findings about a pack, without the folder's own path."""
    return [short(folder, finding) for finding in check(folder)]


def short(folder: Path, finding: Finding) -> str:
    """A finding as printed, from the file's name on."""
    return str(finding).replace(f"{folder}/", "")

"""The words on paper, in the language of the battle. texts/ has the same keys in every language."""

from collections.abc import Mapping
from pathlib import Path

from quizserver.words import catalogue

TEXTS = Path(__file__).parent / "texts"


def words(language: str) -> Mapping[str, str]:
    """All of them."""
    return catalogue(TEXTS, language)


def spaced(pin: str) -> str:
    """`418 027`, as it is read aloud."""
    return f"{pin[:3]} {pin[3:]}".strip()

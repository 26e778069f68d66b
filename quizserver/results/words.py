"""The words of these files, in the language of the battle. texts/ has the same keys in every language."""

from collections.abc import Mapping
from pathlib import Path

from quizserver.words import catalogue

TEXTS = Path(__file__).parent / "texts"


def words(language: str) -> Mapping[str, str]:
    """All of them."""
    return catalogue(TEXTS, language)


def decimal_mark(language: str) -> str:
    """What Excel takes for one: under the other it makes 1.5 the first of May."""
    return "," if language == "ru" else "."

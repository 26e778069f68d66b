"""What an examination finds, one line each."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How an evening would go."""

    GOOD = "good"
    WARNING = "warning"  # it can be played
    BAD = "bad"  # it should not


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence`: what was found, and where it is not good what to do."""

    level: Level
    sentence: str

    def __str__(self) -> str:
        return f"{self.level}: {self.sentence}"


def good(sentence: str) -> Finding:
    return Finding(Level.GOOD, sentence)


def warning(sentence: str) -> Finding:
    return Finding(Level.WARNING, sentence)


def bad(sentence: str) -> Finding:
    return Finding(Level.BAD, sentence)

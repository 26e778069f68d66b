"""What is wrong with a pack, told to its writer: file, line, field and a sentence. Never a traceback."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a pack from being played; a warning is the writer's to judge."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. `line` counts from 1; 0 is the whole file.

    `field` counts rounds, questions and options from 1, as sheets do: `rounds[1].questions[4].options[2].text.en`.
    The sentence goes on from the field: "has no right option".
    """

    severity: Severity
    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        field = f"{self.field}: " if self.field else ""
        return place + field + self.sentence + (" (warning)" if self.severity is Severity.WARNING else "")


class PackError(Exception):
    """A pack cannot be read or played: its writer's fault. Carries every finding, not only the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = tuple(findings)


def has_errors(findings: Sequence[Finding]) -> bool:
    """True if anything found keeps the pack from being played."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def format(findings: Sequence[Finding]) -> str:
    """The findings as a terminal shows them, one a line, and a last line that counts them."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    total = f"{_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')}"
    return "\n".join([*map(str, findings), total if findings else "nothing to mend"])


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

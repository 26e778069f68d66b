"""What everything that may be asked has in common."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something asked. `by` at most 80 characters."""

    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Command):
    """A step of the evening that somebody presses a key for."""

    seen_step: int | None = None

"""What every entry of the ledger has in common, and what several kinds of entry hold."""

from dataclasses import dataclass
from typing import ClassVar

from quizserver.battle.ids import AnswerId, TeamId
from quizserver.battle.questions import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. `by`: who asked for it."""

    v: ClassVar[int] = 1
    by: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A display name and the salt of its commitment, 128 random bits in hexadecimal. Blanked, text is ""."""

    text: str
    salt: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One revision of a team's answer as its box recorded it. The standing one is the greatest by (stamp_ms, id)."""

    team: TeamId
    id: AnswerId
    revision: int
    stamp_ms: int
    value: Plain

"""What is said when a battle does not do what it was asked. A refusal is an ordinary outcome; an exception is a bug."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Whose turn it is to change something."""

    SENDER = "sender"  # what was asked can never work like this
    MOMENT = "moment"  # the battle has moved on, or is not there yet
    SERVER = "server"  # we could not; asking again later is right


@dataclass(frozen=True, slots=True)
class Refused:
    """Why not. `code` is a stable word that the pages translate; `detail` fills its sentence; temporary: try again later."""

    code: str
    fault: Fault = Fault.MOMENT
    temporary: bool = False
    detail: str = ""


def not_now(code: str, detail: str = "") -> Refused:
    """The command is sound and the phase is not."""
    return Refused(code, Fault.MOMENT, False, detail)


def wrong(code: str, detail: str = "") -> Refused:
    """The command itself is wrong."""
    return Refused(code, Fault.SENDER, False, detail)

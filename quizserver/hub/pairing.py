"""Screens that show a code until a host confirms it: nobody types a key at a projector, and none stands in an address."""

import secrets

from quizserver.hub.connection import Connection
from quizserver.services.seating import CODE_LENGTH, CODE_LETTERS


class Pairings:
    """Codes that are on a screen right now. Each is good once."""

    def __init__(self) -> None:
        self._waiting: dict[str, Connection] = {}

    def show(self, who: Connection) -> str:
        """A new code for this screen; its earlier one is void."""
        self.forget(who)
        code = next(code for code in iter(_new_code, "") if code not in self._waiting)
        self._waiting[code] = who
        who.pairing = code
        return code

    def forget(self, who: Connection) -> None:
        """The screen is gone, or has been confirmed."""
        self._waiting.pop(who.pairing, None)
        who.pairing = ""

    def by_code(self, code: str) -> Connection | None:
        """The screen that shows this code, as a person types it."""
        return self._waiting.get(code.strip().upper())


def _new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))

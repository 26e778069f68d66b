"""Who may say what. THE table: a message of a role that is not in its row is refused, whatever its token could do elsewhere.

A role comes from the record of a token, never from a message. A guest has no token: a phone before it joins, a screen before a
host confirms it.
"""

from collections.abc import Mapping
from enum import StrEnum

from quizserver.wire.codec import LARGE_MESSAGE, SMALL_MESSAGE


class Role(StrEnum):
    """What a connection is here for."""

    GUEST = "guest"
    TEAM = "team"
    SCREEN = "screen"
    DESK = "desk"
    HOST = "host"


MAY_SAY: Mapping[Role, frozenset[str]] = {
    Role.GUEST: frozenset({"sign_in", "look", "join", "clock", "leave"}),
    Role.TEAM: frozenset({"answer", "clock", "page", "leave"}),
    Role.SCREEN: frozenset({"clock", "page", "leave"}),
    Role.DESK: frozenset({"clock", "page", "sit", "marks", "collected", "leave"}),
    Role.HOST: frozenset({"clock", "page", "sit", "marks", "collected", "do", "leave"}),
}
"""After hello, which is the first message of everybody and of nobody twice."""

MAY_PAGE: Mapping[Role, frozenset[str]] = {
    Role.GUEST: frozenset(),
    Role.TEAM: frozenset({"standing"}),
    Role.SCREEN: frozenset({"standing", "desks"}),
    Role.DESK: frozenset({"sheet", "cell", "evening"}),
    Role.HOST: frozenset(
        {
            "standing",
            "teams",
            "sheet",
            "cell",
            "late",
            "entry",
            "missed",
            "desks",
            "screens",
            "arrivals",
            "battles",
            "packs",
            "addresses",
            "health",
            "consoles",
            "keys",
            "announced",
            "representatives",
        },
    ),
}
"""Rows on request."""

LIMIT: Mapping[Role, int] = {
    Role.GUEST: SMALL_MESSAGE,
    Role.TEAM: SMALL_MESSAGE,
    Role.SCREEN: SMALL_MESSAGE,
    Role.DESK: LARGE_MESSAGE,
    Role.HOST: LARGE_MESSAGE,
}
"""Bytes of one message."""


def may_say(role: Role, message: str, page: str = "") -> bool:
    """True if this role may send this message, and this kind of page."""
    return message in MAY_SAY[role] and (message != "page" or page in MAY_PAGE[role])

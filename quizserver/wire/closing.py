"""Why a connection ends, as close codes, and what the device should do about it. 40xx: come back. 45xx: stay away."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Closing:
    """`reason` is the word sent with the code. `comes_back`: the device connects again by itself, after a random pause, or one
    that it is told."""

    code: int
    reason: str
    comes_back: bool
    advice: str

    def after(self, pause_ms: int) -> "Closing":
        """The same, with how long to stay away: whoever sends many away knows best how far apart they should return."""
        return replace(self, reason=f"{self.reason} {pause_ms}")


GOODBYE = Closing(1000, "goodbye", False, "It asked to leave; nothing more to do.")
MALFORMED = Closing(1007, "malformed", False, "It sent text that is no UTF-8, or thrice what is no message. Reload the page.")
FORBIDDEN = Closing(1008, "forbidden", False, "It sent, time and again, what its role or its speed does not allow. Reload.")
TOO_BIG = Closing(1009, "too_big", False, "It sent a message over 64 KiB, or three over its own limit. Reload the page.")

RESTARTING = Closing(4000, "restarting", True, "The server stops for a moment. Come back after 0.1 to 2 s and resume.")
NO_HELLO = Closing(4001, "no_hello", True, "Nothing was said within 5 s of connecting. Come back and say hello at once.")
BEHIND = Closing(4002, "behind", True, "It took nothing for 10 s. Mostly a reset, since it reads no code. Come back and resume.")
CROWDED = Closing(4003, "crowded", True, "Too many connections from there at once. Come back after 5 to 15 s.")
STORE_GONE = Closing(4004, "store_gone", True, "This server cannot reach its store. Come back, to another one if there is one.")
MERGED = Closing(4005, "merged", True, "Its team is another one by now. Come back and resume.")

UNKNOWN_TOKEN = Closing(4500, "unknown_token", False, "Nobody knows this token. Forget it and join anew.")
REPLACED = Closing(4501, "replaced", False, "The same device opened the page elsewhere. Show a button that takes over.")
OTHER_VERSION = Closing(4502, "other_version", False, "It speaks another version of the language. Reload the page.")
NO_SUCH_BATTLE = Closing(4503, "no_such_battle", False, "The battle is not on this server. Go back to the start page.")
SIGNED_OUT = Closing(4504, "signed_out", False, "A host has signed this device out. Forget the token and ask for another.")

CLOSINGS: tuple[Closing, ...] = (
    GOODBYE,
    MALFORMED,
    FORBIDDEN,
    TOO_BIG,
    RESTARTING,
    NO_HELLO,
    BEHIND,
    CROWDED,
    STORE_GONE,
    MERGED,
    UNKNOWN_TOKEN,
    REPLACED,
    OTHER_VERSION,
    NO_SUCH_BATTLE,
    SIGNED_OUT,
)
"""All of them; PROTOCOL.md shows the same table."""

"""What a host reads over the phone to a desk without a network: 16 letters, which open one round's key at one venue.

Like a team's code it is derived from the battle's secret: it is in no ledger and on no disk of its own, every process has the same,
and it is the same after a restart, and after a restore from the archive, which keeps the secret.
"""

import hmac

from quizserver.battle.ids import VenueId

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32, Crockford's: no I, L, O or U, which are heard or read as others
LENGTH = 16  # of 5 bits each: 80
GROUP = 4  # letters a breath


def phone_code(secret: bytes, venue: VenueId, scope: str) -> str:
    """The letters without the gaps in which they are shown. One venue's code opens nothing of another's: what is read aloud in
    a hall that has collected may be heard in one that has not."""
    digest = hmac.digest(secret, f"a key by phone\0{venue}\0{scope}".encode(), "sha256")
    number = int.from_bytes(digest[: LENGTH * 5 // 8], "big")
    return "".join(LETTERS[number >> 5 * at & 31] for at in reversed(range(LENGTH)))


def in_groups(code: str) -> str:
    """As it is read: `7K3M 0QRT 9XWA 2HDE`."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))

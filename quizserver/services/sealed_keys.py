"""A round's key on a desk that has not collected yet: sealed, and opened there by the code that the host reads over the phone.

The desk holds all of it but the code. What is sealed is written so that its length tells nothing but the number of questions, and
the same key is sealed into the same bytes by every process, so that a desk can say which it has.
"""

import hmac
import json
from base64 import b64encode
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from quizserver.battle.ids import BattleId, VenueId
from quizserver.battle.state import BattleState
from quizserver.battle.views.desk import scope_key
from quizserver.services.phone_codes import phone_code
from quizserver.services.ports import Secrets

SALT_BYTES, NONCE_BYTES = 16, 12
BYTES_A_QUESTION = 2_048  # a long text in two languages with its solution; what does not fit doubles the whole
OPENS = b"quiz desk key 1"
"""What the derived key is for, and of which format."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """As a desk keeps it, all in base 64. `nonce` is another one whenever the key is."""

    salt: str
    nonce: str
    sealed: str


class SealedKeys:
    """Of all battles. Codes and salts come of each battle's secret, and are never stored."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._known: dict[BattleId, bytes] = {}

    async def code(self, battle: BattleId, venue: VenueId, scope: str) -> str:
        """What opens it. For a host alone, and not while anybody may still write. May raise StoreGone."""
        return phone_code(await self._secret(battle), venue, scope)

    async def sealed(self, state: BattleState, venue: VenueId, scope: str) -> Sealed:
        """The key as it is now: rulings and voided questions included. May raise StoreGone."""
        return seal(await self._secret(state.battle), state, venue, scope)

    async def _secret(self, battle: BattleId) -> bytes:
        if battle not in self._known:
            self._known[battle] = await self._secrets.of_battle(battle)
        return self._known[battle]


def seal(secret: bytes, state: BattleState, venue: VenueId, scope: str) -> Sealed:
    """ChaCha20-Poly1305 under the code's key, bound to this battle, venue and scope."""
    plain = _written(state, scope)
    where = f"{state.battle}\0{venue}\0{scope}".encode()
    salt = hmac.digest(secret, b"salt\0" + where, "sha256")[:SALT_BYTES]
    # Of the content, so that no nonce ever stands before two contents, whichever process seals; and keyed, so that nobody can try
    # solutions against it.
    nonce = hmac.digest(secret, b"nonce\0" + where + b"\0" + plain, "sha256")[:NONCE_BYTES]
    sealed = ChaCha20Poly1305(opening_key(phone_code(secret, venue, scope), salt)).encrypt(nonce, plain, where)
    return Sealed(*(b64encode(part).decode() for part in (salt, nonce, sealed)))


def opening_key(code: str, salt: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869), 32 bytes. Fast on purpose: a slow derivation makes up for what a person could think of, and these
    are 80 random bits, which nobody tries out: 10^10 tries a second take four million years."""
    drawn = hmac.digest(salt, code.encode(), "sha256")
    return hmac.digest(drawn, OPENS + b"\x01", "sha256")


def _written(state: BattleState, scope: str) -> bytes:
    """As JSON, filled up with spaces, which JSON ignores: a long answer and a short one are of one length. Which opening a question
    has come to is left out: it is not of the key, and would make another key of it."""
    key = [{name: part for name, part in question.items() if name != "opening"} for question in scope_key(state, scope)]
    plain = json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()
    size = len(key) * BYTES_A_QUESTION
    while size < len(plain):
        size *= 2
    return plain.ljust(size)

"""Opens a round's key on a desk without a network, as PROTOCOL.md has it and with nothing of the server's own."""

import json
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

INFO = b"quiz desk key 1"
KEY_BYTES = 32


def opened(sealed: Mapping[str, str], code: str, battle: str, venue: str, scope: str) -> list[dict[str, Any]]:
    """The key as the room would have it. `code` as it was read over the phone. Raises InvalidTag where it is another one's."""
    salt, nonce, content = (b64decode(sealed[part]) for part in ("salt", "nonce", "sealed"))
    key = HKDF(SHA256(), KEY_BYTES, salt, INFO).derive("".join(code.split()).upper().encode())
    plain = ChaCha20Poly1305(key).decrypt(nonce, content, f"{battle}\0{venue}\0{scope}".encode())
    questions: list[dict[str, Any]] = json.loads(plain)
    return questions

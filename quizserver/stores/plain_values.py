"""The value of an answer as the bytes that Redis keeps: equal values have equal bytes, so that a script can compare them."""

import json
from collections.abc import Mapping
from typing import Any

from quizserver.battle.questions import Plain


def to_bytes(value: Plain) -> bytes:
    """Compact JSON with sorted keys. Any text goes through, even a lone surrogate: one odd answer must not spoil its batch."""
    return _JSON.encode(value).encode("utf-8", "surrogatepass")


def from_bytes(data: bytes) -> Plain:
    """The value again; lists come back as tuples."""
    return _plain(json.loads(data.decode("utf-8", "surrogatepass")))


def _as_dict(value: object) -> dict[str, Plain]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no plain value")


_JSON = json.JSONEncoder(default=_as_dict, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Plain:
    if isinstance(value, list):
        return tuple(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value  # type: ignore[no-any-return]  # JSON has nothing else, and we wrote it

"""The file in which a desk's marks are carried to the host by hand, when no network comes back: JSON, and it says what it is.

It is read as if a stranger had written it. Its digest says no more than that it is whole: whoever brings it is a host.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from quizserver.wire.codec import WireError
from quizserver.wire.from_client import MOST_KEYS, Operation, place_of
from quizserver.wire.values import AnyName, Id, Scorekeeper, Strict, Time, Words

KIND, VERSION = "quiz marks carried by hand", 1
MOST_BYTES = 8 * 1024 * 1024  # an evening of 2,900 operations has 1 MB
MOST_CARRIED = 20_000  # operations
MOST_PEOPLE = 100


class Person(Strict):
    """Who signed marks."""

    scorekeeper: Scorekeeper
    name: AnyName = ""


class CarriedMarks(Strict):
    """All of it. `saved`: by the desk's own clock, for people to tell two files apart; it decides nothing. `title` and
    `venue_name`, too, are for people. `collected`: scopes, declared where there was no network."""

    kind: Literal["quiz marks carried by hand"]
    version: Literal[1]
    battle: Id
    title: Words = ""
    venue: Id
    venue_name: Words = ""
    saved: Time
    people: Annotated[list[Person], Field(max_length=MOST_PEOPLE)]
    collected: Annotated[list[Id], Field(max_length=MOST_KEYS)]
    operations: Annotated[list[Operation], Field(max_length=MOST_CARRIED)]


def read_carried(raw: bytes) -> CarriedMarks:
    """Raises WireError: too_big, not_carried, carried_by_newer, carried_damaged."""
    if len(raw) > MOST_BYTES:
        raise WireError("carried_too_big", str(MOST_BYTES // 1024**2))
    content = _content(raw)
    if content.get("kind") != KIND:
        raise WireError("not_carried")
    if content.get("version") != VERSION:
        raise WireError("carried_by_newer")
    said = content.pop("digest", None)
    if said != digest_of(content):
        raise WireError("carried_damaged")
    try:
        carried = CarriedMarks.model_validate(content)
    except ValidationError as faults:
        raise WireError("carried_damaged", place_of(faults)) from None
    if any(operation.venue != carried.venue for operation in carried.operations):
        raise WireError("carried_damaged", "venue")
    return carried


def written(content: Mapping[str, Any]) -> bytes:
    """The file with this content, as a desk writes it."""
    return json.dumps({**content, "digest": digest_of(content)}, ensure_ascii=False, indent=1).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as JSON without any space, in the order in which it stands: what JSON.stringify writes."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _content(raw: bytes) -> dict[str, Any]:
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        raise WireError("carried_damaged" if KIND.encode() in raw[:200] else "not_carried") from None
    if not isinstance(content, dict):
        raise WireError("not_carried")
    return content

"""The message that is broadcast: a question as a room's patch, of one size for all variants."""

from quizserver.wire.codec import Encoding, encoded
from quizserver.wire.to_client import Room

SIZE = 600  # bytes: a question in two languages with four options
LAGGARD_SIZE = 4096  # where slow readers are watched, so that they fall behind soon
WORDS = "Какой самолёт первым поднялся в воздух? "


def question(epoch: int = 1, version: int = 1, size: int = SIZE) -> Room:
    """A range from a version to itself, which can be said again and again: it carries a question and changes nothing."""
    lacking = size - _size_of(_padded(epoch, version, ""))
    too_long = _size_of(_padded(epoch, version, _text(lacking))) - size  # a longer text needs a longer number before it
    return _padded(epoch, version, _text(lacking - too_long))


def payload(size: int = SIZE) -> bytes:
    """The same as bytes, for servers that know nothing of ours."""
    return encoded(Encoding.MSGPACK, question(size=size).plain())


def _size_of(message: Room) -> int:
    return len(encoded(Encoding.MSGPACK, message.plain()))


def _padded(epoch: int, version: int, text: str) -> Room:
    asked = {"id": "u3hb6qk2zt7xwm4f", "number": 1, "kind": "one", "opening": 1, "seconds": 30, "text": {"ru": "." * 32 + text}}
    return Room(epoch=epoch, from_=version, to=version, patch={"phase": "open", "questions": {"u3hb6qk2zt7xwm4f": asked}})


def _text(bytes_long: int) -> str:
    whole = (WORDS * (bytes_long // len(WORDS) + 1)).encode()[:bytes_long].decode(errors="ignore")
    return whole + "." * (bytes_long - len(whole.encode()))

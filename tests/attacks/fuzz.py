"""Bad input in any number: into the decoder and the schema, and over real sockets.

    python -m tests.attacks.fuzz 10000000          messages into decoder and schema
    python -m tests.attacks.fuzz 100000 --sockets  frames over real sockets

Says what came of it, and leaves with 1 if anything but a WireError was raised, or if anything else is out of order.
"""

import argparse
import asyncio
import json
import random
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgpack  # type: ignore[import-untyped]

from quizserver.wire.allowed import LIMIT, Role
from quizserver.wire.codec import Encoding, WireError, decoded
from quizserver.wire.from_client import MESSAGES, Do, understood
from quizserver.wire.presses import COMMANDS, SERVERS_OWN, asked
from tests.wire.test_protocol import FROM_DEVICE, examples

MEMORY_MB = 20
TIMES = (1, 5, 600, 3_000, 70_000)
HONEST = examples(FROM_DEVICE)
KEYS = (*"t v n pin name of scope command args question value sent id operations token".split(), "\0")
LIES = (b"\xdf\xff\xff\xff\xff", b"\xdd\xff\xff\xff\xff", b"\xc6\x7f\xff\xff\xff")
BYTES = (b"\xc1", b"\xc0", b"\xff", *LIES, b"\xcb\x7f\xf8" + b"\0" * 6)


def some_bytes(chance: random.Random, encoding: Encoding) -> bytes:
    """A message that is honest, spoiled, invented or no message at all."""
    roll = chance.random()
    if roll < 0.25:
        return _encoded(encoding, _honest(chance))
    if roll < 0.55:
        return _spoiled(chance, _encoded(encoding, _honest(chance)))
    if roll < 0.8:
        return _encoded(encoding, _changed(chance, _honest(chance)))
    if roll < 0.9:
        return _encoded(encoding, {chance.choice(KEYS): _anything(chance, 0) for _ in range(chance.randint(0, 6))})
    return chance.randbytes(chance.randint(0, 64)) if roll < 0.97 else chance.choice(BYTES) * chance.choice(TIMES)


def _honest(chance: random.Random) -> dict[str, Any]:
    if chance.random() < 0.3:
        return {"t": "do", "n": 1, "command": chance.choice([*COMMANDS, *SERVERS_OWN]), "args": {}}
    return dict(chance.choice(HONEST))


def _changed(chance: random.Random, message: dict[str, Any]) -> dict[str, Any]:
    for _ in range(chance.randint(1, 3)):
        message[chance.choice([*message, *KEYS])] = _anything(chance, 0)
    return message


def _anything(chance: random.Random, depth: int) -> Any:
    if depth < 12 and chance.random() < 0.25:
        if chance.random() < 0.5:
            return [_anything(chance, depth + 1) for _ in range(chance.choice([0, 1, 2, 3, 101]) if depth < 2 else 2)]
        return {chance.choice([*KEYS, "команда"]): _anything(chance, depth + 1) for _ in range(chance.randint(0, 3))}
    words = ["", "a" * 300, "\0", "\u202e", "<script>", "0" * 32, *MESSAGES]
    numbers = [0, -1, 2**31, 2**53 + 1, 2**63, -(2**63)]
    return chance.choice([None, True, False, 0.5, float("nan"), float("inf"), b"bytes", *words, *numbers])


def _encoded(encoding: Encoding, message: Any) -> bytes:
    if encoding is Encoding.MSGPACK:
        packed: bytes = msgpack.packb(message, use_bin_type=True)
        return packed
    return json.dumps(message, default=lambda value: str(value)).encode()


def _spoiled(chance: random.Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw))
    return chance.choice([raw[:at], raw[:at] + chance.randbytes(1) + raw[at + 1 :], raw[:at] + raw, raw[at:], raw + raw[:at]])


def take(encoding: Encoding, raw: bytes) -> str:
    """What the server would make of it: the message's name, or the word by which it is refused. Raises what is a bug."""
    try:
        said = understood(decoded(encoding, raw, LIMIT[Role.HOST]))
        if isinstance(said, Do):
            asked(said)
    except WireError as error:
        return error.code
    return said.t


def taken(count: int, seed: int = 1) -> Counter[str]:
    """So many messages, and what came of them."""
    chance, found = random.Random(seed), Counter[str]()
    for number in range(count):
        encoding = Encoding.JSON if number % 4 == 3 else Encoding.MSGPACK
        found[take(encoding, some_bytes(chance, encoding))] += 1
    return found


def frames(count: int, seed: int) -> Iterator[bytes]:
    """So many messages for sockets that speak msgpack."""
    chance = random.Random(seed)
    return (some_bytes(chance, Encoding.MSGPACK) for _ in range(count))


def memory_mb() -> float:
    """What this process has in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if sys.platform == "linux" else 0
    return pages * resource.getpagesize() / 2**20


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.attacks.fuzz")
    parser.add_argument("count", type=int)
    parser.add_argument("--sockets", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args(arguments)
    if wish.sockets:
        from tests.attacks.hostile_frames import over_sockets

        report = asyncio.run(over_sockets(wish.count, wish.seed))
        sys.stdout.write(f"{report}\n")
        return 0 if report.is_well else 1
    taken(1000)  # what is made once is no leak
    before_mb = memory_mb()
    found = taken(wish.count, wish.seed)
    grown_mb = memory_mb() - before_mb
    sys.stdout.write(f"{wish.count} messages, {dict(found.most_common())}, memory {grown_mb:+.1f} MB\n")
    return 0 if grown_mb <= MEMORY_MB else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

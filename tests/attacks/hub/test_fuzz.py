"""Bad input in bulk, a small sample of it: `python -m tests.attacks.fuzz 10000000` is the whole."""

from quizserver.wire.from_client import MESSAGES
from tests.attacks import fuzz


def test_whatever_comes_is_a_message_or_refused_in_a_word_and_nothing_stays() -> None:
    fuzz.taken(5_000)
    before_mb = fuzz.memory_mb()
    found = fuzz.taken(20_000, seed=2)
    assert found.total() == 20_000 and fuzz.memory_mb() - before_mb <= fuzz.MEMORY_MB
    refused = {"too_big", "malformed", "too_deep", "bad_value", "unknown_message", "invalid", "unknown_command"}
    assert found.keys() <= refused | {*MESSAGES}
    assert {*MESSAGES} | refused - {"too_deep"} <= found.keys(), "every message and every refusal is among what is tried"

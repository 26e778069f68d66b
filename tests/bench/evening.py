"""A long evening: what a connection takes in memory at its begin and after a hundred questions.

Measured by what is in use: what all connections together brought when they came, and what went with them. What a battle itself
keeps, answers above all, grows with every question by design and is not a connection's.
"""

import time
from contextlib import ExitStack
from typing import Any

from quizserver.hub.limits import MESSAGES
from quizserver.wire.allowed import Role
from tests.bench.hall import Hall, hall
from tests.bench.host import Host
from tests.bench.load import message_of

GONE_S = 6.0  # until timers of some seconds have let go of the last traces of a connection
SETTLES_S = 2.0  # until the archive has written what is behind it
ANSWERS_EVERY_S = 1 / MESSAGES[Role.TEAM].each_s  # who taps faster than people can is told so, and has no ack


def evening(size: int, questions: int) -> dict[str, Any]:
    """KB a connection; `kb_per_connection` is that of the begin. A quick run plays fewer questions, and says so."""
    with ExitStack() as stack:
        ours = stack.enter_context(hall(size, questions=questions, exact_memory=True))
        ours.everybody_comes()  # the first time makes what is made once for all
        empty_kb = _everybody_gone_kb(ours)
        ours.everybody_comes()
        at_first_kb = ours.server.allocated_kb() - empty_kb
        host = stack.enter_context(ours.host())
        host.press("StartRound")
        missing = sum(_played(ours, host) for _ in range(questions))
        time.sleep(SETTLES_S)
        at_last_kb = ours.server.allocated_kb() - _everybody_gone_kb(ours)
        return {
            "n": size,
            "questions": questions,
            "kb_per_connection": round(at_first_kb / size, 3),
            "kb_per_connection_after_100_questions": round(at_last_kb / size, 3),
            "missing": missing,
        }


def _played(ours: Hall, host: Host) -> int:
    """The host does not wait for the time to run out; how many acks and results never came."""
    client, began_s = ours.client, time.monotonic()
    client.want(message_of("room"))
    shown = client.hears(0, ours.size, lambda: host.press("ShowQuestion"))
    ours.answers(*host.question)
    acks = ours.say()
    host.press("CloseAnswers")
    host.until("sealed")
    client.want(message_of("result"))
    results = client.hears(0, ours.size, lambda: host.press("Reveal"))
    time.sleep(max(0.0, began_s + ANSWERS_EVERY_S - time.monotonic()))
    return shown.missing + acks.missing + results.missing


def _everybody_gone_kb(ours: Hall) -> float:
    """What is in use when all have gone."""
    ours.client.ask(f"drop 0 {ours.size} reset")
    time.sleep(GONE_S)
    return ours.server.allocated_kb()

"""A full hall: acks while a broadcast goes out to all, and everybody's return after everybody was lost."""

from contextlib import ExitStack
from statistics import median
from typing import Any

from tests.bench.hall import Hall, hall
from tests.bench.host import Host
from tests.bench.load import Heard, message_of

ANSWERING, OVER_MS = 300, 100  # answers that come while the broadcast goes out
Rows = dict[str, dict[str, Any]]


def full_hall(size: int, rounds: int) -> Rows:
    """The rows `acks_during_broadcast` and `reconnect`."""
    with ExitStack() as stack:
        ours = stack.enter_context(hall(size))
        ours.client.keep(message_of("mine"))
        ours.everybody_comes()
        host = stack.enter_context(ours.host())
        host.press("StartRound")
        back = _reconnect(ours, host)
        return {"acks_during_broadcast": _acks(ours, host, rounds), "reconnect": back}


def _reconnect(ours: Hall, host: Host) -> dict[str, Any]:
    """While they are gone a question is shown: whoever is restored has been told of it, as a patch of what it still has."""
    has = ours.resumes(host.version, host.epoch)
    ours.client.ask(f"drop 0 {ours.size} reset")
    host.press("ShowQuestion")
    ours.hellos(has)
    ours.client.want(message_of("room", "snapshot"))
    came = ours.client.arrive(0, ours.size)
    return {"n": ours.size, "seconds": round(came.took_s, 3), "restored": ours.size - came.missing}


def _acks(ours: Hall, host: Host, rounds: int) -> dict[str, Any]:
    heard = [_answered(ours, host) for _ in range(rounds)]
    return {
        "n": ours.size,
        "ack_p50_ms": round(median(each.p50_ms for each in heard), 2),
        "ack_p99_ms": round(median(each.p99_ms for each in heard), 2),
        "missing": sum(each.missing for each in heard),
    }


def _answered(ours: Hall, host: Host) -> Heard:
    """Everybody answers in their mind; some of them in these 100 ms."""
    ours.answers(*host.question)
    answering = min(ANSWERING, ours.size)
    return ours.client.say(0, answering, OVER_MS, meanwhile=ours.server.broadcast)

"""Whoever does not read, and whoever reads a kilobyte a second: what they cost the others, and what they cost the machine."""

import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.hall import Hall, hall
from tests.bench.kernel_memory import tcp_kb
from tests.bench.load import message_of
from tests.bench.machine import CannotMeasure
from tests.bench.payload import LAGGARD_SIZE

LAGGARDS_PERCENT = 5  # half of them read nothing, half of them slowly
SLOWLY = 1024  # bytes a second
EVERY_S = 0.1
RECEIVES = 4096  # so that what waits for a laggard waits at the server, as over a network
SETTLES_S = 0.3


@dataclass(frozen=True)
class Watched:
    """p99 of the others in each round, and what was kept at the end: the server's own memory and the kernel's."""

    p99_ms: list[float]
    kept_kb: float
    missing: int


def slow_clients(size: int, seconds: float) -> dict[str, Any]:
    """Without laggards, with them, and without them again: what drifts meanwhile falls out of the ratio."""
    laggards = size * LAGGARDS_PERCENT // 100
    with hall(size) as ours:
        others = _everybody_comes(ours, laggards)
        ours.client.want(message_of("room"))
        before = _watched(ours, others, seconds)
        slow = others + laggards // 2
        ours.client.ask(f"read {others} {slow} nothing")
        ours.client.ask(f"read {slow} {size} {SLOWLY}")
        during = _watched(ours, others, seconds)
        ours.client.ask(f"drop {others} {size} reset")
        time.sleep(SETTLES_S)
        after = _watched(ours, others, seconds)
    return {
        "others_p99_ratio": round(median(during.p99_ms) / median(before.p99_ms + after.p99_ms), 3),
        "kb_each": round((during.kept_kb - before.kept_kb) / laggards, 1),
        "n": size,
        "laggards": laggards,
        "missing": before.missing + during.missing + after.missing,
    }


def _everybody_comes(ours: Hall, laggards: int) -> int:
    """Those who will lag come last, with a small receive buffer; how many the others are."""
    others = ours.size - laggards
    ours.hellos()
    ours.client.want(message_of("mine"))
    came = ours.client.arrive(0, others)
    ours.client.ask(f"receive {RECEIVES}")
    lagging = ours.client.arrive(others, ours.size)
    if came.missing or lagging.missing:
        raise CannotMeasure(f"Of {ours.size} devices {came.missing + lagging.missing} did not get in to our server.")
    return others


def _watched(ours: Hall, others: int, seconds: float) -> Watched:
    p99_ms: list[float] = []
    missing, ends = 0, time.monotonic() + seconds
    while (began := time.monotonic()) < ends:
        heard = ours.client.hears(0, others, lambda: ours.server.broadcast(LAGGARD_SIZE))
        p99_ms.append(heard.p99_ms)
        missing += heard.missing
        time.sleep(max(0.0, EVERY_S - (time.monotonic() - began)))
    return Watched(p99_ms, ours.server.private_kb() + tcp_kb(ours.server.port), missing)

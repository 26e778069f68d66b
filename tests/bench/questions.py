"""Whole questions on the real server: shown to all, answered by all, acknowledged from the disk, revealed to all."""

from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.bench.fanout import Runner, floor_of
from tests.bench.hall import Hall, hall
from tests.bench.host import Host
from tests.bench.load import Heard, message_of

OPEN_S = 3  # a second in which answers come, and room for a machine that is busy
SPREAD_MS = 1000
TRIES = 3
MODES = {"burst": 0, "spread": SPREAD_MS}
Row = dict[str, Any]


@dataclass(frozen=True)
class Played:
    """One question. `messages`: everything the server sent meanwhile, to the console too. `as_planned`: everybody's answer was in
    time, and the clock was never extended, as it is where a busy machine lets the server stand still; that tells all once more."""

    shown: Heard
    acks: Heard
    results: Heard
    messages: int
    cpu_ns: int
    floor_ns: int
    as_planned: bool


def questions(size: int, each: int) -> list[Row]:
    """A row a mode; one team a device, one answer a team."""
    with ExitStack() as stack:
        floor = floor_of(size, stack)
        ours = stack.enter_context(hall(size, questions=each * len(MODES) * TRIES + 1, seconds=OPEN_S))
        ours.everybody_comes()
        host = stack.enter_context(ours.host())
        host.press("StartRound")
        _played(ours, host, floor, 0)  # touches everything for the first time
        played: dict[str, list[Played]] = {mode: [] for mode in MODES}
        for _ in range(each):
            for mode, over_ms in MODES.items():
                played[mode].append(_played_as_planned(ours, host, floor, over_ms))
        return [_row(mode, size, played[mode]) for mode in MODES]


def _played_as_planned(ours: Hall, host: Host, floor: Runner, over_ms: int) -> Played:
    """The first one that went as planned, or the last."""
    for _ in range(TRIES):
        played = _played(ours, host, floor, over_ms)
        if played.as_planned:
            break
    return played


def _played(ours: Hall, host: Host, floor: Runner, over_ms: int) -> Played:
    """The floor first: its three messages a team, as the question needs them."""
    floor_ns = sum(_floor_ns(floor) for _ in range(3))
    client, everybody, server = ours.client, (0, ours.size), ours.server
    client.ask("forget")
    host.deadlines.clear()
    heard_before, cpu_before = host.heard, server.cpu_ns()
    client.want(message_of("room"))
    shown = client.hears(*everybody, lambda: host.press("ShowQuestion"))
    host.until("open")
    question, opening = host.question
    ours.answers(question, opening)
    acks = ours.say(over_ms)
    host.until("sealed")
    client.want(message_of("result"))
    results = client.hears(*everybody, lambda: host.press("Reveal"))
    cpu_ns = server.cpu_when_quiet_ns() - cpu_before
    messages = client.totals()["frames"] + host.heard - heard_before
    as_planned = len(host.deadlines) == 1 and host.answered(question) == ours.size
    return Played(shown, acks, results, messages, cpu_ns, floor_ns, as_planned)


def _floor_ns(floor: Runner) -> int:
    before = floor.server.cpu_ns()
    floor.client.hears(0, floor.size, floor.server.broadcast)
    return floor.server.cpu_when_quiet_ns() - before


def _row(mode: str, size: int, tried: list[Played]) -> Row:
    """Of those that went as planned; of all if none did, which a check then says."""
    as_planned = [each for each in tried if each.as_planned]
    played = as_planned or tried
    return {
        "mode": mode,
        "n": size,
        "messages": max(each.messages for each in played),
        "cpu_ratio_to_floor": round(median(each.cpu_ns / each.floor_ns for each in played), 2),
        "ack_p50_ms": round(median(each.acks.p50_ms for each in played), 2),
        "ack_p99_ms": round(median(each.acks.p99_ms for each in played), 2),
        "all_acked_ms": round(median(each.acks.took_s for each in played) * 1000, 1),
        "as_planned": len(as_planned),
        "missing": sum(part.missing for each in played for part in (each.shown, each.acks, each.results)),
    }

"""One message to everybody: all servers up at once, one round each in rotation, divided by the floor's of the same turn."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from tests.bench.hall import hall
from tests.bench.load import Heard, LoadClient, Words, message_of
from tests.bench.machine import CannotMeasure
from tests.bench.variants import FLOOR, Server, Variant

OURS = "ours"
CATCHES_UP = 500  # looks of 2 ms
Row = dict[str, Any]


@dataclass
class Runner:
    """A server with everybody connected, and what was measured of it."""

    name: str
    server: Server
    client: LoadClient
    size: int
    hears: Words
    kb_per_connection: float
    handshakes_per_s: float
    cpu_us: list[float] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)

    def round(self) -> None:
        """One message to everybody. A round in which somebody heard nothing is counted like any other, and said.

        Before it the server does what it could not do while others had its core: pings, above all."""
        before = self.server.cpu_when_quiet_ns(CATCHES_UP)
        self.heard.append(self.client.hears(0, self.size, self.server.broadcast))
        self.cpu_us.append((self.server.cpu_when_quiet_ns() - before) / self.size / 1000)


def fanout(size: int, others: Sequence[Variant], rounds: int) -> tuple[list[Row], list[Row]]:
    """The rows of one size, and what the load client did meanwhile. The first round of each only touches everything once."""
    with ExitStack() as stack:
        runners = [_ours(size, stack), *(_other(variant, size, stack) for variant in others)]
        for turn in range(rounds + 1):
            first = turn % len(runners)
            for runner in (*runners[first:], *runners[:first]):
                runner.round()
        floor = next(runner for runner in runners if runner.name == FLOOR.name)
        return [_row(runner, floor) for runner in runners], [_client_row(runner) for runner in runners]


def floor_of(size: int, stack: ExitStack) -> Runner:
    """The floor alone, for what else is divided by it."""
    return _other(FLOOR, size, stack)


def _ours(size: int, stack: ExitStack) -> Runner:
    """Teams have their seats before, so that what grows are connections and nothing else."""
    ours = stack.enter_context(hall(size))
    before_kb = ours.server.private_kb()
    rate = ours.everybody_comes()
    grown_kb = ours.server.private_kb() - before_kb
    ours.client.want(message_of("room"))
    return Runner(OURS, ours.server, ours.client, size, message_of("room"), grown_kb / size, rate)


def _other(variant: Variant, size: int, stack: ExitStack) -> Runner:
    server = stack.enter_context(variant.start())
    client = stack.enter_context(variant.client(server))
    before_kb = server.private_kb()
    came = client.arrive(0, size) if variant.greets else client.connect(0, size)
    if came.missing:
        raise CannotMeasure(f"{came.missing} of {size} connections to {variant.name} were never opened.")
    grown_kb = server.private_kb() - before_kb
    client.want(variant.hears)
    return Runner(variant.name, server, client, size, variant.hears, grown_kb / size, size / came.took_s)


def _row(runner: Runner, floor: Runner) -> Row:
    ratios = sorted(own / least for own, least in _counted(runner, floor))
    heard = runner.heard[1:]
    return {
        "variant": runner.name,
        "n": runner.size,
        "cpu_us_per_message": round(median(runner.cpu_us[1:]), 2),
        "ratio_to_floor": round(median(ratios), 3),
        "ratio_p10": round(percentile(ratios, 10), 3),
        "ratio_p90": round(percentile(ratios, 90), 3),
        "p50_ms": round(median(each.p50_ms for each in heard), 2),
        "p99_ms": round(median(each.p99_ms for each in heard), 2),
        "max_ms": round(median(each.max_ms for each in heard), 2),
        "kb_per_connection": round(runner.kb_per_connection, 2),
        "handshakes_per_s": round(runner.handshakes_per_s),
        "missing": sum(each.missing for each in runner.heard),
    }


def _client_row(runner: Runner) -> Row:
    """`busy`: the share of a round in which it had something to do. Near 1 the client would be what is measured."""
    heard = runner.heard[1:]
    return {
        "variant": runner.name,
        "n": runner.size,
        "cpu_us_per_message": round(median(each.busy_s for each in heard) * 1e6 / runner.size, 2),
        "busy": round(median(each.busy_s / each.took_s for each in heard), 2),
    }


def _counted(runner: Runner, floor: Runner) -> Iterator[tuple[float, float]]:
    return zip(runner.cpu_us[1:], floor.cpu_us[1:], strict=True)


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The nearest rank."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]

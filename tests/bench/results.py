"""What was measured, as it is written down: the keys of every row, and what must hold of any run on any machine.

No check looks at a time: a machine that is busy is slow, and a slow one is no broken one.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.plan import Plan

Results = dict[str, Any]
Row = Mapping[str, Any]

FANOUT = [
    *"variant n cpu_us_per_message ratio_to_floor ratio_p10 ratio_p90".split(),
    *"p50_ms p99_ms max_ms kb_per_connection handshakes_per_s missing".split(),
]
QUESTION = "mode n messages cpu_ratio_to_floor ack_p50_ms ack_p99_ms all_acked_ms".split()
CLIENT = "variant n cpu_us_per_message busy".split()
SINGLE = {
    "slow_clients": "others_p99_ratio kb_each".split(),
    "reconnect": "n seconds restored".split(),
    "standing": "teams own ms".split(),
    "evening": ["kb_per_connection_after_100_questions"],
    "acks_during_broadcast": "n ack_p50_ms ack_p99_ms".split(),
}
STAFF = 50  # messages a question may cost beside three a team: for consoles and screens, four times a second


def faults(results: Results, plan: Plan) -> list[str]:
    """What does not hold, one sentence each."""
    return [*_absent(results, plan), *_not_delivered(results), *_too_many(results)]


def _absent(results: Results, plan: Plan) -> Iterator[str]:
    """Every row that was planned, and every key of every row."""
    names = {"ours", *(variant.name for variant in plan.others)}
    wanted = {(name, size) for name in names for size in plan.sizes}
    if found := wanted - {(row["variant"], row["n"]) for row in results["fanout"]}:
        yield f"fanout lacks rows: {sorted(found)}."
    modes = {(mode, size) for mode in ("burst", "spread") for size, _ in plan.questions}
    if lacking := modes - {(row["mode"], row["n"]) for row in results["question"]}:
        yield f"question lacks rows: {sorted(lacking)}."
    rows = [("fanout", row, FANOUT) for row in results["fanout"]] + [("question", row, QUESTION) for row in results["question"]]
    rows += [(name, results.get(name, {}), keys) for name, keys in SINGLE.items()]
    for name, row, keys in rows:
        if absent := [key for key in keys if not isinstance(row.get(key), int | float | str)]:
            yield f"{name} lacks {', '.join(absent)}."


def _not_delivered(results: Results) -> Iterator[str]:
    """By us, and by the floor that all is divided by. What others lose stands in their row."""
    rows = [("fanout", row) for row in results["fanout"] if row["variant"] in ("ours", "floor_c")]
    rows += [("question", row) for row in results["question"]]
    rows += [(name, results[name]) for name in ("slow_clients", "acks_during_broadcast", "evening")]
    for name, row in rows:
        if row["missing"]:
            yield f"{name} {row.get('variant', row.get('mode', ''))} of {row['n']}: {row['missing']} deliveries are missing."
    back = results["reconnect"]
    if back["restored"] != back["n"]:
        yield f"Of {back['n']} devices that came back only {back['restored']} had their state."


def _too_many(results: Results) -> Iterator[str]:
    for row in results["question"]:
        if not row["as_planned"]:
            yield f"No question ({row['mode']}) to {row['n']} teams was answered in time, its deadline unmoved: a busy machine?"
        if row["messages"] > 3 * row["n"] + STAFF:
            yield f"A question to {row['n']} teams cost {row['messages']} messages, {3 * row['n'] + STAFF} are allowed."

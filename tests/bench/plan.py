"""How much is measured: the whole benchmark, and the quick one that only shows that everything can be measured."""

from dataclasses import dataclass

from tests.bench.variants import FLOOR, OTHERS, STARLETTE, Variant


@dataclass(frozen=True)
class Plan:
    """`others`: the variants beside ours. `questions`: (teams, questions of each mode), `standing`: (teams, own places),
    `evening`: (teams, questions)."""

    sizes: tuple[int, ...]
    others: tuple[Variant, ...]
    rounds: int
    questions: tuple[tuple[int, int], ...]
    laggards_among: int
    laggards_watched_s: float
    hall: int
    ack_rounds: int
    standing: tuple[int, int]
    standing_rounds: int
    evening: tuple[int, int]


WHOLE = Plan(
    sizes=(200, 1_000, 5_000, 10_000),
    others=OTHERS,
    rounds=21,
    questions=((1_000, 7), (5_000, 5)),
    laggards_among=2_000,
    laggards_watched_s=8.0,  # the stalled are sent away after ten
    hall=10_000,
    ack_rounds=15,
    standing=(100_000, 5_000),
    standing_rounds=25,
    evening=(1_000, 100),
)

QUICK = Plan(
    sizes=(200, 5_000),
    others=(FLOOR, STARLETTE),
    rounds=15,
    questions=((1_000, 2),),
    laggards_among=200,
    laggards_watched_s=2.0,
    hall=500,
    ack_rounds=3,
    standing=(10_000, 500),
    standing_rounds=5,
    evening=(100, 20),
)

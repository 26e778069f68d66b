"""Law: the fake and every real server say the same to any sequence of offers, rules, seals and drops."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizserver.battle.ids import BattleId, QuestionId
from quizserver.services.ports import BoxChange, Boxes, Ledger, Offered, StoreGone
from quizserver.stores import clients
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.ledger import RedisLedger
from tests.services.contracts.conftest import UrlOf
from tests.support.fakes.boxes import FakeBoxes
from tests.support.fakes.ledger import FakeLedger
from tests.support.fakes.memory import Memory
from tests.support.offers import OPEN, answer, tell
from tests.support.redis_servers import KINDS

QUESTIONS = [QuestionId("q"), QuestionId("r")]


@dataclass(frozen=True)
class Seal:
    question: QuestionId


@dataclass(frozen=True)
class Drop:
    question: QuestionId


Step = list[Offered] | BoxChange | Seal | Drop

offers = st.builds(
    answer,
    st.integers(1, 6),
    team=st.sampled_from(["gulls", "terns"]),
    device=st.sampled_from(["phone", "tablet", "laptop"]),
    value=st.sampled_from(["a", "b", 1, True, None, {"a": ("b",)}]),
    stamp_ms=st.integers(997, 1_004),
    seen=st.integers(0, 3),
    held=st.booleans(),
    question=st.sampled_from(QUESTIONS),
)
changes = st.builds(
    BoxChange,
    question=st.sampled_from(QUESTIONS),
    opening=st.just(1),
    counts=st.sampled_from(["last", "last", "first"]),
    opens_at_ms=st.integers(997, 999),
    cut_off_ms=st.none() | st.integers(1_000, 1_004),
    paused=st.sampled_from([False, False, False, True]),
    closed=st.sampled_from([False, False, True]),
)
steps = st.lists(
    st.lists(offers, max_size=6)
    | st.lists(offers, max_size=6)
    | changes
    | st.builds(Seal, st.sampled_from(QUESTIONS))
    | st.builds(Drop, st.sampled_from(QUESTIONS)),
    max_size=14,
)


async def played(ledger: Ledger, boxes: Boxes, battle: BattleId, steps: Sequence[Step]) -> list[object]:
    """What was said at each step and what there is at the end."""
    said: list[object] = [
        await tell(ledger, battle, *(replace(OPEN, question=question, opens_at_ms=998) for question in QUESTIONS))
    ]
    for step in steps:
        match step:
            case BoxChange():
                said.append(await tell(ledger, battle, step))
            case Drop():
                await boxes.drop(battle, step.question, 1)
            case Seal():
                try:
                    said.append(tuple(await boxes.seal(battle, step.question, 1)))
                except StoreGone:
                    said.append("not closed")
            case _:
                said.append(list(await boxes.offer(battle, step)))
    for question in QUESTIONS:
        said.append(tuple(await boxes.missed(battle, question, 1)))
        said.append(await boxes.count(battle, [(question, 1)]))
        said.append(await boxes.greatest_stamp(battle, [(question, 1)]))
        said.append(sorted(await boxes.standing(battle, question, 1), key=lambda each: each.team))
    return said


async def compare(url: str, steps: Sequence[Step]) -> None:
    memory, battle = Memory(), BattleId(secrets.token_hex(8))
    imagined = await played(FakeLedger(memory), FakeBoxes(memory), battle, steps)
    async with clients.for_commands(url) as redis:
        assert await played(RedisLedger(redis), RedisBoxes(redis), battle, steps) == imagined


@pytest.mark.parametrize("kind", KINDS)
@given(steps=steps)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_fake_and_the_real_boxes_agree(redis_url_of: UrlOf, kind: str, steps: list[Step]) -> None:
    asyncio.run(compare(redis_url_of(kind), steps))

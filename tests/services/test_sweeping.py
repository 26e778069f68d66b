"""Garbage is collected where nobody waits for an ack."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from quizserver.battle import commands as ask
from quizserver.services import sweeping
from quizserver.services.sweeping import Sweeping
from tests.services.evening import FIRST, HALL
from tests.services.processes import Store, done, running_on
from tests.services.test_leaderboard import CLOSED, SEALED, SHOWN

COLLECTED = (*CLOSED, *SEALED, ask.ConfirmCollected(venue=HALL, scope=FIRST))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "SETTLED_S", 0.02)


@asynccontextmanager
async def swept(store: Store) -> AsyncIterator[tuple[Sweeping, list[str]]]:
    """A process that sweeps, and what it swept."""
    walks: list[str] = []
    async with running_on(store) as running:
        ours = Sweeping(running, lambda: walks.append("a walk"))
        try:
            yield ours, walks
        finally:
            ours.close()


async def test_once_after_the_first_solution_of_a_row() -> None:
    store = Store()
    live = await store.begun(*COLLECTED)
    async with swept(store) as (_, walks):
        await done(live, ask.Reveal(), ask.Reveal())
        await asyncio.sleep(0.1)
        assert len(walks) == 1


async def test_not_while_answers_come_in() -> None:
    store = Store()
    live = await store.begun(*SHOWN)
    async with swept(store) as (ours, walks):
        await asyncio.sleep(0.1)
        ours._walk()
        assert walks == []
        await done(live, ask.CallLast(), ask.CloseAnswers())
        await asyncio.sleep(0.05)
        ours._walk()
        assert walks == ["a walk"]


async def test_not_after_the_end() -> None:
    store = Store()
    live = await store.begun(*COLLECTED)
    async with swept(store) as (ours, walks):
        await done(live, ask.Reveal())
        await asyncio.sleep(0.005)
        ours.close()
        await asyncio.sleep(0.05)
        assert walks == []

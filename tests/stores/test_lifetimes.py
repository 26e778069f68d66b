"""What a battle needs is in Redis for as long as the battle is, however long the evening; what has a lifetime is never missed."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from quizserver.battle import commands as ask
from quizserver.battle.commands import Command
from quizserver.battle.ids import AnswerId, SeatId, TeamId
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.battle.standings import standing
from quizserver.services.answering import Said
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish
from quizserver.services.ports import Recorded
from quizserver.services.running import Running
from quizserver.stores import clients
from tests.services.evening import CHOICE, NUMBER, RIGHT, WRONG, join, small_pack
from tests.support.redis_servers import running
from tests.support.two_processes import two_processes

TEAMS = 30
MAY_EXPIRE = ("leases", "drained")
"""Who is there now, and who has handed over what: each process says it again."""


class Playing:
    """Two processes of one battle on one real Redis, in an open question."""

    def __init__(self, redis: Redis, here: Running, there: Running, live: LiveBattle) -> None:
        self.redis, self.here, self.there, self.live = redis, here, there, live

    async def do(self, *commands: Command) -> None:
        for command in commands:
            outcome = await self.live.ask(command)
            assert not isinstance(outcome, Refused), outcome

    async def answer(self, value: str) -> list[Recorded]:
        """Every team at once, every other one at the other process; what they are told."""
        told: list[Recorded] = []
        for team in range(TEAMS):
            process = (self.here, self.there)[team % 2]
            said = Said(AnswerId(f"{team:032x}"), TeamId(f"t{team}"), SeatId("s"), CHOICE, 1, value, process.clock.now_ms())
            state = process.battles[self.live.id].known
            process.answering.receive(state, said, lambda reply: told.append(reply) if isinstance(reply, Recorded) else None)
        await asyncio.gather(*(process.answering.drained(self.live.id) for process in (self.here, self.there)))
        return told

    async def finish(self) -> None:
        await self.do(ask.CallLast(), ask.CloseAnswers())
        async with asyncio.timeout(10):
            while not all(box.sealed for box in self.live.known.boxes.values()):
                await asyncio.sleep(0.02)
        await self.do(ask.Reveal(), ask.Reveal(), ask.EndRound())

    async def mortal(self) -> dict[str, int]:
        """Keys that will go by themselves, and in how many milliseconds."""
        found = {name.decode(): int(await self.redis.pttl(name)) for name in await self.redis.keys() if isinstance(name, bytes)}
        assert any(self.live.id in name for name in found)
        return {name: left for name, left in found.items() if left != -1}


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with running("bundled", tmp_path) as url:
        yield url


@pytest.fixture
async def playing(url: str) -> AsyncIterator[Playing]:
    async with two_processes(url) as (here, there), clients.for_commands(url) as redis:
        live = await here.create(Wish(small_pack(), BattleSettings(pace=60)))
        assert isinstance(live, LiveBattle)
        battle = Playing(redis, here, there, live)
        await asyncio.gather(*(live.ask(join(team)) for team in range(TEAMS)))
        await battle.do(ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())
        other = await there.follow(live.id)
        async with asyncio.timeout(10):
            while other.head != live.head:
                await asyncio.sleep(0.02)
        yield battle


async def test_no_key_that_an_evening_needs_expires(playing: Playing) -> None:
    await playing.answer(RIGHT)
    open_ = await playing.mortal()
    await playing.finish()
    for name in {**open_, **await playing.mortal()}:
        assert name.startswith(f"{{{playing.live.id}}}:") and name.split(":")[1] in MAY_EXPIRE, name


async def test_what_may_expire_is_not_missed_when_it_has(playing: Playing) -> None:
    told = await playing.answer(RIGHT)
    for name in await playing.mortal():
        await playing.redis.delete(name)
    again = await playing.answer(RIGHT)
    assert [(each.id, each.revision) for each in sorted(again, key=lambda each: each.id)] == [
        (each.id, each.revision) for each in sorted(told, key=lambda each: each.id)
    ]
    await playing.finish()
    assert [place.points for place in standing(playing.live.known)] == [100] * TEAMS


async def test_answers_of_one_moment_to_two_processes_are_all_kept(playing: Playing) -> None:
    assert len(await playing.answer(WRONG)) == TEAMS
    await playing.finish()
    box = playing.live.known.boxes[CHOICE, 1]
    assert {row.value for row in box.answers.values()} == {WRONG} and len(box.answers) == TEAMS
    assert not playing.live.known.boxes[NUMBER, 1].answers

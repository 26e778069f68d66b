"""A real Redis loses its files in the middle of a question; the real archive brings the battle back at the next start."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.commands import Command
from quizserver.battle.ids import AnswerId, BattleId, SeatId, TeamId
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.services import archiving as archiving_module
from quizserver.services.answering import Said
from quizserver.services.archiving import Archiving
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish
from quizserver.services.ports import Recorded, Verdict
from quizserver.services.restoring import RestoredBattle, Restoring
from quizserver.services.running import Running, Stores
from quizserver.stores import clients
from quizserver.stores.archive import SqlArchive
from quizserver.stores.battle_secrets import RedisSecrets
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.embedded import start_redis
from quizserver.stores.feed import RedisFeed
from quizserver.stores.ledger import RedisLedger
from quizserver.stores.presence import RedisPresence
from quizserver.stores.seats import RedisSeatNews
from quizserver.stores.sql_source import archive_url
from tests.services.evening import CHOICE, RIGHT, join, small_pack

TEAMS = 40


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is lost here is Redis, and not the archive's last pass because the machine is busy."""
    monkeypatch.setattr(archiving_module, "GOODBYE_S", 30.0)


@asynccontextmanager
async def server(data: Path) -> AsyncIterator[tuple[Running, list[RestoredBattle]]]:
    """A whole server but for its pages, and what it restored at its start."""
    redis, archive = await start_redis(data, None), SqlArchive(archive_url(data, None))
    async with clients.for_commands(redis.url) as commands, clients.for_blocking_reads(redis.url) as reads:
        stores = Stores(
            RedisLedger(commands),
            RedisBoxes(commands),
            RedisFeed(commands, reads),
            RedisPresence(commands),
            RedisSecrets(commands),
            RedisSeatNews(commands),
        )
        restored = await Restoring(stores.ledger, stores.boxes, stores.presence, stores.secrets, archive, "test").restore()
        running = Running(stores)
        archiving = Archiving(running, archive)
        await running.open()
        archiving.begin()
        try:
            yield running, restored
        finally:
            await running.close()
            await archiving.finish()
            await archive.close()
            await redis.stop()


async def done(live: LiveBattle, *commands: Command) -> None:
    for command in commands:
        outcome = await live.ask(command)
        assert not isinstance(outcome, Refused), outcome


async def answer(running: Running, live: LiveBattle, number: int, value: object) -> list[Recorded]:
    """All teams' answers to the choice; what they are told."""
    told: list[Recorded] = []
    for team in range(TEAMS):
        said = Said(
            AnswerId(f"{team:016x}{number:016x}"), TeamId(f"t{team}"), SeatId("s"), CHOICE, 1, value, running.clock.now_ms()
        )
        running.answering.receive(live.known, said, lambda reply: told.append(reply) if isinstance(reply, Recorded) else None)
    await running.answering.drained(live.id)
    return told


async def begun(running: Running) -> LiveBattle:
    live = await running.create(Wish(small_pack(), BattleSettings(pace=60)))
    assert isinstance(live, LiveBattle)
    await asyncio.gather(*(live.ask(join(team)) for team in range(TEAMS)))
    await done(live, ask.StartRound(), ask.ShowQuestion(), ask.ShowQuestion())
    return live


async def test_a_battle_whose_redis_has_lost_its_files_goes_on_in_the_middle_of_a_question(tmp_path: Path) -> None:
    async with server(tmp_path) as (running, restored):
        assert restored == []
        live = await begun(running)
        await answer(running, live, 1, "wrong")
        assert [each.verdict for each in await answer(running, live, 2, RIGHT)] == [Verdict.RECORDED] * TEAMS
        battle, pin, before = live.id, live.known.pin, live.known
    shutil.rmtree(tmp_path / "redis")

    async with server(tmp_path) as (running, restored):
        assert [(each.battle, each.pin, each.lost["choice.1"]) for each in restored] == [(battle, pin, str(2 * TEAMS))]
        back = running.by_pin(pin)
        assert back is not None and back.id == battle
        assert back.known.teams == before.teams and back.known.phase is before.phase
        assert running.open_answers[battle].count((CHOICE, 1)) == TEAMS
        told = await answer(running, back, 2, RIGHT)  # devices that had no ack send again
        assert [(each.verdict, each.revision) for each in told] == [(Verdict.RECORDED, 2)] * TEAMS
        await done(back, ask.CallLast(), ask.CloseAnswers())
        await sealed(back)
        assert {row.value for row in back.known.boxes[CHOICE, 1].answers.values()} == {RIGHT}
        await done(back, ask.Reveal(), ask.Reveal(), ask.EndRound())

    async with server(tmp_path) as (running, restored):
        assert restored == []
        assert running.battles[battle].known.ended


async def sealed(live: LiveBattle) -> None:
    async with asyncio.timeout(10):
        while not all(box.sealed for box in live.known.boxes.values()):
            await asyncio.sleep(0.02)


async def test_the_archive_is_at_most_two_seconds_behind(tmp_path: Path) -> None:
    archive = SqlArchive(archive_url(tmp_path, None))
    async with server(tmp_path) as (running, _):
        live = await begun(running)
        await within(10, archive, live, answers=0)
        await done(live, ask.LockLobby(locked=True))
        await answer(running, live, 1, RIGHT)
        await within(2, archive, live, answers=TEAMS)
    await archive.close()


async def within(seconds: float, archive: SqlArchive, live: LiveBattle, answers: int) -> None:
    """Until everything is archived."""
    async with asyncio.timeout(seconds):
        while (await archive.head(live.id)).version < live.head.version or await answered(archive, live.id) < answers:
            await asyncio.sleep(0.05)


async def answered(archive: SqlArchive, battle: BattleId) -> int:
    return len((await archive.answers(battle)).get((CHOICE, 1), ()))

"""Two processes at one box in the same moment, on a real Redis."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quizserver.battle.ids import BattleId, QuestionId
from quizserver.stores import clients, keys
from quizserver.stores.asking import Word, ask
from quizserver.stores.boxes import RedisBoxes
from quizserver.stores.embedded import start_redis

WHERE = BattleId("battle"), QuestionId("question"), 1


async def test_box_that_another_process_drops_while_it_is_sealed_has_no_rows(tmp_path: Path) -> None:
    server = await start_redis(tmp_path, None)
    async with clients.for_commands(server.url) as redis:
        await ask(redis, "HSET", keys.box(*WHERE), "closed", 1)
        await ask(redis, "HSET", keys.rows(*WHERE), "answer", '1 100 team "x"')
        await ask(redis, "HSET", keys.teams(*WHERE), "team", "1 100 answer device 0")
        slow, quick = RedisBoxes(redis), RedisBoxes(redis)
        sealed = slow._seal

        async def sealed_and_slept(touched: Sequence[str], arguments: Sequence[Word]) -> Any:
            said = await sealed(touched, arguments)
            assert len(await quick.seal(*WHERE)) == 1
            await quick.drop(*WHERE)
            return said

        slow._seal = sealed_and_slept
        assert await slow.seal(*WHERE) == ()
    await server.stop()

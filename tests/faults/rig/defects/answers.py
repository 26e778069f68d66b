"""What can be wrong between an answer's frame and its row."""

import asyncio
from collections.abc import Sequence
from typing import Any

from quizserver.battle.ids import BattleId
from quizserver.battle.refusals import Refused
from quizserver.battle.state import BattleState
from quizserver.services.answering import Answering, Reply, Said, offer_of
from quizserver.services.deadlines import Deadlines
from quizserver.services.ports import Offered, Recorded, Verdict
from quizserver.stores import keys
from quizserver.stores.asking import ask, ask_all
from quizserver.stores.boxes import RedisBoxes
from tests.faults.rig.defects.scripts import rewrite

BEHIND_S = 0.5  # longer than a seal takes
BETWEEN_S = 0.05  # so that what comes meanwhile comes together next


def acks_before_it_appends() -> None:
    """Says "recorded" at once and writes behind."""
    receive = Answering.receive

    def too_soon(self: Answering, state: BattleState, said: Said, reply: Reply) -> None:
        offered = offer_of(state, said)
        if isinstance(offered, Refused):
            reply(offered)
            return
        reply(Recorded(Verdict.RECORDED, said.id, said.team, said.question, said.opening, 1, said.stamp_ms, offered.value))
        asyncio.get_running_loop().call_later(BEHIND_S, receive, self, state, said, lambda result: None)

    Answering.receive = too_soon  # type: ignore[method-assign]


def knows_no_repeats() -> None:
    """An answer that comes again is another answer."""
    rewrite("offer", ('local row = box.fresh[answer.id] or redis.call("HGET", box.rows, answer.id)', "local row"))


def reads_modifies_writes() -> None:
    """Reads all rows of a box, adds one and writes them all, with no script around it."""

    async def offer(self: RedisBoxes, battle: BattleId, batch: Sequence[tuple[Offered, bytes]]) -> list[Recorded]:
        return await asyncio.gather(*(_alone(self, battle, answer, value) for answer, value in batch))

    async def _alone(self: RedisBoxes, battle: BattleId, answer: Offered, value: bytes) -> Recorded:
        where = battle, answer.question, answer.opening
        rows: dict[Any, Any] = dict(await ask(self._redis, "HGETALL", keys.rows(*where)))
        await asyncio.sleep(BETWEEN_S)
        revision = 1 + sum(row.split(b" ")[2].decode() == answer.team for row in rows.values())
        rows[answer.id] = f"{revision} {answer.stamp_ms} {answer.team} ".encode() + value
        words = [word for pair in rows.items() for word in pair]
        standing = f"{revision} {answer.stamp_ms} {answer.id} {answer.device} 0"
        await ask_all(
            self._redis,
            [
                ("DEL", keys.rows(*where)),
                ("HSET", keys.rows(*where), *words),
                ("HSET", keys.teams(*where), answer.team, standing),
                ("HSET", keys.box(*where), "greatest", answer.stamp_ms),
            ],
        )
        said = answer.question, answer.opening, revision, answer.stamp_ms, answer.value
        return Recorded(Verdict.RECORDED, answer.id, answer.team, *said)

    RedisBoxes._offer_batch = offer  # type: ignore[method-assign]


def accepts_after_the_close() -> None:
    """Asks no cut-off while a box is closed and not sealed; and it takes its time to seal."""
    rewrite("offer", ('if box.cut_off and stamp > box.cut_off then return "late" end', ""))
    drain = Deadlines._drain

    async def slowly(self: Deadlines, cut_off_ms: int) -> None:
        await drain(self, cut_off_ms)
        await asyncio.sleep(BEHIND_S)

    Deadlines._drain = slowly  # type: ignore[method-assign]


def stamps_in_the_script() -> None:
    """The time of an answer is that of its script, not that of its frame."""
    time = 'redis.call("TIME")'
    now = f'(function() local t = {time} return t[1] .. string.format("%03d", math.floor(tonumber(t[2]) / 1000)) end)()'
    rewrite("offer", ("stamp = offered[first + 5]", f"stamp = {now}"))

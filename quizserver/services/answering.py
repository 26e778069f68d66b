"""Answers in: received synchronously, recorded in batches, each told what became of it.

One batch a battle is on its way at a time; what arrives meanwhile is the next one (group commit). While the store is gone answers
are kept with the stamps they were received at and offered again, for as long as a device would wait.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quizserver.battle.ids import AnswerId, BattleId, QuestionId, SeatId, TeamId
from quizserver.battle.kinds import kind_of
from quizserver.battle.questions import Plain
from quizserver.battle.refusals import Fault, Refused, wrong
from quizserver.battle.state import BattleState
from quizserver.services.battles import UNAVAILABLE
from quizserver.services.ports import Boxes, Offered, Recorded, StoreGone, Verdict

log = logging.getLogger("quizserver")
MOST_AT_ONCE = 500
TOGETHER_S = 0.004  # what trickles in goes together; the first one after a quiet moment goes at once
KEEP_TRYING_S = 30.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.05, 0.5  # people shall have their acks within 2 s of the store's return

Reply = Callable[[Recorded | Refused], None]
Waiting = Callable[[BattleId], Awaitable[None]]


class Said(NamedTuple):
    """An answer as a device sent it, before anybody looked at it. `stamp_ms`: battle time at reading the frame."""

    id: AnswerId
    team: TeamId
    device: SeatId
    question: QuestionId
    opening: int
    value: object
    stamp_ms: int
    seen: int = 0
    held: bool = False


@dataclass(slots=True)
class _Queue:
    waiting: list[tuple[Offered, Reply]] = field(default_factory=list)
    flying: int = 0
    next_at: float = 0.0
    task: asyncio.Task[None] | None = None


class Answering:
    """The intake of one process. `before_offering` runs before each batch: it notices that nobody was there for a while.
    `is_whole` runs before answers are told that their box is not open: it raises StoreGone where the store has lost the box."""

    def __init__(self, boxes: Boxes, before_offering: Waiting, is_whole: Waiting | None = None) -> None:
        self._boxes, self._before_offering, self._is_whole = boxes, before_offering, is_whole
        self._queues: dict[BattleId, _Queue] = {}
        self.on_recorded: list[Callable[[BattleId, list[Recorded]], None]] = []

    def receive(self, state: BattleState, said: Said, reply: Reply) -> None:
        """Takes an answer; `reply` is called exactly once, at once where it can never count, else when its box has spoken."""
        offered = offer_of(state, said)
        if isinstance(offered, Refused):
            reply(offered)
            return
        queue = self._queues.setdefault(state.battle, _Queue())
        queue.waiting.append((offered, reply))
        if queue.task is None or queue.task.done():
            queue.task = asyncio.create_task(self._flush(state.battle, queue), name=f"answers {state.battle}")

    def holds(self, battle: BattleId) -> int:
        """How many answers of a battle were received here and have not been told what became of them."""
        queue = self._queues.get(battle)
        return len(queue.waiting) + queue.flying if queue else 0

    async def drained(self, battle: BattleId) -> None:
        """Returns when everything received before this call has been told; at the latest when trying ends."""
        queue = self._queues.get(battle)
        if queue and queue.task:
            await asyncio.wait([queue.task])

    async def _flush(self, battle: BattleId, queue: _Queue) -> None:
        loop = asyncio.get_running_loop()
        while queue.waiting:
            if len(queue.waiting) < MOST_AT_ONCE and (left_s := queue.next_at - loop.time()) > 0:
                await asyncio.sleep(left_s)
            queue.next_at = loop.time() + TOGETHER_S
            batch, queue.waiting = queue.waiting[:MOST_AT_ONCE], queue.waiting[MOST_AT_ONCE:]
            queue.flying = len(batch)
            try:
                self._tell(battle, batch, await self._offer(battle, [offered for offered, _ in batch]))
            finally:
                queue.flying = 0

    async def _offer(self, battle: BattleId, offers: list[Offered]) -> list[Recorded] | Refused:
        """Offers until the store answers. Safe to repeat: an answer's id is recognised."""
        loop = asyncio.get_running_loop()
        give_up, pause_s = loop.time() + KEEP_TRYING_S, FIRST_PAUSE_S
        while True:
            try:
                await self._before_offering(battle)
                results = list(await self._boxes.offer(battle, offers))
                if self._is_whole and any(result.verdict is Verdict.NOT_OPEN for result in results):
                    await self._is_whole(battle)
                return results
            except StoreGone:
                if loop.time() > give_up:
                    return UNAVAILABLE
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            except Exception:  # a bug; devices keep what is refused for the time being, and send it again
                log.exception("battle %s: %d answers could not be offered", battle, len(offers))
                return UNAVAILABLE

    def _tell(self, battle: BattleId, batch: list[tuple[Offered, Reply]], results: list[Recorded] | Refused) -> None:
        told: Sequence[Recorded | Refused] = [results] * len(batch) if isinstance(results, Refused) else results
        for (_, reply), result in zip(batch, told, strict=True):
            try:
                reply(result)
            except Exception:  # one torn connection shall not keep the others from their acks
                log.exception("battle %s: an answer's reply failed", battle)
        if not isinstance(results, Refused):
            for listener in self.on_recorded:
                listener(battle, results)


def offer_of(state: BattleState, said: Said) -> Offered | Refused:
    """The answer in its kind's canonical form, or why it can never be one. Whether it is in time is the box's to say."""
    if said.team not in state.teams:
        return wrong("unknown_team")
    position = state.plan.positions.get(said.question)
    if position is None or said.opening < 1:
        return wrong("not_this_question")
    if said.opening > state.openings.get(said.question, 0):  # perhaps we are the process that is behind
        return Refused("not_open", Fault.MOMENT, temporary=True)
    question = state.plan.questions[position][1]
    try:
        value: Plain = kind_of(question).read(question, said.value)
    except ValueError as problem:
        return wrong(str(problem))
    return Offered(said.id, said.team, said.device, said.question, said.opening, value, said.stamp_ms, said.seen, said.held)

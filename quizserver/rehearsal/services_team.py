"""A phone without a network: joins, answers, is lost and comes back, straight at the services."""

import asyncio
from collections.abc import Callable
from functools import partial

from quizserver.battle.ids import AnswerId, QuestionId, SeatId, TeamId
from quizserver.battle.refusals import Refused
from quizserver.battle.views import team_view
from quizserver.rehearsal.line import Ack, NoReply, Refusal, Said, Seat
from quizserver.rehearsal.services_room import InRoom, Process
from quizserver.services import answering
from quizserver.services.ports import Recorded
from quizserver.services.seating import Seated, token_hash

Reply = Recorded | Refused


class ServicesDevice(InRoom):
    """A `Device`. It knows its token and nothing else that a phone would not know."""

    def __init__(self, next_process: Callable[[], Process], reply_s: float) -> None:
        super().__init__(next_process(), team_view)
        self._next_process, self._reply_s = next_process, reply_s
        self._token = ""
        self._seat = SeatId("")

    async def join(self, name: str) -> Seat | Refusal:
        async with asyncio.timeout(self._reply_s):
            return self._seated(await self.process.running.seating.join(self.process.live, name))

    async def take_seat(self, code: str) -> Seat | Refusal:
        async with asyncio.timeout(self._reply_s):
            return self._seated(await self.process.running.seating.add_device(self.process.live, code))

    def _seated(self, seated: Seated | Refused) -> Seat | Refusal:
        if isinstance(seated, Refused):
            return Refusal(seated.code)
        self._token, self._seat, self.team = seated.token, seated.seat, seated.team
        self.process.enter(self)
        return Seat(seated.team, seated.code)

    async def answer(self, said: Said) -> Ack:
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._receive(said, partial(_resolve, reply))
        try:
            async with asyncio.timeout(self._reply_s):
                outcome = await reply
        except TimeoutError:
            raise NoReply(f"An answer was not acknowledged for {self._reply_s:.0f} s.") from None
        if isinstance(outcome, Refused):
            return Ack(said.id, "refused", 0)
        return Ack(said.id, outcome.verdict.value, outcome.revision)

    async def send_only(self, said: Said) -> None:
        self._receive(said, lambda outcome: None)

    def _receive(self, said: Said, reply: Callable[[Reply], None]) -> None:
        team, question = self.team or TeamId(""), QuestionId(said.question)
        received = answering.Said(
            AnswerId(said.id), team, self._seat, question, said.opening, said.value, self.now_ms(), said.seen, said.held
        )
        self.process.running.answering.receive(self.process.live.known, received, reply)

    async def drop(self) -> None:
        self.process.leave(self)

    async def come_back(self) -> None:
        """By its token alone, at the next process, which may not have heard of the seat yet."""
        process = self._next_process()
        key = await process.finds(lambda state: state.seats.get(token_hash(self._token)), self._reply_s)
        self.team, self._seat = key.team, key.seat
        process.enter(self)


def _resolve(reply: "asyncio.Future[Reply]", outcome: Reply) -> None:
    if not reply.done():  # whoever waited may have given up
        reply.set_result(outcome)

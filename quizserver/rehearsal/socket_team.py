"""A phone over a real socket."""

import asyncio
import secrets

from quizserver.rehearsal.line import Ack, Refusal, Said, Seat
from quizserver.rehearsal.socket_client import SocketClient
from quizserver.rehearsal.unanswered import Message

MOST_TRIES, BETWEEN_TRIES_S = 20, 0.5


class SocketDevice(SocketClient):
    """A `Device`."""

    pin = ""

    async def join(self, name: str) -> Seat | Refusal:
        return await self._asked({"name": name})

    async def take_seat(self, code: str) -> Seat | Refusal:
        return await self._asked({"code": code})

    async def _asked(self, who: Message) -> Seat | Refusal:
        reply = await self.link.ask({"t": "join", "pin": self.pin, "id": secrets.token_hex(16), **who})
        return Refusal(reply["code"]) if reply["t"] == "refused" else Seat(reply["team"], reply["code"])

    async def answer(self, said: Said) -> Ack:
        """Tries again while the server says that it cannot for the moment, as a phone does."""
        for _ in range(MOST_TRIES):
            reply = await self.link.ask(_answer(said))
            if not reply.get("temporary"):
                break
            await asyncio.sleep(BETWEEN_TRIES_S)
        return Ack(said.id, reply["verdict"], reply["revision"])

    async def send_only(self, said: Said) -> None:
        await self.link.tell(_answer(said))

    async def drop(self) -> None:
        await self.link.drop()

    async def come_back(self) -> None:
        await self.link.open()


def _answer(said: Said) -> Message:
    return {
        "t": "answer",
        "id": said.id,
        "question": said.question,
        "opening": said.opening,
        "value": said.value,
        "seen": said.seen,
        "held": said.held,
    }

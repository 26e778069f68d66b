"""Desk and console over a real socket."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from quizserver.rehearsal.line import Operations, Refusal, View
from quizserver.rehearsal.socket_client import NOTHING, SocketClient
from quizserver.rehearsal.unanswered import Message

PAGE = 100
LATE_AT_A_TIME = 10  # each costs the server a standing


class _SocketStaff(SocketClient):
    """What desk and console have in common."""

    async def sit(self, scorekeeper: str, name: str, venue: str) -> Refusal | None:
        return _refusal(await self.link.ask({"t": "sit", "scorekeeper": scorekeeper, "name": name, "venue": venue}))

    async def marks(self, operations: Operations) -> Refusal | Sequence[str]:
        reply = await self.link.ask(_marks(operations))
        late: Sequence[str] = reply.get("result", NOTHING).get("late", ())
        return _refusal(reply) or late

    async def rows(self, **wanted: Any) -> list[View]:
        """All rows of a paged list."""
        rows: list[View] = []
        while True:
            reply = await self.link.ask({"t": "page", **wanted, "start": len(rows), "count": PAGE})
            page = reply.get("page", NOTHING).get("rows", ())
            rows += page
            if len(page) < PAGE:
                return rows


class SocketDesk(_SocketStaff):
    """A `Desk`."""

    async def collected(self, scope: str) -> Refusal | None:
        return _refusal(await self.link.ask({"t": "collected", "scope": scope}))

    async def sheets(self, scope: str) -> list[View]:
        return await self.rows(of="sheet", scope=scope)

    async def evening(self) -> list[View]:
        return await self.rows(of="evening")

    async def marks_torn(self, operations: Operations) -> None:
        await self.link.tear(_marks(operations))

    async def marks_unheard(self, operations: Operations) -> None:
        await self.link.ask(_marks(operations))  # whose answer is the proof that all has arrived: nobody looks at it
        await self.link.drop()

    async def drop(self) -> None:
        await self.link.drop()

    async def come_back(self) -> None:
        await self.link.open()


class SocketHost(_SocketStaff):
    """A `Host`. `fetch_export`: the lines of this battle's file, from wherever they can be had; `carry`: brings a desk's in."""

    fetch_export: Callable[[], Any]
    carry: Callable[[str, bytes], Awaitable[View | Refusal]]

    async def press(self, command: str, step: int | None = None, **args: Any) -> View | Refusal:
        message = {"t": "do", "command": command, "args": args} | ({} if step is None else {"step": step})
        reply = await self.link.ask(message)
        return _refusal(reply) or reply.get("result", NOTHING)

    async def sheets(self, venue: str, scope: str) -> list[View]:
        return await self.rows(of="sheet", scope=scope, venue=venue)

    async def late(self) -> list[View]:
        reply = await self.link.ask({"t": "page", "of": "late", "count": LATE_AT_A_TIME})
        rows: list[View] = reply.get("page", NOTHING).get("rows", [])
        return rows

    async def bring(self, venue: str, file: bytes) -> View | Refusal:
        return await self.carry(venue, file)

    async def standing(self) -> list[View]:
        return await self.rows(of="standing", which="total")

    async def export(self) -> list[bytes]:
        lines: list[bytes] = await self.fetch_export()
        return lines


def _marks(operations: Operations) -> dict[str, Any]:
    return {"t": "marks", "operations": list(operations)}


def _refusal(reply: Message) -> Refusal | None:
    if reply["t"] == "done" and not reply["ok"]:
        return Refusal(reply["refused"]["code"])
    return Refusal(reply["code"]) if reply["t"] == "refused" else None

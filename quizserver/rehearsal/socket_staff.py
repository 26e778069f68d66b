"""Desk and console over a real socket."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizserver.rehearsal.line import Refusal, View
from quizserver.rehearsal.socket_client import NOTHING, SocketClient
from quizserver.rehearsal.unanswered import Message

PAGE = 100


class _SocketStaff(SocketClient):
    """What desk and console have in common."""

    async def sit(self, scorekeeper: str, name: str, venue: str) -> Refusal | None:
        return _refusal(await self.link.ask({"t": "sit", "scorekeeper": scorekeeper, "name": name, "venue": venue}))

    async def marks(self, operations: Sequence[Mapping[str, Any]]) -> Refusal | None:
        return _refusal(await self.link.ask({"t": "marks", "operations": list(operations)}))

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


class SocketHost(_SocketStaff):
    """A `Host`. `fetch_export`: the lines of this battle's file, from wherever they can be had."""

    fetch_export: Callable[[], Any]

    async def press(self, command: str, step: int | None = None, **args: Any) -> View | Refusal:
        message = {"t": "do", "command": command, "args": args} | ({} if step is None else {"step": step})
        reply = await self.link.ask(message)
        return _refusal(reply) or reply.get("result", NOTHING)

    async def sheets(self, venue: str, scope: str) -> list[View]:
        return await self.rows(of="sheet", scope=scope, venue=venue)

    async def standing(self) -> list[View]:
        return await self.rows(of="standing", which="total")

    async def export(self) -> list[bytes]:
        lines: list[bytes] = await self.fetch_export()
        return lines


def _refusal(reply: Message) -> Refusal | None:
    if reply["t"] == "done" and not reply["ok"]:
        return Refusal(reply["refused"]["code"])
    return Refusal(reply["code"]) if reply["t"] == "refused" else None

"""What a desk without a network goes by: the evening as the server told it at its beginning, what the server said last, keys that
codes have opened, and what the host says on the phone."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from quizserver.rehearsal.line import View
from quizserver.rehearsal.trouble.by_phone import ByPhone
from quizserver.rehearsal.trouble.notebook import Operation
from quizserver.rehearsal.trouble.sealed import opened

Where = tuple[str, int, int, str]
"""Team, round and question as people call them, and what is written there."""


class Memory:
    """Of one desk. `said`: the latest view that the server sent."""

    def __init__(self, said: Callable[[], View], by_phone: ByPhone) -> None:
        self._said, self._by_phone = said, by_phone
        self._evening: Mapping[str, View] = {}
        self._opened: dict[str, list[dict[str, Any]]] = {}

    def keep(self, evening: Iterable[View]) -> None:
        """The rounds of the evening with the sheets of this venue, and their sealed keys."""
        self._evening = {row["scope"]: row for row in evening}

    def view(self, is_on: bool) -> View:
        """What the server said last, and over it what is known from elsewhere since."""
        seen = self._said()
        scopes = {scope: part for scope in self._evening if (part := self.scope(scope))}
        return {**seen, "phase": seen["phase"] if is_on else self._by_phone.phase, "scopes": scopes}

    def scope(self, scope: str) -> View:
        """{} before its round has begun."""
        row = self._evening[scope]
        said: View = self._said()["scopes"].get(scope, {})
        if "key" in said:
            return said
        if not said and not self._by_phone.has_begun(row["number"] - 1):
            return {}
        closed = {"closed": True} if self._by_phone.is_closed(row["number"] - 1) else {}
        key = {"key": self._opened[scope]} if scope in self._opened else {}
        return {"round": row["round"], "number": row["number"], **said, **closed, **key}

    def teams(self, scope: str) -> list[View]:
        """Whose sheets there are."""
        return list(self._evening[scope]["teams"])

    def where(self, operation: Operation) -> Where:
        """A cell whose key is known here."""
        row = next(row for row in self._evening.values() if row["round"] == operation["round"])
        team = next(team["name"] for team in row["teams"] if team["team"] == operation["team"])
        asked = [question["id"] for question in self.scope(row["scope"])["key"]]
        return team, row["number"], asked.index(operation["question"]) + 1, operation["value"]

    async def open_by_phone(self, collected: Iterable[str]) -> None:
        """The keys of what was collected and is not open yet, by the codes that the host reads out."""
        battle, venue = self._said()["battle"]["id"], self._said()["venue"]["id"]
        for scope in tuple(collected):
            if "key" not in self.scope(scope):
                code = await self._by_phone.code(venue, scope)
                self._opened[scope] = opened(self._evening[scope]["key"], code, battle, venue, scope)

"""The host's console as the rehearsal uses it: a press either works or ends the evening with a sentence."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.line import Host, Refusal, View
from quizserver.rehearsal.patience import Failed, until
from quizserver.rehearsal.playing import Playing

LOOKS_EVERY_S = 0.1


class Console:
    """`venues`: the server's names of the evening's venues, in the evening's order, once they are prepared."""

    def __init__(self, host: Host, playing: Playing) -> None:
        self.host, self._playing = host, playing
        self.venues: list[str] = []

    @property
    def view(self) -> View:
        return self.host.view

    @property
    def at_round(self) -> int:
        """The round on the stage, from 0; -1 in the lobby."""
        return int(self.view.get("round", {"number": 0})["number"]) - 1

    async def prepare(self, evening: Evening) -> list[str]:
        """Makes venues and paper teams; returns a desk's key for each venue."""
        await self.until(lambda: "venues" in self.view, "the console's first view")
        self.venues = [next(iter(self.view["venues"]))]
        await self.press("RenameVenue", venue=self.venues[0], name=evening.venues[0])
        for name in evening.venues[1:]:
            self.venues.append((await self.press("AddVenue", name=name))["venue"])
        for team in evening.paper:
            await self.press("JoinTeam", name=team.name, venue=self.venues[team.venue])
        return [(await self.press("AdmitStaff", role="desk", venue=venue))["token"] for venue in self.venues]

    async def press(self, command: str, step: int | None = None, **args: Any) -> View:
        """What it tells in return; raises Failed if it is refused. Somebody having been faster on this step is no failure."""
        told = await self.host.press(command, step, **args)
        if not isinstance(told, Refusal):
            return told
        if told.code == "stale":
            return {}
        raise Failed(f"The host's {command} was refused: {told.code}.")

    async def until(self, holds: Callable[[], bool], what: str, script_s: float = 0.0) -> None:
        """Waits for what is due in `script_s` and as long as one is patient."""
        await until(self, holds, script_s + self._playing.patience.step_s, what)

    async def changed(self) -> None:
        """Something is shown that was not, or it is time to look what else has happened."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOKS_EVERY_S):
                await self.host.changed()

"""The host at the table: settles what two scorekeepers see differently, and lets in the marks of venues that were late."""

import asyncio

from quizserver.rehearsal.console import Console
from quizserver.rehearsal.evening import Address, Evening
from quizserver.rehearsal.keyboard import Keyboard
from quizserver.rehearsal.line import Refusal, View
from quizserver.rehearsal.patience import Failed
from quizserver.rehearsal.playing import Playing

LOOKING_AT_PAPER_MS = 3_000
HOST = "Host"
NOTHING: View = {"disputes": {"rows": ()}, "waiting": ()}


class Judge:
    """`watch` runs beside the evening until it is cancelled."""

    def __init__(self, console: Console, evening: Evening, playing: Playing) -> None:
        self._console, self._evening, self._playing = console, evening, playing
        self._keyboard = Keyboard("host")
        self._done: set[object] = set()

    async def watch(self) -> None:
        while True:
            dispute, venue = self._next_dispute(), self._next_late_venue()
            if dispute:
                await self._settle(dispute)
            elif venue:
                await self._let_in(venue)
            else:
                await self._console.host.changed()

    def _attention(self) -> View:
        return self._console.view.get("attention", NOTHING)  # type: ignore[no-any-return]

    def _next_dispute(self) -> View | None:
        rows = self._attention()["disputes"]["rows"]
        return next((row for row in rows if _names(row) not in self._done), None)

    def _next_late_venue(self) -> View | None:
        """One that has said *collected* by now."""
        venues = self._console.view.get("venues", {})
        return next(
            (
                row
                for row in self._attention()["waiting"]
                if _said_so(venues[row["venue"]], row) and (row["venue"], row["scope"]) not in self._done
            ),
            None,
        )

    async def _settle(self, row: View) -> None:
        """Looks at the paper, and writes what stands there over what was entered."""
        self._done.add(_names(row))
        at_round, at = self._address(row)
        team = next(team for team in self._evening.paper if team.name == row["name"])
        self._playing.tally.sheets_disputed.add((team.name, at_round))
        await asyncio.sleep(self._playing.paced_s(LOOKING_AT_PAPER_MS))
        cell = {"venue": self._console.venues[team.venue], **{key: row[key] for key in ("team", "round", "question")}}
        operation = self._keyboard.mark(cell, team.sheets[at_round].marks[at], sorted(_names(row)))
        host = self._console.host
        refused = await host.sit(operation["who"], HOST, cell["venue"]) or await host.marks([operation])
        if isinstance(refused, Refusal):
            raise Failed(f"A dispute of {team.name} could not be settled: {refused.code}.")

    async def _let_in(self, row: View) -> None:
        self._done.add((row["venue"], row["scope"]))
        await asyncio.sleep(self._playing.paced_s(LOOKING_AT_PAPER_MS))
        await self._console.press("AcceptMarks", venue=row["venue"], scope=row["scope"])

    def _address(self, row: View) -> Address:
        for at_round, played in enumerate(self._console.view["run_sheet"]):
            if played["id"] == row["round"]:
                return at_round, [question["id"] for question in played["questions"]].index(row["question"])
        raise Failed("A dispute is about a round that the console does not know.")


def _names(row: View) -> frozenset[str]:
    return frozenset(each["name"] for each in row["present"])


def _said_so(venue: View, row: View) -> bool:
    return bool(venue.get("collected") and venue.get("scope") == row["scope"])

"""The host at the table: settles what two scorekeepers see differently, lets in the marks of venues that were late, and judges
sheets and corrections that came after their gates. Each time the paper decides: what does not stand there is turned away."""

import asyncio

from quizserver.rehearsal.console import Console
from quizserver.rehearsal.evening import Address, Evening
from quizserver.rehearsal.keyboard import Keyboard
from quizserver.rehearsal.line import Refusal, View
from quizserver.rehearsal.patience import Failed
from quizserver.rehearsal.playing import Playing

LOOKING_AT_PAPER_MS = 3_000
MOST_NAMES = 100  # of one verdict
HOST = "Host"
DEVICE = "host"
NOTHING: View = {"disputes": {"rows": ()}, "waiting": (), "late": {"count": 0}}
IN, OUT = "it stands on the paper", "the paper says otherwise"


class Judge:
    """`watch` runs beside the evening until it is cancelled."""

    def __init__(self, console: Console, evening: Evening, playing: Playing) -> None:
        self._console, self._evening, self._playing = console, evening, playing
        self._keyboard = Keyboard(DEVICE)
        self._done: set[object] = set()

    async def watch(self) -> None:
        while True:
            dispute, venue = self._next_dispute(), self._next_late_venue()
            if dispute:
                await self._settle(dispute)
            elif venue:
                await self._let_in(venue)
            elif self._attention()["late"]["count"]:
                await self._judge_late()
            else:
                await self._console.changed()

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
                if self._said_so(venues[row["venue"]], row) and (row["venue"], row["scope"]) not in self._done
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

    def _said_so(self, venue: View, row: View) -> bool:
        here = bool(venue.get("collected") and venue.get("scope") == row["scope"])
        return here or ((row["venue"], row["scope"]) in self._playing.tally.collected and self._is_revealed(row["scope"]))

    def _is_revealed(self, scope: str) -> bool:
        """Who collected before that is waited for no more, though the console may not show it yet."""
        played = next(one for one in self._console.view["run_sheet"] if one["id"] == scope)
        return any(question["is"] == "revealed" for question in played["questions"])

    async def _judge_late(self) -> None:
        """All that is on the table at the moment, in one look; there may be nothing any more."""
        sheets = await self._console.host.late()
        await asyncio.sleep(self._playing.paced_s(LOOKING_AT_PAPER_MS))
        over = sorted({name for sheet in sheets for name in sheet["over"]})
        held = [self._held_against_the_paper(sheet) for sheet in sheets]
        await self._say_of([name for right, _ in held for name in right], over, accepted=True, reason=IN)
        await self._say_of([name for _, wrong in held for name in wrong], over, accepted=False, reason=OUT)

    async def _say_of(self, names: list[str], over: list[str], accepted: bool, reason: str) -> None:
        for at in range(0, len(names), MOST_NAMES):
            some = names[at : at + MOST_NAMES]
            await self._console.press("JudgeLate", operations=some, over=over, accepted=accepted, reason=reason)

    def _held_against_the_paper(self, sheet: View) -> tuple[list[str], list[str]]:
        """Names of what stands there, and of what does not."""
        marks = next(team for team in self._evening.paper if team.name == sheet["name"]).sheets[sheet["number"] - 1].marks
        names: tuple[list[str], list[str]] = ([], [])
        for row in sheet["cells"]:
            _, at = self._address({"round": sheet["round"], "question": row["question"]})
            names[row["value"] != marks[at]].append(row["name"])
        return names

    def _address(self, row: View) -> Address:
        for at_round, played in enumerate(self._console.view["run_sheet"]):
            if played["id"] == row["round"]:
                return at_round, [question["id"] for question in played["questions"]].index(row["question"])
        raise Failed("A dispute is about a round that the console does not know.")


def _names(row: View) -> frozenset[str]:
    return frozenset(each["name"] for each in row["present"])

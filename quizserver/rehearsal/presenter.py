"""The host on the stage: presses the one key that the console shows, when it has been said what there is to say."""

import asyncio
from collections.abc import Callable

from quizserver.rehearsal.bots import ARRIVING_MS
from quizserver.rehearsal.console import Console
from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.patience import Failed
from quizserver.rehearsal.playing import Playing
from quizserver.rehearsal.scorekeepers import Typed
from quizserver.rehearsal.script import LATEST_COLLECTED_MS

SPEECH_MS = {
    "StartRound": 3_000,
    "ShowQuestion": 3_000,
    "OpenAnswers": 2_000,
    "CallLast": 1_000,
    "Reveal": 3_000,
    "EndRound": 4_000,
    "ShowStanding": 2_000,
    "ShowPodium": 5_000,
    "Finish": 5_000,
}
"""What is said before each press, at pace 1."""


class Presenter:
    """`play` presses from the lobby to the end. It closes nothing by hand: that is the clock's. `cut_off`: venues, as the server
    names them, for whose desks nobody waits at the moment."""

    def __init__(
        self,
        console: Console,
        evening: Evening,
        playing: Playing,
        say: Callable[[str], None],
        cut_off: Callable[[], set[str]] = set,
    ) -> None:
        self._console, self._evening, self._playing, self._say, self._cut_off = console, evening, playing, say, cut_off

    async def play(self, typed: Typed) -> None:
        teams = len(self._evening.online) + len(self._evening.paper)
        arrived = f"all {teams} teams in the lobby"
        await self._console.until(
            lambda: self._console.view["counts"]["teams"] == teams, arrived, self._playing.paced_s(ARRIVING_MS)
        )
        self._say(f"{teams} teams are there")
        while self._console.view["phase"] != "finished":
            if self._command in ("", "CloseAnswers"):
                await self._wait_for_the_server()
            else:
                await self._go_on(typed)

    @property
    def _command(self) -> str:
        return str(self._console.view["primary"]["command"])

    def _here(self) -> tuple[int, str]:
        """Differs after every press: a standing on the stage is no step of the evening, but changes what the key does."""
        return self._console.view["step"], self._command

    async def _go_on(self, typed: Typed) -> None:
        command, here = self._command, self._here()
        await self._before(command, typed)
        await asyncio.sleep(self._playing.paced_s(SPEECH_MS.get(command, 0)))
        self._announce(command)
        await self._console.press(command, step=here[0])
        await self._console.until(lambda: self._here() != here, f"an effect of {command}")

    async def _before(self, command: str, typed: Typed) -> None:
        """What a host waits for although the key would work already."""
        view = self._console.view
        if view["phase"] == "open" and (clock := view.get("clock")):
            await asyncio.sleep(max(0, clock["deadline"] - self._console.host.now_ms()) / 1000)
        if view["phase"] == "round_end" and command == "ShowStanding":
            await self._sheets_are_in(typed)

    async def _sheets_are_in(self, typed: Typed) -> None:
        longest_s = self._playing.longest_s([])
        try:
            async with asyncio.timeout(longest_s):
                await typed.all(self._console.at_round)
        except TimeoutError:
            raise Failed(f"The scorekeepers had not typed their sheets after {longest_s:.0f} s.") from None
        await self._console.until(self._nothing_is_left, "all sheets in the standing, without a dispute")

    def _nothing_is_left(self) -> bool:
        """But for what venues owe that have no network."""
        attention, sheets, cut_off = self._console.view["attention"], self._console.view["counts"]["sheets"], self._cut_off()
        if not cut_off and sheets["in"] != sheets["of"]:
            return False
        rows = (*attention["sheets"], *attention["disputes"]["rows"], *attention["waiting"])
        return all(row["venue"] in cut_off for row in rows)

    async def _wait_for_the_server(self) -> None:
        """Closing and sealing are the server's, collecting the venues'; a venue that is late is gone over."""
        here, view = self._here(), self._console.view
        clock_s = max(0, view.get("clock", {}).get("deadline", 0) - self._console.host.now_ms()) / 1000
        due_s, what = clock_s + self._playing.paced_s(LATEST_COLLECTED_MS), view["primary"]["waits"] or "the clock"
        await self._console.until(lambda: self._here() != here or self._only_late_ones_miss(), f"an end of {what}", due_s)
        if self._here() == here:
            await self._console.press("GoOnUncollected", step=here[0])
            await self._console.until(lambda: self._here() != here, "an effect of GoOnUncollected")

    def _only_late_ones_miss(self) -> bool:
        view, collecting = self._console.view, self._evening.collecting[self._console.at_round]
        late = {venue for venue, each in zip(self._console.venues, collecting, strict=True) if each.late} | self._cut_off()
        missing = {venue for venue, row in view["venues"].items() if row.get("missing")}
        return view["primary"]["waits"] == "collecting" and missing <= late

    def _announce(self, command: str) -> None:
        """What phones are about to show, for the latencies and for whoever watches."""
        view, at_round = self._console.view, self._console.at_round
        if command == "ShowQuestion":
            at = 0 if view["phase"] == "round_intro" else view["question"]["number"]
            self._playing.tally.pressed("question", (at_round, at))
            self._say(f"Round {at_round + 1}, question {at + 1} of {len(self._evening.rounds[at_round].questions)}")
        elif command == "ShowStanding":
            self._playing.tally.pressed("standing", at_round)
            self._say(f"Standing after round {at_round + 1}")

"""Scorekeepers: each confirms *collected*, waits for the key and types its sheets, with the slips of the script."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from quizserver.rehearsal.evening import Collecting, Entry, PaperTeam, PlayedRound
from quizserver.rehearsal.keyboard import Keyboard
from quizserver.rehearsal.line import Refusal, Typing, View
from quizserver.rehearsal.patience import Failed, reached, until
from quizserver.rehearsal.playing import Playing
from quizserver.rehearsal.trouble.plan import Extra

AFTER_A_ROUND = ("round_end", "final", "finished")


class Typed:
    """Who has typed everything of a round: how the host knows that no more sheets come."""

    def __init__(self, desks: int, rounds: int) -> None:
        self._left = [desks] * rounds
        self._all = [asyncio.Event() for _ in range(rounds)]
        for at_round in range(rounds if not desks else 0):
            self._all[at_round].set()

    def done(self, at_round: int) -> None:
        self._left[at_round] -= 1
        if not self._left[at_round]:
            self._all[at_round].set()

    async def all(self, at_round: int) -> None:
        await self._all[at_round].wait()


class Scorekeeper:
    """One person at one venue: 0 keeps the desk, 1 helps out with sheets that both have in hand. `extras`: what this person types
    beside the sheets, in a rehearsal of trouble."""

    def __init__(self, person: int, venue: int, teams: Iterable[PaperTeam], playing: Playing, extras: Iterable[Extra] = ()) -> None:
        self._person, self._playing, self._extras = person, playing, tuple(extras)
        self._teams = [team for team in teams if team.venue == venue]
        self._keyboard = Keyboard(f"desk-{venue + 1}-{person + 1}")

    async def play(self, desk: Typing, collecting: list[Collecting], rounds: tuple[PlayedRound, ...], typed: Typed) -> None:
        """`collecting` of this venue, by round. Ends when everything of the last round is typed."""
        venue = desk.view["venue"]["id"]
        refused = await desk.sit(self._keyboard.person_at(venue), f"Scorekeeper {self._person + 1}", venue)
        if isinstance(refused, Refusal):
            raise Failed(f"A scorekeeper could not sit down: {refused.code}.")
        for at_round, played in enumerate(rounds):
            longest_s, name = self._playing.longest_s([played]), f"the end of round {at_round + 1} at a desk"
            await until(desk, lambda at=at_round: bool(scope_of(desk.view, at).get("closed")), longest_s, name)  # type: ignore[misc]
            if not self._person:
                await self._collect(desk, at_round, collecting[at_round])
            await until(desk, lambda at=at_round: "key" in scope_of(desk.view, at), longest_s, "the key at a desk")  # type: ignore[misc]
            await self._type(desk, at_round)
            await self._type_extras(desk, at_round)
            typed.done(at_round)
        await desk.leave()

    async def _collect(self, desk: Typing, at_round: int, collecting: Collecting) -> None:
        if collecting.late:
            longest_s, what = self._playing.longest_s([]), f"the solutions of round {at_round + 1}"
            await until(desk, lambda: desk.view["phase"] in AFTER_A_ROUND, longest_s, what)
        await asyncio.sleep(self._playing.paced_s(collecting.at_ms))
        refused = await desk.collected(scope_of(desk.view, at_round)["scope"])
        if isinstance(refused, Refusal):
            raise Failed(f"A desk could not say that round {at_round + 1} is collected: {refused.code}.")

    async def _type(self, desk: Typing, at_round: int) -> None:
        scope, began_ms = scope_of(desk.view, at_round), desk.now_ms()
        teams = {row["name"]: row["team"] for row in await desk.sheets(scope["scope"])}
        for entry, team in self._entries(at_round):
            due_ms = began_ms + int(self._playing.paced_s(entry.at_ms) * 1000)
            await reached(desk, lambda due_ms=due_ms: due_ms)  # type: ignore[misc]
            self._playing.tally.sheets_sent.add((team, at_round))
            operations = self._operations(entry, {"venue": desk.view["venue"]["id"], "team": teams[team]}, scope)
            for _ in range(entry.times):
                await _enter(desk, team, operations)

    async def _type_extras(self, desk: Typing, after_round: int) -> None:
        for extra in (each for each in self._extras if each.after_round == after_round):
            scope = scope_of(desk.view, extra.at_round)
            team = next(row["team"] for row in await desk.sheets(scope["scope"]) if row["name"] == extra.team)
            entry = Entry(0, self._person, ((extra.at, extra.value),), corrects=extra.corrects)
            await _enter(desk, extra.team, self._operations(entry, {"venue": desk.view["venue"]["id"], "team": team}, scope))

    def _entries(self, at_round: int) -> list[tuple[Entry, str]]:
        entries = [(entry, team.name) for team in self._teams for entry in team.sheets[at_round].entries]
        return sorted(((entry, name) for entry, name in entries if entry.person == self._person), key=lambda pair: pair[0].at_ms)

    def _operations(self, entry: Entry, sheet: Mapping[str, str], scope: View) -> list[dict[str, Any]]:
        write = self._keyboard.correct if entry.corrects else self._keyboard.mark
        cells = [{**sheet, "round": scope["round"], "question": question["id"]} for question in scope["key"]]
        return [write(cells[at], mark) for at, mark in entry.marks]


async def _enter(desk: Typing, team: str, operations: list[dict[str, Any]]) -> None:
    refused = await desk.marks(operations)
    if isinstance(refused, Refusal):
        raise Failed(f"The sheet of {team} was refused: {refused.code}.")


def desks_of(teams: Iterable[PaperTeam]) -> list[tuple[int, int]]:
    """(venue, person) of everybody who has anything to type."""
    people: dict[int, set[int]] = defaultdict(set)
    for team in teams:
        people[team.venue] |= {0} | {entry.person for sheet in team.sheets for entry in sheet.entries}
    return [(venue, person) for venue in sorted(people) for person in sorted(people[venue])]


def scope_of(view: View, at_round: int) -> dict[str, Any]:
    """A round as a desk sees it, with its name under `scope`; {} before it has begun."""
    scopes = view.get("scopes", {}).items()
    return next(({**part, "scope": scope} for scope, part in scopes if part["number"] == at_round + 1), {})

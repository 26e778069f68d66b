"""The venues of an evening in trouble: two scorekeepers each, on two desks, whose networks come and go as the plan says."""

import asyncio
from asyncio import TaskGroup
from collections.abc import Coroutine, Mapping
from typing import Any

from quizserver.rehearsal.console import Console
from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.patience import until
from quizserver.rehearsal.playing import Playing
from quizserver.rehearsal.scorekeepers import Scorekeeper, Typed
from quizserver.rehearsal.trouble.by_phone import ByPhone
from quizserver.rehearsal.trouble.carrying import Brought, carry
from quizserver.rehearsal.trouble.desk import OfflineDesk
from quizserver.rehearsal.trouble.plan import Moment, Outage, Trouble, VenueTrouble
from quizserver.rehearsal.venues import Venues

PEOPLE = (0, 1)
PAUSE_MS = 4_000  # before a lost connection is tried again
CALM_S = 1.0  # in which nothing new has come: the console is told of marks a moment after their desk

Place = tuple[int, int]
"""Venue and person."""


class TroubledVenues(Venues):
    """`desks` by venue and person, `brought` what was carried, `outages` how often a network went."""

    def __init__(self, evening: Evening, playing: Playing, trouble: Trouble) -> None:
        super().__init__(evening, playing)
        self.trouble, self.brought, self.outages = trouble, Brought(), 0
        self.desks: dict[Place, OfflineDesk] = {}
        self.people = [(each.venue, person) for each in trouble.venues for person in PEOPLE]
        self._beside: list[asyncio.Task[None]] = []
        self._names: Mapping[Place, str] = {}

    async def open(self, group: TaskGroup, console: Console, keys: list[str], typed: Typed) -> None:
        by_phone = ByPhone(console)
        self._names = {(venue, person): console.venues[venue] for venue, person in self.people}
        for each in self.trouble.venues:
            for person in PEOPLE:
                place = (each.venue, person)
                self.desks[place] = await self._desk(place, keys[each.venue], by_phone, each)
            self.desks[each.venue, 0].colleague = self.desks[each.venue, 1]
        for each in self.trouble.venues:
            for person in PEOPLE:
                self._sit_down(group, each, person, by_phone, typed)
            if each.carried:
                self._start(group, self._carry(each, console, by_phone), f"carry {each.venue + 1}")
        self._start(group, self._pass_on(by_phone, console), "telephone")

    async def _desk(self, place: Place, key: str, by_phone: ByPhone, trouble: VenueTrouble) -> OfflineDesk:
        line = await self.playing.lines.desk(self._names[place], key)
        await until(line, lambda: "venue" in line.view, self.playing.patience.step_s, "a desk's first view")
        losses, pause_s = trouble.losses[place[1]], self.playing.paced_s(PAUSE_MS)
        desk = OfflineDesk(line, by_phone, losses, pause_s, lambda venue, scope: self.playing.tally.collected.add((venue, scope)))
        await desk.begin()
        return desk

    def _sit_down(self, group: TaskGroup, trouble: VenueTrouble, person: int, by_phone: ByPhone, typed: Typed) -> None:
        venue, desk = trouble.venue, self.desks[trouble.venue, person]
        extras = [extra for extra in trouble.extras if extra.person == person]
        keeper = Scorekeeper(person, venue, self.evening.paper, self.playing, extras)
        name = f"desk {venue + 1}-{person + 1}"
        group.create_task(keeper.play(desk, self.evening.collecting_at(venue), self.evening.rounds, typed), name=name)
        self._start(group, desk.keep_sending(), f"sending of {name}")
        self._start(group, self._cut(desk, trouble.outages[person], by_phone), f"network of {name}")

    def _start(self, group: TaskGroup, work: Coroutine[Any, Any, None], name: str) -> None:
        self._beside.append(group.create_task(work, name=name))

    async def _pass_on(self, by_phone: ByPhone, console: Console) -> None:
        """Who has no network hears all the same how far the evening is."""
        while True:
            await console.changed()
            for desk in self.desks.values():
                desk.hear_by_phone()

    async def _cut(self, desk: OfflineDesk, outages: tuple[Outage, ...], by_phone: ByPhone) -> None:
        for outage in outages:
            await by_phone.until(lambda at=outage.at_round: by_phone.has_begun(at))  # type: ignore[misc]
            await asyncio.sleep(self.playing.paced_s(outage.at_ms))
            if by_phone.is_past(Moment.END):
                return
            self.outages += 1
            await desk.cut()
            await asyncio.sleep(self.playing.paced_s(outage.lasts_ms))
            if outage.back is not None:
                await by_phone.until(lambda out=outage: by_phone.is_past(out.back, out.back_round))  # type: ignore[misc]
            await asyncio.sleep(self.playing.paced_s(outage.back_ms))
            await desk.restore()

    async def _carry(self, trouble: VenueTrouble, console: Console, by_phone: ByPhone) -> None:
        assert trouble.carried
        moment = trouble.carried
        await by_phone.until(lambda: by_phone.is_past(moment))
        for person in PEOPLE:
            desk = self.desks[trouble.venue, person]
            await carry(desk, self._names[trouble.venue, person], console.host, self.brought)
            self.playing.tally.collected |= {(self._names[trouble.venue, person], scope) for scope in desk.declared}

    # --- what the host waits for, and does not ---

    def cut_off(self) -> set[str]:
        return {self._names[place] for place, desk in self.desks.items() if desk.owes}

    async def all_is_in(self, console: Console) -> None:
        longest_s = self.playing.longest_s(self.evening.rounds)
        await console.until(lambda: not self.cut_off(), "all marks of all venues", longest_s)
        calm = Calm(CALM_S)
        await console.until(lambda: calm.holds(not _is_left(console)), "an end of late sheets and disputes", longest_s)

    async def close(self) -> None:
        for task in self._beside:
            task.cancel()
        await asyncio.wait(self._beside)
        for desk in self.desks.values():
            await desk.line.leave()


class Calm:
    """Whether something has held for a while, each time it is asked."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._since = seconds, float("inf")

    def holds(self, now: bool) -> bool:
        at = asyncio.get_running_loop().time()
        self._since = min(self._since, at) if now else float("inf")
        return at - self._since >= self._seconds


def _is_left(console: Console) -> bool:
    attention, sheets = console.view["attention"], console.view["counts"]["sheets"]
    waits = attention["late"]["count"] or attention["disputes"]["count"] or attention["waiting"]
    return bool(waits) or sheets["in"] != sheets["of"]

"""Whole evenings on the small pack, played over the services of two processes on one store, many of them at a time."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from quizserver.battle.settings import BattleSettings
from quizserver.rehearsal.evaluation import Seen
from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.known_pack import rounds_of
from quizserver.rehearsal.patience import Patience
from quizserver.rehearsal.rehearsing import rehearse
from quizserver.rehearsal.report import Report
from quizserver.rehearsal.script import Wish, evening
from quizserver.rehearsal.services_line import ServicesLines, services_lines
from quizserver.rehearsal.services_room import Process
from quizserver.rehearsal.standing import served, standing_file
from quizserver.rehearsal.trouble.drawing import trouble
from rounds.library import load
from rounds.written import Written
from tests.rounds.small_pack import small_written
from tests.support.two_processes import two_processes

PACE = 30

Lines = Callable[[Sequence[Process], float], ServicesLines]


@dataclass(frozen=True)
class Case:
    """One evening. `lines`: how it is spoken to the processes. `grace_ms`: the server's, where it differs from the pack's. `pack`:
    the folder of another one than the small one. `venue_trouble`: as the command's."""

    wish: Wish
    redis_url: str | None = None
    lines: Lines = ServicesLines
    patience: Patience = Patience()  # noqa: RUF009 - frozen
    grace_ms: int | None = None
    pack: Path | None = None
    venue_trouble: bool = False


@dataclass(frozen=True)
class Played:
    evening: Evening
    report: Report
    seen: Seen | None

    @property
    def standing(self) -> bytes:
        assert self.seen, self.report.wrong
        return standing_file(self.evening.pack, served(self.seen.standing))


def wish(online: int = 20, paper: int = 4, venues: int = 2, seed: int = 1, edge: bool = False) -> Wish:
    return Wish("small", online, paper, venues, seed, edge)


def play(cases: Mapping[str, Case]) -> Mapping[str, Played]:
    """All of them in one loop, so that they take no longer than the longest."""

    async def at_once() -> list[Played]:
        return await asyncio.gather(*map(_play, cases.values()))

    return dict(zip(cases, asyncio.run(at_once()), strict=True))


async def _play(case: Case) -> Played:
    written, online_only = load(str(case.pack)) if case.pack else small_written(), not case.wish.paper
    scripted = evening(case.wish, rounds_of(written, online_only))
    async with two_processes(case.redis_url) as runnings:
        settings = BattleSettings(pace=PACE, online_only=online_only)
        lines = await services_lines(runnings, _as_the_server_has_it(written, case), settings, case.patience.reply_s, case.lines)
        plan = trouble(scripted) if case.venue_trouble else None
        report, seen = await rehearse(scripted, lines, PACE, lambda line: None, case.patience, plan)
        lines.close()
    return Played(scripted, report, seen)


def _as_the_server_has_it(written: Written, case: Case) -> Written:
    if case.grace_ms is None:
        return written
    rounds = [one.model_copy(update={"grace_ms": case.grace_ms}) for one in written.pack.rounds]
    return replace(written, pack=written.pack.model_copy(update={"rounds": rounds}))

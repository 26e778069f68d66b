"""Plays one evening over the lines of one server, from the lobby to the podium, and reports.

It always ends: every wait has a limit, and the first thing that fails ends all others with one sentence.
"""

import asyncio
import time
from collections.abc import Callable

from quizserver.rehearsal.bots import ARRIVING_MS, Bot
from quizserver.rehearsal.console import Console
from quizserver.rehearsal.evaluation import Seen, evaluate
from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.judge import Judge
from quizserver.rehearsal.line import Lines, NoReply
from quizserver.rehearsal.patience import Failed, Patience
from quizserver.rehearsal.playing import Playing
from quizserver.rehearsal.presenter import Presenter
from quizserver.rehearsal.report import Report
from quizserver.rehearsal.scorekeepers import Scorekeeper, Typed, desks_of
from quizserver.rehearsal.tally import Tally

Say = Callable[[str], None]
PATIENCE = Patience()


async def rehearse(
    evening: Evening, lines: Lines, pace: int, say: Say, patience: Patience = PATIENCE
) -> tuple[Report, Seen | None]:
    """Never raises for what a server does or leaves undone: that stands in the report. `Seen` is what the files are made of."""
    began, tally, seen = time.perf_counter(), Tally(), None
    venues = len({team.venue for team in evening.paper})
    report = Report(evening.pack, len(evening.online), len(evening.paper), venues, evening.people)
    playing = Playing(lines, tally, patience, pace, evening.seed)
    try:
        async with asyncio.timeout(playing.paced_s(ARRIVING_MS) + 2 * playing.longest_s(evening.rounds)):
            seen = await _play(evening, playing, say)
        evaluate(report, evening, tally, seen)
    except TimeoutError:
        report.wrong.append("The evening did not come to its end in time.")
    except (Failed, NoReply) as failure:
        report.wrong.append(str(failure))
    report.seconds = time.perf_counter() - began
    return report, seen


async def _play(evening: Evening, playing: Playing, say: Say) -> Seen:
    console = Console(await playing.lines.host(), playing)
    try:
        keys = await console.prepare(evening)
        await _all_together(evening, playing, console, keys, say)
        return await _fetch(console, evening)
    finally:
        await console.host.leave()


async def _all_together(evening: Evening, playing: Playing, console: Console, keys: list[str], say: Say) -> None:
    """Raises the first failure of anybody."""
    desks = desks_of(evening.paper)
    typed = Typed(len(desks), len(evening.rounds))
    try:
        async with asyncio.TaskGroup() as group:
            judging = group.create_task(Judge(console, evening, playing).watch(), name="judge")
            presenting = group.create_task(Presenter(console, evening, playing, say).play(typed), name="presenter")
            presenting.add_done_callback(lambda _: judging.cancel())
            for team in evening.online:
                group.create_task(Bot(team, playing).play(evening.rounds), name=team.name)
            for venue, person in desks:
                desk = await playing.lines.desk(console.venues[venue], keys[venue])
                keeper, collecting = (
                    Scorekeeper(person, venue, evening.paper, playing),
                    [each[venue] for each in evening.collecting],
                )
                group.create_task(keeper.play(desk, collecting, evening.rounds, typed), name=f"desk {venue + 1}-{person + 1}")
    except* (Failed, NoReply) as failures:
        raise _first(failures) from None


def _first(failures: BaseExceptionGroup[Failed | NoReply]) -> Failed | NoReply:
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


async def _fetch(console: Console, evening: Evening) -> Seen:
    """Everything that is looked at afterwards, as the console can have it."""
    played = console.view["run_sheet"]
    questions = [[each["id"] for each in one["questions"] if each["is"] == "revealed"] for one in played]
    venues = [console.venues[at] for at in sorted({team.venue for team in evening.paper})]
    sheets = [[row for venue in venues for row in await console.host.sheets(venue, one["id"])] for one in played]
    standing = await console.host.standing()
    try:
        return Seen(standing, await console.host.export(), questions, sheets)
    except NoReply as why:
        return Seen(standing, [], questions, sheets, str(why))

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
from quizserver.rehearsal.scorekeepers import Typed
from quizserver.rehearsal.tally import Tally
from quizserver.rehearsal.trouble.figures import figures
from quizserver.rehearsal.trouble.plan import Trouble
from quizserver.rehearsal.trouble.venues import TroubledVenues
from quizserver.rehearsal.venues import Venues

Say = Callable[[str], None]
PATIENCE = Patience()


async def rehearse(
    evening: Evening, lines: Lines, pace: int, say: Say, patience: Patience = PATIENCE, trouble: Trouble | None = None
) -> tuple[Report, Seen | None]:
    """Never raises for what a server does or leaves undone: that stands in the report. `Seen` is what the files are made of.
    `trouble`: what goes wrong at the venues; None: all networks are perfect."""
    began, tally, seen = time.perf_counter(), Tally(), None
    with_paper = len({team.venue for team in evening.paper})
    report = Report(evening.pack, len(evening.online), len(evening.paper), with_paper, evening.people)
    playing = Playing(lines, tally, patience, pace, evening.seed)
    venues = TroubledVenues(evening, playing, trouble) if trouble else Venues(evening, playing)
    try:
        async with asyncio.timeout(playing.paced_s(ARRIVING_MS) + 2 * playing.longest_s(evening.rounds)):
            seen = await _play(evening, playing, venues, say)
        evaluate(report, evening, tally, seen)
        if isinstance(venues, TroubledVenues):
            report.trouble = figures(report, venues, tally, seen)
    except TimeoutError:
        report.wrong.append("The evening did not come to its end in time.")
    except (Failed, NoReply) as failure:
        report.wrong.append(str(failure))
    report.seconds = time.perf_counter() - began
    return report, seen


async def _play(evening: Evening, playing: Playing, venues: Venues, say: Say) -> Seen:
    console = Console(await playing.lines.host(), playing)
    try:
        keys = await console.prepare(evening)
        await _all_together(evening, playing, console, venues, keys, say)
        return await _fetch(console, evening)
    finally:
        await console.host.leave()


async def _all_together(evening: Evening, playing: Playing, console: Console, venues: Venues, keys: list[str], say: Say) -> None:
    """Raises the first failure of anybody."""
    typed = Typed(len(venues.people), len(evening.rounds))
    try:
        async with asyncio.TaskGroup() as group:
            judging = group.create_task(Judge(console, evening, playing).watch(), name="judge")
            presenter = Presenter(console, evening, playing, say, venues.cut_off)
            hosting = group.create_task(_host(presenter, console, playing, venues, typed), name="presenter")
            hosting.add_done_callback(lambda _: judging.cancel())
            for team in evening.online:
                group.create_task(Bot(team, playing).play(evening.rounds), name=team.name)
            await venues.open(group, console, keys, typed)
    except* (Failed, NoReply) as failures:
        raise _first(failures) from None


async def _host(presenter: Presenter, console: Console, playing: Playing, venues: Venues, typed: Typed) -> None:
    """To the end, and until nothing can come any more; then everybody may go home."""
    await presenter.play(typed)
    await venues.all_is_in(console)
    await venues.close()
    playing.end.amended = int(console.view.get("amended", {}).get("times", 0))
    playing.end.comes.set()


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

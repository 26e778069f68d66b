"""A venue's list for the table at the door: who comes, under which number, and where to tick that they are here and how many."""

from collections.abc import Iterator, Sequence

from quizserver.printing.job import Job, Listed, VenueList
from quizserver.printing.paper import MIDDLE, THICK, Paper
from quizserver.printing.words import spaced, words

LEFT, RIGHT, TOP, FIRST, LAST = 15.0, 195.0, 12.0, 52.0, 285.0
HIGH = 8.5  # of a row: a tick and a few written words
NUMBER, HERE, SAID, COUNTED, TEAM, NOTE = LEFT, LEFT + 23, LEFT + 38, LEFT + 55, LEFT + 70, LEFT + 150
Block = tuple[str, Sequence[Listed]]
"""Rows under a heading of their own ("" under the columns')."""


def draw_list(paper: Paper, job: Job, venue: VenueList) -> None:
    """All its pages: the teams, then the spare numbers with room for the names of those who take them."""
    teams = [row for row in venue.rows if row.team]
    spares = [row for row in venue.rows if not row.team]
    y = _begin(paper, job, venue)
    for row in _rows(teams, spares):
        if y + HIGH > LAST:
            y = _begin(paper, job, venue)
        if row is None:
            paper.say(LEFT, y + 6, words(job.language)["list.spare"], 11, heavy=True)
        else:
            _row(paper, job, y, row)
        y += HIGH


def _rows(teams: Sequence[Listed], spares: Sequence[Listed]) -> Iterator[Listed | None]:
    yield from teams
    if spares:
        yield None
        yield from spares


def _begin(paper: Paper, job: Job, venue: VenueList) -> float:
    """A new page with its head. Where its rows begin."""
    said = words(job.language)
    paper.add_page()
    paper.wordmark(LEFT, TOP, 6.5)
    paper.say_largest(LEFT, TOP + 17, venue.name, (22, 18, 14), 140)
    paper.say(LEFT, TOP + 24, _about(job, venue), 10, width=140)
    paper.say(LEFT, TOP + 30, venue.about, 10, width=140)
    paper.say(RIGHT - 35, TOP + 12, said["pin"], 8.5)
    paper.say(RIGHT - 35, TOP + 18.5, spaced(job.pin), 18, heavy=True)
    for x, label in ((NUMBER, "number"), (HERE, "here"), (SAID, "said"), (COUNTED, "counted"), (TEAM, "team"), (NOTE, "note")):
        paper.say(x, FIRST - 2.5, said[label], 8.5)
    paper.rule(LEFT, FIRST, RIGHT, FIRST, THICK)
    return FIRST


def _about(job: Job, venue: VenueList) -> str:
    paper = sum(1 for row in venue.rows if row.team and row.numbers)
    spares = sum(1 for row in venue.rows if not row.team)
    counts = {"paper": paper, "spares": spares, "phones": len(venue.rows) - paper - spares}
    return words(job.language)["list.about"].format(title=job.title, **counts)


def _row(paper: Paper, job: Job, y: float, row: Listed) -> None:
    numbers = ", ".join(f"{number:03}" for number in row.numbers)
    paper.say(NUMBER, y + 6.2, numbers, 12 if len(row.numbers) < 3 else 8, heavy=True, width=HERE - NUMBER - 2)
    paper.frame(HERE + 1, y + 1.8, 5, 5, MIDDLE)
    paper.say(SAID, y + 6.2, str(row.people or ""), 12)
    paper.frame(COUNTED, y + 1.5, 10, 5.6, MIDDLE)
    paper.say_largest(TEAM, y + 6.2, row.team, (12, 10, 8.5), NOTE - TEAM - 3)
    if row.team and not row.numbers:
        paper.say(NOTE, y + 6.2, words(job.language)["phones"], 9)
    paper.rule(LEFT, y + HIGH, RIGHT, y + HIGH)

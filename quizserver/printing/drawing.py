"""A job becomes a PDF."""

from collections.abc import Callable, Iterator
from functools import partial

from quizserver.printing.answer_sheet import draw_sheet
from quizserver.printing.job import CARDS_A_PAGE, Job
from quizserver.printing.join_cards import draw_cards
from quizserver.printing.paper import Paper
from quizserver.printing.venue_list import draw_list
from quizserver.printing.words import words


def drawn(job: Job, done: Callable[[int], None]) -> bytes:
    """The PDF. `done` is told after each piece of work how many there have been."""
    what = "sheets" if job.sheets else "list" if job.lists else "cards"
    paper = Paper(words(job.language)[f"title.{what}"].format(title=job.title), job.language)
    for at, piece in enumerate(_pieces(paper, job), 1):
        piece()
        done(at)
    return paper.finished()


def _pieces(paper: Paper, job: Job) -> Iterator[Callable[[], None]]:
    yield from (partial(draw_sheet, paper, job, sheet) for sheet in job.sheets)
    yield from (partial(draw_list, paper, job, venue) for venue in job.lists)
    for start in range(0, len(job.cards), CARDS_A_PAGE):
        yield partial(draw_cards, paper, job, job.cards[start : start + CARDS_A_PAGE])

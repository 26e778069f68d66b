"""Cards for teams that play on phones: whoever holds a camera over one is in that team. Eight to a page, to be cut apart."""

from collections.abc import Sequence

from quizserver.printing.job import CARDS_A_PAGE, Card, Job
from quizserver.printing.paper import HEIGHT, THIN, WIDTH, Paper
from quizserver.printing.words import spaced, words

ACROSS = 2
DOWN = CARDS_A_PAGE // ACROSS
WIDE, HIGH = WIDTH / ACROSS, HEIGHT / DOWN
EDGE = 8.0  # what printers cannot reach, and scissors miss
CODE = 38.0


def draw_cards(paper: Paper, job: Job, cards: Sequence[Card]) -> None:
    """One page of at most eight."""
    paper.add_page()
    for at, card in enumerate(cards):
        _card(paper, job, card, at % ACROSS * WIDE, at // ACROSS * HIGH)
    paper.set_dash_pattern(dash=1.5, gap=1.5)
    for n in range(1, ACROSS):
        paper.rule(n * WIDE, 0, n * WIDE, HEIGHT, THIN)
    for n in range(1, DOWN):
        paper.rule(0, n * HIGH, WIDTH, n * HIGH, THIN)
    paper.set_dash_pattern()


def _card(paper: Paper, job: Job, card: Card, x: float, y: float) -> None:
    said = words(job.language)
    left, wide = x + EDGE, WIDE - 2 * EDGE
    paper.say_largest(left, y + EDGE + 6, card.team, (17, 14, 12), wide)
    paper.code(left, y + EDGE + 11, CODE, card.address)
    words_left = left + CODE + 5
    for at, (label, value, size) in enumerate(
        ((said["card.pin"], spaced(job.pin), 17), (said["card.code"], card.code, 17), (said["card.where"], job.where, 9))
    ):
        paper.say(words_left, y + EDGE + 14 + at * 13.5, label, 7.5)
        paper.say_largest(words_left, y + EDGE + 20.5 + at * 13.5, value, (size, 8, 7), wide - CODE - 5)
    paper.say_lines(left, y + HIGH - EDGE - 4, said["card.how"], 8, wide, 1.25)

"""One team's sheet of one round: a drawing sheet with its title block, as the pages' other paper."""

from quizserver.battle.sheet_numbers import code_words
from quizserver.printing.job import Job, Line, RoundOnPaper, Sheet
from quizserver.printing.paper import MIDDLE, THICK, THIN, Paper
from quizserver.printing.words import spaced, words

LEFT, RIGHT, TOP, BOTTOM = 15.0, 195.0, 8.0, 289.0
HEAD, TEAM, COLUMNS, HOW, STAMP = 42.5, 58.0, 65.5, 237.0, 265.0
"""Where the head, the team's band, the names of columns, the lines, and the advice end."""
NUMBER_WIDE, MARK_WIDE = 14.0, 47.0
MOST_LINES = 20  # of a page: 8.5 mm each, what a hand can write into
MARKS = "10−?"
SENTENCES_PT, LABEL_PT, NAMES_PT = 9.5, 8.5, (15, 12, 10)


def pages_of(playing: RoundOnPaper) -> int:
    """How many pages a sheet of this round has."""
    return -(-len(playing.lines) // MOST_LINES)


def draw_sheet(paper: Paper, job: Job, sheet: Sheet) -> None:
    """All its pages. Each has the number, since pages are parted."""
    playing = job.rounds[sheet.round]
    for page in range(pages_of(playing)):
        paper.add_page()
        paper.frame(LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP)
        _head(paper, job, sheet, page)
        _team(paper, job, sheet)
        _lines(paper, job, playing.lines, page * MOST_LINES)
        _how(paper, job)
        _stamp(paper, job, sheet)


def _head(paper: Paper, job: Job, sheet: Sheet, page: int) -> None:
    playing = job.rounds[sheet.round]
    paper.wordmark(LEFT + 5, TOP + 4, 6.5)
    code_left = RIGHT - (HEAD - TOP)
    wide = code_left - LEFT - 9
    paper.say_largest(LEFT + 5, 29, playing.title, (24, 20, 16), wide)
    paper.say(LEFT + 5, 36.5, _about(job, playing, page), 11, width=wide)
    paper.code(code_left + 3, TOP + 3, HEAD - TOP - 6, code_words(job.pin, sheet.number))
    paper.rule(code_left, TOP, code_left, HEAD, MIDDLE)
    paper.rule(LEFT, HEAD, RIGHT, HEAD, THICK)


def _about(job: Job, playing: RoundOnPaper, page: int) -> str:
    said, pages = words(job.language), pages_of(playing)
    about = said["about"].format(n=playing.number, of=job.evening, questions=len(playing.lines))
    return f"{about}, {said['page'].format(n=page + 1, of=pages)}. {job.title}" if pages > 1 else f"{about}. {job.title}"


def _team(paper: Paper, job: Job, sheet: Sheet) -> None:
    """Whose it is; a table is written by hand."""
    said = words(job.language)
    venue, table = LEFT + 107, LEFT + 157
    _label(paper, LEFT + 5, HEAD + 4.2, said["team" if sheet.team else "spare"])
    _label(paper, venue + 3, HEAD + 4.2, said["venue"])
    _label(paper, table + 3, HEAD + 4.2, said["table"])
    paper.say_largest(LEFT + 5, TEAM - 4, sheet.team, NAMES_PT, venue - LEFT - 7)
    paper.say_largest(venue + 3, TEAM - 4, sheet.venue, NAMES_PT, table - venue - 5)
    for x in (venue, table):
        paper.rule(x, HEAD, x, TEAM, MIDDLE)
    paper.rule(LEFT, TEAM, RIGHT, TEAM, THICK)


def _lines(paper: Paper, job: Job, lines: tuple[Line, ...], start: int) -> None:
    said = words(job.language)
    answers, marks = LEFT + NUMBER_WIDE, RIGHT - MARK_WIDE
    shown = lines[start : start + MOST_LINES]
    high = (HOW - COLUMNS) / (len(shown) if len(lines) <= MOST_LINES else MOST_LINES)
    paper.say_centred(LEFT + NUMBER_WIDE / 2, COLUMNS - 2.6, "№", LABEL_PT)
    _label(paper, answers + 2, COLUMNS - 2.6, said["answer"])
    _label(paper, marks + 2, COLUMNS - 2.6, said["mark"])
    for at, line in enumerate(shown):
        top = COLUMNS + at * high
        paper.rule(LEFT, top, RIGHT, top)
        paper.say_centred(LEFT + NUMBER_WIDE / 2, top + high / 2 + 2.6, str(start + at + 1), 18, heavy=True)
        hint = ", ".join(filter(None, (said.get(f"line.{line.hint}"), line.unit)))
        paper.say(answers + 2, top + high - 1.5, hint, min(LABEL_PT, high), width=marks - answers - 4)
        if line.hint != "number":
            _circles(paper, marks, top + high / 2, min(8.0, high - 1.5))
    bottom = COLUMNS + len(shown) * high
    paper.rule(LEFT, bottom, RIGHT, bottom)
    for x in (answers, marks):
        paper.rule(x, TEAM, x, bottom)


def _circles(paper: Paper, left: float, middle: float, wide: float) -> None:
    """What a scorekeeper fills: the marks that a desk knows."""
    paper.set_line_width(THIN)
    for at, mark in enumerate(MARKS):
        x = left + MARK_WIDE * (at + 0.5) / len(MARKS)
        paper.circle(x, middle, wide / 2)
        paper.say_centred(x, middle + 1.3, mark, 10 if wide > 6 else 9)


def _how(paper: Paper, job: Job) -> None:
    said = words(job.language)
    half = (RIGHT - LEFT) / 2
    paper.say_lines(LEFT + 5, HOW + 5.5, said["team.how"], SENTENCES_PT, half - 10)
    paper.say_lines(LEFT + half + 3, HOW + 5.5, said["scorekeeper"], SENTENCES_PT, half - 8)


def _stamp(paper: Paper, job: Job, sheet: Sheet) -> None:
    """The title block: what a hand writes above, what is printed below."""
    said = words(job.language)
    part = said["part"].format(n=job.rounds[sheet.round].number, of=job.evening)
    left, middle = RIGHT - 138, (STAMP + BOTTOM) / 2
    cells = (
        (left, said["sum"], said["pin"], spaced(job.pin), 13),
        (left + 36, said["signature"], said["round"], part, 13),
        (left + 72, said["entered"], said["sheet"], sheet.number, 16),
    )
    paper.rule(left, STAMP, RIGHT, STAMP, THICK)
    paper.rule(left, middle, RIGHT, middle)
    for x, above, below, value, size in cells:
        paper.rule(x, STAMP, x, BOTTOM, THICK if x == left else MIDDLE)
        paper.say(x + 2.5, STAMP + 3.6, above, 7.5)
        paper.say(x + 2.5, middle + 3.6, below, 7.5)
        paper.say(x + 2.5, BOTTOM - 2.2, value, size, heavy=True)


def _label(paper: Paper, x: float, y: float, text: str) -> None:
    paper.say(x, y, text, LABEL_PT)

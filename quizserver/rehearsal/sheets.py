"""How a paper team's sheet of one round comes in: at once or late, in one message or two, twice, corrected, from two people
who agree, or who do not until the host has looked at the paper."""

from collections.abc import Callable
from random import Random

from quizserver.rehearsal.evening import Entry, Sheet, Value

SHEET_MS = 2_500  # in which a scorekeeper types one sheet, at pace 1
SECOND_PERSON_MS = 6_000  # after which the other one has the same sheet in his hands
BLANK = "-"

Marks = tuple[tuple[int, str], ...]
Way = Callable[[Random, int, Marks], tuple[Entry, ...]]


def sheet(rng: Random, written: tuple[Value | None, ...], marks: tuple[str, ...], nth: int, late_ms: int) -> Sheet:
    """The `nth` sheet on the table of its venue, from 0, put off by `late_ms`."""
    way = rng.choices([way for way, _ in _WAYS], [share for _, share in _WAYS])[0]
    at_ms = late_ms + SHEET_MS * (nth + 1) + rng.randint(0, SHEET_MS)
    return Sheet(written, marks, way(rng, at_ms, tuple(enumerate(marks))))


def _at_once(rng: Random, at_ms: int, marks: Marks) -> tuple[Entry, ...]:
    return (Entry(at_ms, 0, marks),)


def _twice(rng: Random, at_ms: int, marks: Marks) -> tuple[Entry, ...]:
    return (Entry(at_ms, 0, marks, times=2),)


def _out_of_order(rng: Random, at_ms: int, marks: Marks) -> tuple[Entry, ...]:
    half = len(marks) // 2
    return Entry(at_ms, 0, marks[half:]), Entry(at_ms + SHEET_MS, 0, marks[:half], times=2)


def _corrected(rng: Random, at_ms: int, marks: Marks) -> tuple[Entry, ...]:
    slip = _with_slip(rng, marks)
    return Entry(at_ms, 0, slip), Entry(at_ms + SHEET_MS, 0, _differing(marks, slip), corrects=True)


def _two_agree(rng: Random, at_ms: int, marks: Marks) -> tuple[Entry, ...]:
    return Entry(at_ms, 0, marks), Entry(at_ms + SECOND_PERSON_MS, 1, marks)


def _two_disagree(rng: Random, at_ms: int, marks: Marks) -> tuple[Entry, ...]:
    """Either of them may be the one who is mistaken."""
    pair = [marks, _with_slip(rng, marks)]
    rng.shuffle(pair)
    return Entry(at_ms, 0, pair[0]), Entry(at_ms + SECOND_PERSON_MS, 1, pair[1])


def _with_slip(rng: Random, marks: Marks) -> Marks:
    at = rng.randrange(len(marks))
    return tuple((question, slipped(mark) if question == at else mark) for question, mark in marks)


def slipped(mark: str) -> str:
    """What is entered by mistake: the other mark, or a digit too many."""
    return {"1": "0", "0": "1", BLANK: "0"}.get(mark, f"{mark}1")


def _differing(marks: Marks, slip: Marks) -> Marks:
    return tuple(right for right, wrong in zip(marks, slip, strict=True) if right != wrong)


_WAYS: tuple[tuple[Way, float], ...] = (
    (_at_once, 0.45),
    (_twice, 0.15),
    (_out_of_order, 0.1),
    (_corrected, 0.1),
    (_two_agree, 0.1),
    (_two_disagree, 0.1),
)
"""Every way with its share."""

"""What the columns of a table are, by the words over them, in Russian and English."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NUMBER = frozenset({"номер листа", "номер", "лист", "№", "№ листа", "sheet number", "sheet", "number", "no"})
NAME = frozenset({"команда", "название", "название команды", "team", "name", "team name"})
ROUND = frozenset({"раунд", "тур", "round"})
MASK = frozenset({"маска", "mask"})
TOTAL = frozenset({"итог", "итого", "сумма", "всего", "итог листа", "total", "sum", "sheet total"})
PLACE = frozenset({"место", "place"})
"""Of a standing: its points are what came of marks, and are no totals of sheets."""
_QUESTION = re.compile(r"(?:вопрос|question|в|q)? ?(\d{1,2})")
_ROUND = re.compile(r"(?:раунд|тур|round|р|r) ?(\d{1,2})(?:\D.*)?")
_BARE_ROUND = re.compile(r"(\d{1,2})(?:\D.*)?")


@dataclass(frozen=True, slots=True)
class Head:
    """Where things stand, as indices of columns; None where they do not. `questions` and `rounds` by column, from 1."""

    number: int | None = None
    name: int | None = None
    round: int | None = None
    mask: int | None = None
    total: int | None = None
    questions: Mapping[int, int] = field(default_factory=dict)
    rounds: Mapping[int, int] = field(default_factory=dict)


def head_of(cells: Sequence[str]) -> Head | None:
    """None for a row that does not say where teams stand and where something about them."""
    words = [plain(cell) for cell in cells]
    if not PLACE.isdisjoint(words):
        return None
    questions, rounds = _numbered(words, _QUESTION), _numbered(words, _ROUND)
    number, name, playing, mask, total = (_first(words, known) for known in (NUMBER, NAME, ROUND, MASK, TOTAL))
    head = Head(number, name, playing, mask, total, questions, {} if questions else rounds)
    has_teams = head.number is not None or head.name is not None
    return head if has_teams and (head.mask is not None or head.total is not None or questions or rounds) else None


def round_named(text: str, titles: Sequence[str], bare: bool = False) -> int | None:
    """The round, from 1, that a tab, a line or a cell names by its number or by its title. `bare`: a number alone will do."""
    words = plain(text)
    found = _ROUND.fullmatch(words) or (_BARE_ROUND.fullmatch(words) if bare else None)
    if found:
        return int(found[1]) if 1 <= int(found[1]) <= len(titles) else None
    known = [plain(title) for title in titles]
    return known.index(words) + 1 if words and words in known else None


def plain(text: str) -> str:
    """Words as they are compared: in small letters, ё as е, without points and double blanks."""
    return " ".join(text.casefold().replace("ё", "е").strip(" .:").split())


def _first(words: Sequence[str], known: frozenset[str]) -> int | None:
    return next((at for at, word in enumerate(words) if word in known), None)


def _numbered(words: Sequence[str], pattern: re.Pattern[str]) -> Mapping[int, int]:
    return {at: int(found[1]) for at, word in enumerate(words) if (found := pattern.fullmatch(word))}

"""Answers of one box: their canonical order, which of a team's revisions stands, and the digest a seal carries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from operator import attrgetter

from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import TeamId
from quizserver.battle.questions import Plain

MOST_ROWS = 500
"""Rows of one AnswersRecorded entry, so that no single append holds the store for long."""


order: Callable[[AnswerRow], tuple[int, str, str]] = attrgetter("stamp_ms", "id", "team")
"""(stamp, id): the order that decides, never that of arrival; the team only parts twins of a dishonest device."""


def canonical(rows: Iterable[AnswerRow]) -> tuple[AnswerRow, ...]:
    """In the order that decides."""
    return tuple(sorted(rows, key=order))


def parts(rows: Sequence[AnswerRow]) -> Iterable[tuple[AnswerRow, ...]]:
    """Slices of at most MOST_ROWS; none for an empty box."""
    return (tuple(rows[start : start + MOST_ROWS]) for start in range(0, len(rows), MOST_ROWS))


def with_rows(standing: Mapping[TeamId, AnswerRow], rows: Iterable[AnswerRow]) -> Mapping[TeamId, AnswerRow]:
    """For every team the answer that stands, the greatest by (stamp, id), once these rows have come to those that stood.

    Its revision is the team's latest, another row's if an older stamp came later: what a team was told of never falls."""
    result = dict(standing)
    for row in rows:
        known = result.get(row.team)
        result[row.team] = row if known is None else _of_two(known, row)
    return result


def _of_two(one: AnswerRow, other: AnswerRow) -> AnswerRow:
    stands = one if order(other) < order(one) else other
    latest = max(one.revision, other.revision)
    return stands if stands.revision == latest else replace(stands, revision=latest)


def digest_of_rows(rows: Sequence[AnswerRow]) -> str:
    """sha256 over the rows, one line each; equal for equal sets in canonical order."""
    lines = (f"{row.team} {row.id} {row.revision} {row.stamp_ms} {plain_text(row.value)}\n" for row in rows)
    return sha256("".join(lines).encode()).hexdigest()


def plain_text(value: Plain) -> str:
    """A plain value in one unambiguous form; lists and tuples are the same."""
    match value:
        case bool() | None:
            return repr(value)
        case int():
            return f"i{value}"
        case str():
            return f"s{len(value)}:{value}"
        case tuple() | list():
            return "[" + ",".join(map(plain_text, value)) + "]"
        case _:
            pairs = ((plain_text(key), plain_text(item)) for key, item in value.items())
            return "{" + ",".join(f"{key}={item}" for key, item in sorted(pairs)) + "}"

"""Answers of boxes that are still open, in the archive, within one transaction."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from quizserver.battle.answers import canonical
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, QuestionId, TeamId
from quizserver.services.ports import Recorded
from quizserver.stores import plain_values
from quizserver.stores.inserting import insert_new
from quizserver.stores.tables import AnswerInBox

WRITE_AT_ONCE = 1000  # rows a statement, as of entries

Box = tuple[QuestionId, int]


async def add(connection: AsyncConnection, number: int, answers: Sequence[Recorded]) -> None:
    """Those that are not there yet."""
    for start in range(0, len(answers), WRITE_AT_ONCE):
        rows = [_columns(number, answer) for answer in answers[start : start + WRITE_AT_ONCE]]
        await insert_new(connection, AnswerInBox, rows)


async def by_box(connection: AsyncConnection, number: int) -> Mapping[Box, Sequence[AnswerRow]]:
    """All of a past."""
    columns = (AnswerInBox.question, AnswerInBox.opening, AnswerInBox.team, AnswerInBox.id)
    wanted = select(*map(col, columns), col(AnswerInBox.revision), col(AnswerInBox.stamp_ms), col(AnswerInBox.value))
    boxes: dict[Box, list[AnswerRow]] = {}
    for row in await connection.execute(wanted.where(col(AnswerInBox.number) == number)):
        boxes.setdefault((QuestionId(row.question), row.opening), []).append(_answer(row))
    return {box: canonical(rows) for box, rows in boxes.items()}


async def forget(connection: AsyncConnection, number: int, boxes: Collection[Box]) -> None:
    """These boxes, or nothing if there are none."""
    if boxes:
        here = (and_(col(AnswerInBox.question) == question, col(AnswerInBox.opening) == opening) for question, opening in boxes)
        await connection.execute(delete(AnswerInBox).where(col(AnswerInBox.number) == number, or_(*here)))


async def forget_all(connection: AsyncConnection, number: int) -> None:
    """All boxes of a past."""
    await connection.execute(delete(AnswerInBox).where(col(AnswerInBox.number) == number))


def _columns(number: int, answer: Recorded) -> dict[str, Any]:
    return {
        "number": number,
        "question": answer.question,
        "opening": answer.opening,
        "id": answer.id,
        "team": answer.team,
        "revision": answer.revision,
        "stamp_ms": answer.stamp_ms,
        "value": plain_values.to_bytes(answer.value),
    }


def _answer(row: Any) -> AnswerRow:
    return AnswerRow(TeamId(row.team), AnswerId(row.id), row.revision, row.stamp_ms, plain_values.from_bytes(row.value))

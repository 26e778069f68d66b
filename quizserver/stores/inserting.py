"""Inserting rows that may be there already, in the words of each database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel


async def insert_new(connection: AsyncConnection, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Those whose key is not there yet; one row at least.

    The rows are arguments of a statement that is compiled once, and not a part of it: to spell out a thousand rows stands still for
    half a second."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    await connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)

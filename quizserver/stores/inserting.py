"""Inserting rows that may be there already, in the words of each database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel


async def insert_new(connection: AsyncConnection, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    """Those whose key is not there yet; one row at least."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    await connection.execute(dialect.insert(table).values(rows).on_conflict_do_nothing())

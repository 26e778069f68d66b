"""The archive of a data folder for somebody who is not the server: looked into where there is one, and never made."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from quizserver.stores.archive import SqlArchive
from quizserver.stores.sql_source import archive_url, may_be_there


@asynccontextmanager
async def present_archive(data: Path, database_url: str | None) -> AsyncIterator[SqlArchive | None]:
    """That of DATABASE_URL, else the file in the data folder; None where there is no such file. Raises ArchiveUnavailable."""
    url = archive_url(data, database_url)
    if not may_be_there(url):
        yield None
        return
    archive = SqlArchive(url)
    try:
        yield archive
    finally:
        await archive.close()

"""Brings the archive's tables up to date. Alembic is imported only when that is done: nobody else needs it."""

from pathlib import Path

from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Connection) -> None:
    """All migrations that this database has not seen. Raises alembic's CommandError for a database of a newer program."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

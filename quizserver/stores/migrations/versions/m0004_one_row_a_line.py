"""A line of a file is announced once in a battle, however many take the file at the same moment. Of rows that are there twice
already the first keeps its line; the others stay, as if a form had brought them, and look alike to the host."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
FROM_A_FILE = sa.text("source <> ''")


def upgrade() -> None:
    op.execute(
        "UPDATE announced SET source = '' WHERE source <> '' AND EXISTS (SELECT 1 FROM announced AS first"
        " WHERE first.battle = announced.battle AND first.source = announced.source"
        " AND (first.at_ms < announced.at_ms OR (first.at_ms = announced.at_ms AND first.id < announced.id)))"
    )
    op.create_index(
        "announced_once",
        "announced",
        ["battle", "source"],
        unique=True,
        sqlite_where=FROM_A_FILE,
        postgresql_where=FROM_A_FILE,
    )

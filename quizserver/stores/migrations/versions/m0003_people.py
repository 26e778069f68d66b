"""Teams that announced themselves, and those who represent venues."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "announced",
        sa.Column("battle", sa.String, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("captain", sa.String, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("venue", sa.String, nullable=True),
        sa.Column("contact", sa.String, nullable=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False),
        sa.Column("fate", sa.String, nullable=False),
        sa.Column("into", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("link", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_index("ix_announced_link", "announced", ["link"])
    op.create_table(
        "representatives",
        sa.Column("battle", sa.String, primary_key=True),
        sa.Column("venue", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
    )

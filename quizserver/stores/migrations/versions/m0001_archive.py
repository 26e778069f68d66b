"""Battles, their entries, and the answers in open boxes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "battles",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("battle", sa.String, nullable=False),
        sa.Column("pin", sa.String, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("set_aside", sa.Boolean, nullable=False),
    )
    one_past = sa.text("NOT set_aside")
    op.create_index("battles_one_past", "battles", ["battle"], unique=True, sqlite_where=one_past, postgresql_where=one_past)
    op.create_table(
        "entries",
        sa.Column("number", sa.Integer, sa.ForeignKey("battles.number"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("hash", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("beside", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("number", sa.Integer, sa.ForeignKey("battles.number"), primary_key=True),
        sa.Column("question", sa.String, primary_key=True),
        sa.Column("opening", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("stamp_ms", sa.BigInteger, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )

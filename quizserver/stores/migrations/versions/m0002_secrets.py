"""The secret of each battle."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "secrets",
        sa.Column("battle", sa.String, primary_key=True),
        sa.Column("secret", sa.LargeBinary, nullable=False),
    )

"""What Alembic runs: our migrations on the connection that `migrating.py` hands over."""

from alembic import context
from sqlmodel import SQLModel

from quizserver.stores import tables

assert tables.BattleRow.__table__ is not None  # type: ignore[attr-defined]  # imported, so that the metadata knows the tables

context.configure(connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()

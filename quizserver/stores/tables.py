"""The archive's tables. What changes here needs a migration beside it; a test holds the two against each other.

There is no personal data in them but what the ledger has: a team's display name, beside an entry, where it can be blanked.
"""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

ONE_PAST = text("NOT set_aside")


class BattleRow(SQLModel, table=True):
    """A battle's past. One is going on; others of the same battle were set aside, since the ledger came back with another one."""

    __tablename__ = "battles"
    __table_args__ = (Index("battles_one_past", "battle", unique=True, sqlite_where=ONE_PAST, postgresql_where=ONE_PAST),)

    number: int | None = Field(default=None, primary_key=True)
    battle: str
    pin: str
    epoch: int
    set_aside: bool = False


class EntryRow(SQLModel, table=True):
    """One line of a ledger, to the byte."""

    __tablename__ = "entries"

    number: int = Field(primary_key=True, foreign_key="battles.number")
    version: int = Field(primary_key=True)
    hash: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    beside: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class SecretRow(SQLModel, table=True):
    """The secret of a battle, whatever its past: the codes of its teams are derived from it."""

    __tablename__ = "secrets"

    battle: str = Field(primary_key=True)
    secret: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class AnswerInBox(SQLModel, table=True):
    """One revision of an answer in a box that is not sealed yet; gone once the seal is archived."""

    __tablename__ = "answers"

    number: int = Field(primary_key=True, foreign_key="battles.number")
    question: str = Field(primary_key=True)
    opening: int = Field(primary_key=True)
    id: str = Field(primary_key=True)
    team: str
    revision: int
    stamp_ms: int = Field(sa_column=Column(BigInteger, nullable=False))
    value: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # JSON, as plain_values.py writes it

"""The archive's tables. What changes here needs a migration beside it; a test holds the two against each other.

Personal data is in two places: names beside entries, where they can be blanked, and the rows of people, which can be deleted.
"""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

ONE_PAST = text("NOT set_aside")
FROM_A_FILE = text("source <> ''")


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


class AnnouncedRow(SQLModel, table=True):
    """A team that announced itself: personal data, which stands nowhere else."""

    __tablename__ = "announced"
    __table_args__ = (
        Index("announced_once", "battle", "source", unique=True, sqlite_where=FROM_A_FILE, postgresql_where=FROM_A_FILE),
    )

    battle: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    name: str
    captain: str
    people: int
    venue: str | None
    contact: str
    at_ms: int = Field(sa_column=Column(BigInteger, nullable=False))
    fate: str
    into: str
    source: str
    link: str = Field(index=True)
    revision: int


class RepresentativeRow(SQLModel, table=True):
    """Who represents a venue: personal data."""

    __tablename__ = "representatives"

    battle: str = Field(primary_key=True)
    venue: str = Field(primary_key=True)
    name: str


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

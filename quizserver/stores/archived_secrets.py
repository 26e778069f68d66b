"""The secrets of battles in the archive, within one transaction."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from quizserver.battle.ids import BattleId
from quizserver.stores.inserting import insert_new
from quizserver.stores.tables import SecretRow


async def put(connection: AsyncConnection, battle: BattleId, secret: bytes) -> None:
    """The first one stays."""
    await insert_new(connection, SecretRow, [{"battle": battle, "secret": secret}])


async def of_battle(connection: AsyncConnection, battle: BattleId) -> bytes | None:
    """None where none was put."""
    wanted = select(col(SecretRow.secret)).where(col(SecretRow.battle) == battle)
    found: bytes | None = (await connection.execute(wanted)).scalar_one_or_none()
    return found

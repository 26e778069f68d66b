"""The secret of each battle. It is in no ledger and no export; the archive has it, so that a Redis that was emptied has it back."""

import secrets

from redis.asyncio import Redis

from quizserver.battle.ids import BattleId
from quizserver.stores import keys
from quizserver.stores.asking import ask, ask_all

SECRET_BYTES = 32


class RedisSecrets:
    """The port `Secrets`. `redis`: a client of clients.for_commands."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def of_battle(self, battle: BattleId) -> bytes:
        key = keys.secret(battle)
        _, known = await ask_all(self._redis, [("SET", key, secrets.token_bytes(SECRET_BYTES), "NX"), ("GET", key)])
        return bytes(known)

    async def put_back(self, battle: BattleId, secret: bytes) -> None:
        await ask(self._redis, "SET", keys.secret(battle), secret, "NX")

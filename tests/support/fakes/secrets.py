"""The port `Secrets` in memory: the secret of a battle is a digest of its id, the same in every test, until it is lost."""

from hashlib import sha256

from quizserver.battle.ids import BattleId
from tests.support.fakes.memory import Memory


class FakeSecrets:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def of_battle(self, battle: BattleId) -> bytes:
        self._memory.check()
        return self._memory.secrets.setdefault(battle, sha256(battle.encode() + bytes(self._memory.losses)).digest())

    async def put_back(self, battle: BattleId, secret: bytes) -> None:
        self._memory.check()
        self._memory.secrets.setdefault(battle, secret)

"""Receipts: what a device keeps of an answer that was acknowledged, and shows where everything else was lost.

A receipt proves that this server recorded this answer of this team to this opening, and when. It holds nothing secret, and without
the key nobody makes one. All servers of a data folder have one key, so each knows the others' receipts.
"""

from hashlib import blake2b
from hmac import compare_digest

from quizserver.battle.answers import plain_text
from quizserver.battle.ids import BattleId
from quizserver.services.ports import Offered, Recorded

MAC_BYTES = 16
KEY_BYTES = 32


class Receipts:
    """Those of one data folder. Making one takes some microseconds: each ack has one."""

    def __init__(self, key: bytes) -> None:
        self._keyed = blake2b(key=key, digest_size=MAC_BYTES)

    def of(self, battle: BattleId, answer: Recorded) -> str:
        """`<stamp_ms>.<revision>.<mac>` of an answer that was recorded."""
        return self._receipt(battle, answer, answer.stamp_ms, answer.revision)

    def stamp_ms(self, battle: BattleId, answer: Offered, receipt: str) -> int | None:
        """When the answer was received, if the receipt is ours and is this answer's. `receipt`: as the wire lets it in."""
        stamp_ms, revision, _ = receipt.split(".")
        ours = self._receipt(battle, answer, int(stamp_ms), int(revision))
        return int(stamp_ms) if compare_digest(ours, receipt) else None

    def _receipt(self, battle: BattleId, answer: Recorded | Offered, stamp_ms: int, revision: int) -> str:
        mac = self._keyed.copy()
        what = f"{battle} {answer.team} {answer.id} {answer.question} {answer.opening} {revision} {stamp_ms}"
        mac.update(f"{what} {plain_text(answer.value)}".encode())
        return f"{stamp_ms}.{revision}.{mac.hexdigest()}"

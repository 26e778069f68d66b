"""The ledger on Redis: one stream a battle, written only by append.lua. See scripts/ for what is compared and what is atomic."""

from collections.abc import Mapping, Sequence
from typing import Any

from redis.asyncio import Redis

from quizserver.battle.ids import BattleId
from quizserver.services.ports import AcceptedLater, Appended, BoxChange, Entry, Head, LostRace
from quizserver.stores import keys
from quizserver.stores.asking import Word, ask, ask_all
from quizserver.stores.lua import script

HEAD_FIELDS = ("epoch", "version", "hash")


class RedisLedger:
    """The port `Ledger`. `redis`: a client of clients.for_commands."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._append, self._register = script(redis, "append"), script(redis, "register")

    async def battles(self) -> Mapping[BattleId, str]:
        return battles_of(await ask(self._redis, "HGETALL", keys.BATTLES))

    async def register(self, battle: BattleId, pin: str) -> bool:
        return bool(await self._register([keys.BATTLES, keys.PINS], [battle, pin]))

    async def append(
        self, battle: BattleId, seen: Head, entries: Sequence[Entry], boxes: Sequence[BoxChange], epoch: int | None = None
    ) -> Appended | LostRace | AcceptedLater:
        """Raises ValueError if the entries are none or not numbered on from `seen`: the caller's bug, and nothing is written."""
        if not entries or [entry.version for entry in entries] != list(range(seen.version + 1, seen.version + 1 + len(entries))):
            raise ValueError(f"the entries do not continue entry {seen.version}")
        arguments: list[Word] = [seen.epoch, seen.version, seen.hash, seen.epoch if epoch is None else epoch, len(entries)]
        for entry in entries:
            arguments += (entry.version, entry.body, entry.hash, entry.beside)
        for change in boxes:
            arguments += _rules(change)
        touched = [keys.box(battle, change.question, change.opening) for change in boxes]
        return _outcome(await self._append([keys.ledger(battle), keys.head(battle), *touched], arguments))

    async def read(self, battle: BattleId, after: int = 0, most: int = 1000) -> Sequence[Entry]:
        found = await ask(self._redis, "XRANGE", keys.ledger(battle), f"({after}-0", "+", "COUNT", most)
        return [entry_of(*raw) for raw in found]

    async def head(self, battle: BattleId) -> Head:
        return (await self.heads([battle]))[battle]

    async def heads(self, battles: Sequence[BattleId]) -> Mapping[BattleId, Head]:
        found = await ask_all(self._redis, [("HMGET", keys.head(battle), *HEAD_FIELDS) for battle in battles])
        return dict(zip(battles, map(head_of, found), strict=True))


def battles_of(found: Mapping[bytes, bytes]) -> Mapping[BattleId, str]:
    """The register of battles as Redis has it, in the order in which they were made."""
    numbered = sorted((int(entry.split()[0]), battle, entry.split()[1]) for battle, entry in found.items())
    return {BattleId(battle.decode()): pin.decode() for _, battle, pin in numbered}


def head_of(fields: Sequence[bytes | None]) -> Head:
    """From HEAD_FIELDS as Redis has them: missing while the ledger is empty."""
    epoch, version, last = fields[:3]
    return Head(int(epoch or 0), int(version or 0), (last or b"").decode())


def entry_of(key: bytes, fields: Mapping[bytes, bytes]) -> Entry:
    """An entry of the stream."""
    return Entry(int(key.split(b"-")[0]), fields[b"body"], fields[b"hash"].decode(), fields[b"beside"])


def _rules(change: BoxChange) -> tuple[Word, ...]:
    cut_off = "" if change.cut_off_ms is None else change.cut_off_ms
    return change.counts, change.opens_at_ms, cut_off, int(change.paused), int(change.closed)


def _outcome(reply: Sequence[Any]) -> Appended | LostRace | AcceptedLater:
    match reply:
        case [b"appended", *head]:
            return Appended(head_of(head))
        case [b"lost", epoch, version, last, missing]:
            return LostRace(head_of((epoch, version, last)), tuple(entry_of(key, _paired(fields)) for key, fields in missing))
        case [_, greatest]:
            return AcceptedLater(int(greatest))
        case _:  # pragma: no cover
            raise AssertionError(f"append.lua said {reply!r}")


def _paired(fields: Sequence[bytes]) -> Mapping[bytes, bytes]:
    return dict(zip(fields[::2], fields[1::2], strict=True))

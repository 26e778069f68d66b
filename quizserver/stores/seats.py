"""News of seats that were taken: a short stream that each process reads to its end."""

from collections.abc import Iterator, Sequence

from redis.asyncio import Redis

from quizserver.battle.ids import BattleId, SeatId
from quizserver.services.ports import SeatTaken
from quizserver.stores import keys
from quizserver.stores.asking import Word, ask_all

KEPT = 100  # calls of `tell`: four a second and process, so some ten seconds
KEPT_S = 60
BEGINNING = b"0-0"


class RedisSeatNews:
    """The port `SeatNews`. `redis`: a client of clients.for_commands."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def tell(self, taken: Sequence[SeatTaken]) -> None:
        lines = "\n".join(f"{each.battle} {each.seat} {each.at_ms} {each.by}" for each in taken)
        said: tuple[Word, ...] = ("XADD", keys.SEATS, "MAXLEN", KEPT, "*", "taken", lines)
        await ask_all(self._redis, [said, ("EXPIRE", keys.SEATS, KEPT_S)])

    async def since(self, place: str) -> tuple[Sequence[SeatTaken], str]:
        # The last one is asked for too: where a store was emptied and its clock put back, all ids are below our place.
        last: tuple[Word, ...] = ("XREVRANGE", keys.SEATS, "+", "-", "COUNT", 1)
        if not place:
            [newest] = await ask_all(self._redis, [last])
            return [], _place(newest)
        newest, found = await ask_all(self._redis, [last, ("XRANGE", keys.SEATS, f"({place}", "+")])
        return [each for _, fields in found for each in _taken(fields)], _place(found or newest)


def _place(entries: Sequence[tuple[bytes, object]]) -> str:
    """That of the last one."""
    return (entries[-1][0] if entries else BEGINNING).decode()


def _taken(fields: dict[bytes, bytes]) -> Iterator[SeatTaken]:
    for line in fields[b"taken"].decode().splitlines():
        battle, seat, at_ms, by = line.split(" ")
        yield SeatTaken(BattleId(battle), SeatId(seat), int(at_ms), by)

"""The boxes on Redis: answers in batches through offer.lua, out again when they are sealed."""

from collections.abc import Iterator, Mapping, Sequence

from redis.asyncio import Redis

from quizserver.battle.answers import canonical
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, BattleId, QuestionId, TeamId
from quizserver.services.ports import Offered, Recorded, StoreGone, TeamAnswer, Verdict
from quizserver.stores import keys, plain_values
from quizserver.stores.asking import Word, ask, ask_all
from quizserver.stores.heard import Heard
from quizserver.stores.lua import packed, script

DROPPED = b"="  # see keys.rows
MOST_ANSWERS = 500  # so that no call holds Redis for more than some milliseconds
MOST_BYTES = 256 * 1024  # of values, for the same reason

VERDICTS = {verdict.value: verdict for verdict in Verdict}

Box = tuple[QuestionId, int]


class RedisBoxes:
    """The port `Boxes`. `redis`: a client of clients.for_commands. `heard`: that of the process's feed."""

    def __init__(self, redis: Redis, heard: Heard | None = None) -> None:
        self._redis, self._heard = redis, heard or Heard()
        self._offer, self._seal, self._drop = script(redis, "offer"), script(redis, "seal"), script(redis, "drop")
        self._put_back = script(redis, "put_back")

    async def offer(self, battle: BattleId, answers: Sequence[Offered]) -> Sequence[Recorded]:
        results: list[Recorded] = []
        for batch in _batches([(answer, plain_values.to_bytes(answer.value)) for answer in answers]):
            results += await self._offer_batch(battle, batch)
        return results

    async def _offer_batch(self, battle: BattleId, batch: Sequence[tuple[Offered, bytes]]) -> list[Recorded]:
        numbers: dict[Box, int] = {}
        words: list[Word] = []
        for answer, value in batch:
            number = numbers.setdefault((answer.question, answer.opening), len(numbers))
            words += (number, answer.id, answer.team, answer.device, value, str(answer.stamp_ms), answer.seen, answer.held)
        touched = [keys.head(battle), keys.answers(battle)]
        for box in numbers:
            touched += (keys.box(battle, *box), keys.rows(battle, *box), keys.teams(battle, *box), keys.missed(battle, *box))
        name = self._heard.next_name()
        said: Sequence[bytes] = await self._offer(touched, [packed(words), name])
        self._heard.add(name)
        return [_recorded(answer, words) for (answer, _), words in zip(batch, said, strict=True)]

    async def standing(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[TeamAnswer]:
        found = await ask(self._redis, "HGETALL", keys.teams(battle, question, opening))
        teams = [(team, row.split(b" ")) for team, row in found.items()]
        if not teams:
            return ()
        # A row only changes when its box is dropped, so the rows may come by a second command.
        rows = await ask(self._redis, "HMGET", keys.rows(battle, question, opening), *(latest[2] for _, latest in teams))
        answers = (_team_answer(team, latest, row) for (team, latest), row in zip(teams, rows, strict=True))
        return [answer for answer in answers if answer]

    async def count(self, battle: BattleId, boxes: Sequence[Box]) -> Mapping[Box, int]:
        return dict(zip(boxes, await self._of_each(battle, boxes, "teams"), strict=True))

    async def greatest_stamp(self, battle: BattleId, boxes: Sequence[Box]) -> int:
        return max(await self._of_each(battle, boxes, "greatest"), default=0)

    async def _of_each(self, battle: BattleId, boxes: Sequence[Box], field: str) -> list[int]:
        found = await ask_all(self._redis, [("HGET", keys.box(battle, *box), field) for box in boxes])
        return [int(number or 0) for number in found]

    async def seal(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        match await self._seal([keys.box(battle, question, opening)], []):
            case b"sealed":
                found = await ask(self._redis, "HGETALL", keys.rows(battle, question, opening))
                # Between the two commands another process may have sealed the box in the ledger and begun to drop it.
                return () if any(row.split(b" ", 2)[2].startswith(DROPPED) for row in found.values()) else _rows(found)
            case b"dropped":
                return ()
            case _:
                raise StoreGone(f"Redis has no closed box for opening {opening} of question {question}")

    async def rows(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        found = await ask(self._redis, "HGETALL", keys.rows(battle, question, opening))
        kept = ((answer, row.split(b" ", 3)) for answer, row in found.items())
        return canonical(_row(answer, *row) for answer, row in kept if len(row) == 4 and not row[2].startswith(b"="))

    async def missed(self, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
        return _rows(await ask(self._redis, "HGETALL", keys.missed(battle, question, opening)))

    async def put_back(self, battle: BattleId, question: QuestionId, opening: int, rows: Sequence[AnswerRow]) -> None:
        where = battle, question, opening
        touched = [keys.box(*where), keys.rows(*where), keys.teams(*where)]
        for start in range(0, len(rows), MOST_ANSWERS):
            arguments: list[Word] = []
            for row in rows[start : start + MOST_ANSWERS]:
                arguments += (row.id, row.team, row.revision, row.stamp_ms, plain_values.to_bytes(row.value))
            await self._put_back(touched, arguments)

    async def drop(self, battle: BattleId, question: QuestionId, opening: int) -> None:
        where = battle, question, opening
        go_on_at = b"0"
        while True:
            go_on_at = await self._drop([keys.box(*where), keys.rows(*where), keys.teams(*where)], [go_on_at, MOST_ANSWERS])
            if go_on_at == b"0":
                return


def _batches(answers: Sequence[tuple[Offered, bytes]]) -> Iterator[Sequence[tuple[Offered, bytes]]]:
    start = size = 0
    for at, (_, value) in enumerate(answers):
        if at > start and (at - start == MOST_ANSWERS or size + len(value) > MOST_BYTES):
            yield answers[start:at]
            start, size = at, 0
        size += len(value)
    if start < len(answers):
        yield answers[start:]


def _recorded(answer: Offered, words: bytes) -> Recorded:
    verdict, revision, stamp, stands = words.decode().split(" ")
    return Recorded(
        VERDICTS[verdict],
        answer.id,
        answer.team,
        answer.question,
        answer.opening,
        int(revision),
        int(stamp),
        answer.value,
        stands == "1",
    )


def _team_answer(team: bytes, latest: Sequence[bytes], row: bytes) -> TeamAnswer | None:
    """None for a row that was dropped since."""
    revision, stamp, answer, *_ = latest
    _, _, written_by, said = row.split(b" ", 3)
    if written_by != team:
        return None
    value = plain_values.from_bytes(said)
    return TeamAnswer(TeamId(team.decode()), AnswerId(answer.decode()), value, int(revision), int(stamp))


def _rows(found: Mapping[bytes, bytes]) -> Sequence[AnswerRow]:
    return canonical(_row(answer, *row.split(b" ", 3)) for answer, row in found.items())


def _row(answer: bytes, revision: bytes, stamp: bytes, team: bytes, value: bytes) -> AnswerRow:
    team_id, answer_id = TeamId(team.decode()), AnswerId(answer.decode())
    return AnswerRow(team_id, answer_id, int(revision), int(stamp), plain_values.from_bytes(value))

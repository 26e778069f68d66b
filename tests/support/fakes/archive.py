"""The port `Archive` in memory."""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from quizserver.battle.answers import canonical
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import AnswerId, BattleId, QuestionId
from quizserver.services.entries import link
from quizserver.services.ports import BrokenChain, Entry, Head, Recorded, StoreGone

Box = tuple[QuestionId, int]


@dataclass
class FakePast:
    pin: str
    epoch: int = 0
    entries: list[Entry] = field(default_factory=list)
    answers: defaultdict[Box, dict[AnswerId, AnswerRow]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def head(self) -> Head:
        last = self.entries[-1] if self.entries else Entry(0, b"", "")
        return Head(self.epoch, last.version, last.hash)


class FakeArchive:
    """`gone`: every call fails with this sentence."""

    def __init__(self) -> None:
        self.gone = ""
        self.pasts: dict[BattleId, FakePast] = {}
        self.set_asides: list[FakePast] = []
        self.secrets: dict[BattleId, bytes] = {}

    def check(self) -> None:
        if self.gone:
            raise StoreGone(self.gone)

    async def put(self, battle: BattleId, pin: str, epoch: int, entries: Sequence[Entry]) -> None:
        self.check()
        past = self.pasts.get(battle, FakePast(pin))
        head, new = past.head, []
        for entry in entries:
            if entry.version < head.version or (entry.version, entry.hash) == (head.version, head.hash):
                continue
            if entry.version != head.version + 1 or entry.hash != link(head.hash, entry.body):
                raise BrokenChain(f"entry {entry.version} does not continue entry {head.version} of the archive")
            head = Head(head.epoch, entry.version, entry.hash)
            new.append(entry)
        if new:
            past.entries += new
            past.epoch = epoch
            self.pasts[battle] = past

    async def set_aside(self, battle: BattleId) -> None:
        self.check()
        if battle in self.pasts:
            self.set_asides.append(self.pasts.pop(battle))

    async def head(self, battle: BattleId) -> Head:
        self.check()
        return self.pasts[battle].head if battle in self.pasts else Head()

    async def battles(self) -> Mapping[BattleId, str]:
        self.check()
        return {battle: past.pin for battle, past in self.pasts.items()}

    async def read(self, battle: BattleId) -> AsyncIterator[Entry]:
        self.check()
        for entry in list(self.pasts[battle].entries) if battle in self.pasts else ():
            yield entry

    async def put_answers(self, battle: BattleId, answers: Sequence[Recorded]) -> None:
        self.check()
        for answer in answers if battle in self.pasts else ():
            row = AnswerRow(answer.team, answer.id, answer.revision, answer.stamp_ms, answer.value)
            self.pasts[battle].answers[answer.question, answer.opening].setdefault(answer.id, row)

    async def answers(self, battle: BattleId) -> Mapping[Box, Sequence[AnswerRow]]:
        self.check()
        boxes = self.pasts[battle].answers if battle in self.pasts else {}
        return {box: canonical(rows.values()) for box, rows in boxes.items() if rows}

    async def forget_answers(self, battle: BattleId, boxes: Collection[Box]) -> None:
        self.check()
        for box in boxes if battle in self.pasts else ():
            self.pasts[battle].answers.pop(box, None)

    async def put_secret(self, battle: BattleId, secret: bytes) -> None:
        self.check()
        self.secrets.setdefault(battle, secret)

    async def secret(self, battle: BattleId) -> bytes | None:
        self.check()
        return self.secrets.get(battle)

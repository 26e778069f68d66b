"""Where a follower is in one battle, and whether what Redis says continues that. No connection here: only replies are judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quizserver.battle.ids import AnswerId, BattleId, QuestionId, TeamId
from quizserver.services.entries import link
from quizserver.services.ports import Entry, Head, Moved, Recorded, Verdict
from quizserver.stores import keys, plain_values
from quizserver.stores.heard import Heard
from quizserver.stores.ledger import HEAD_FIELDS, entry_of, head_of

Raw = tuple[bytes, Mapping[bytes, bytes]]
"""An entry of a stream: its id and its fields."""

BATCH = b"batch"
"""The field of a batch that holds its name; all others are answers."""

LOOK_FIELDS = (*HEAD_FIELDS, "answers")


@dataclass(slots=True)
class Followed:
    """`batch`: the number of the last batch of answers that we know; None until the first look."""

    battle: BattleId
    head: Head
    heard: Heard
    batch: int | None = None

    def streams(self, with_answers: bool = True) -> dict[str, str]:
        """What to read on from; nothing before the first look."""
        if self.batch is None:
            return {}
        entries = {keys.ledger(self.battle): f"{self.head.version}-0"}
        return entries | {keys.answers(self.battle): f"{self.batch}-0"} if with_answers else entries

    def compare(self, fields: Sequence[bytes | None]) -> Moved | None:
        """A look at the head: another past, or a lower number of batches than is known. What is merely new comes by reading."""
        present, batches = head_of(fields), int(fields[3] or 0)
        fell = present.epoch != self.head.epoch or present.version < self.head.version
        if fell or (present.version == self.head.version and present.hash != self.head.hash):
            return Moved(self.battle, reset=True)
        if self.batch is not None and self.batch <= batches:
            return None
        self.batch = batches
        return Moved(self.battle, gap=True)

    def has(self, fields: Sequence[bytes | None]) -> bool:
        """True if all that this look saw is known."""
        seen, batches = head_of(fields), int(fields[3] or 0)
        ours = self.head.epoch == seen.epoch and self.head.version >= seen.version
        same = ours and (self.head.version > seen.version or self.head.hash == seen.hash)
        return same and self.batch is not None and self.batch >= batches

    def advance(self, entries: Sequence[Raw], batches: Sequence[Raw]) -> Moved | None:
        """What was read, if it continues what is known."""
        head, new = self.head, tuple(entry_of(*raw) for raw in entries)
        for entry in new:
            if not _continues(head, entry):
                return Moved(self.battle, reset=True)
            head = replace(head, version=entry.version, hash=entry.hash)
        self.head = head
        gap = bool(batches) and _number(batches[0]) != (self.batch or 0) + 1
        if batches:
            self.batch = _number(batches[-1])
        unheard = [batch for _, batch in batches if not self.heard.take(batch.get(BATCH))]
        answers = tuple(_recorded(where, row) for batch in unheard for where, row in batch.items() if where != BATCH)
        return Moved(self.battle, new, answers, gap=gap) if new or answers else None


def _continues(head: Head, entry: Entry) -> bool:
    return entry.version == head.version + 1 and entry.hash == link(head.hash, entry.body)


def _number(raw: Raw) -> int:
    return int(raw[0].split(b"-")[0])


def _recorded(where: bytes, row: bytes) -> Recorded:
    """One answer of a batch as offer.lua writes it."""
    question, opening, answer = where.decode().rsplit(" ", 2)
    stands, revision, stamp, team, value = row.split(b" ", 4)
    return Recorded(
        Verdict.RECORDED,
        AnswerId(answer),
        TeamId(team.decode()),
        QuestionId(question),
        int(opening),
        int(revision),
        int(stamp),
        plain_values.from_bytes(value),
        stands == b"1",
    )

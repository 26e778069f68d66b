"""Bringing battles back from the archive: those that the store has lost, and the ends of those it has lost the end of. At a start,
and while a server runs.

All that is missing of a ledger, what follows from the loss, and the rules of all boxes go into the store in one append, or nothing
does: nobody ever reads half a ledger, and of two processes that restore at once one wins, so no lock is needed. Archived answers of
boxes that were open, and the secret of the teams' codes, are put back before it, while nobody can answer. The epoch rises, so that
a process that knew more drops its state and reads the ledger anew; what it alone knew is lost, and is not appended again by itself.
But the answers in open boxes that a running process has heard of are put back with those of the archive: they were acknowledged.

What is missing is what was acknowledged after the archive's last word: two seconds at most, if it was well. That moment stands in
the `Restored` entry with the boxes that were open then, and how many answers were put back into each: {"since_ms": "1700000000000",
"<question>.<opening>": "37"}.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from quizserver.battle.answers import canonical
from quizserver.battle.commands import Command, NoteRestored
from quizserver.battle.events import AnswerRow
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import BattleId, QuestionId
from quizserver.battle.phases import Phase
from quizserver.battle.state import BattleState, Box
from quizserver.services.box_changes import change_of
from quizserver.services.deciding import decide_together
from quizserver.services.entries import chained, followed
from quizserver.services.ports import (
    AcceptedLater,
    Archive,
    Boxes,
    BrokenChain,
    Entry,
    Head,
    Ledger,
    LostRace,
    Presence,
    Recorded,
    Secrets,
    StoreGone,
)
from quizserver.services.presence import OUTAGE_MS, extensions

log = logging.getLogger("quizserver")
SINCE = "since_ms"
READ_AT_ONCE = 200  # entries; one of answers has up to 100 KB
Answers = Mapping[tuple[QuestionId, int], Sequence[AnswerRow]]


@dataclass(frozen=True, slots=True)
class RestoredBattle:
    """What came back. `entries`: how many the store had lost; `since_ms`: what came later may be missing."""

    battle: BattleId
    pin: str
    upto: int
    entries: int
    since_ms: int
    lost: Mapping[str, str]

    def __str__(self) -> str:
        """For the log: what came back and what did not."""
        since = datetime.fromtimestamp(self.since_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        boxes = [f"{answers} of question {key.replace('.', ', opening ')}" for key, answers in self.lost.items() if key != SINCE]
        return (
            f"battle {self.battle} (PIN {self.pin}) came back from the archive, {self.entries} entries up to {self.upto}; "
            f"whatever was acknowledged after {since} may be missing; "
            f"answers put back: {'; '.join(boxes) or 'none, no question was open'}"
        )


class Restoring:
    """`restore` before Running.open, `bring_back` after it, on the same stores."""

    def __init__(self, ledger: Ledger, boxes: Boxes, presence: Presence, secrets: Secrets, archive: Archive, by: str) -> None:
        self._ledger, self._boxes, self._presence, self._secrets = ledger, boxes, presence, secrets
        self._archive, self._by = archive, by

    async def restore(self, is_torn: bool = False) -> list[RestoredBattle]:
        """Restores whatever the archive knows more of than the store. One battle's trouble keeps no other from coming back.

        `is_torn`: the store's last writes were cut off. Then each battle that is going on begins another epoch, whether or not the
        archive knows what is missing: devices show their receipts, and the host is told. Raises StoreGone."""
        restored: list[RestoredBattle] = []
        pins = await self._archive.battles()
        for battle, head in (await self._ledger.heads(list(pins))).items():
            try:
                if await self._has_lost(battle, head, is_torn):
                    restored += filter(None, [await self._restore(battle, head)])
            except BrokenChain as broken:
                log.warning("battle %s (PIN %s) cannot be restored from the archive: %s", battle, pins[battle], broken)
        return restored

    async def _has_lost(self, battle: BattleId, head: Head, is_torn: bool) -> bool:
        """Entries, or answers to questions that are still open."""
        kept = await self._archive.head(battle)
        if kept.version > head.version:
            return True
        answers = await self._archive.answers(battle)
        if not is_torn and not answers:
            return False
        state = _fold(await self._longest(battle, head, kept))
        if is_torn and state.phase is not Phase.FINISHED:
            return True
        for key in [key for key in answers if key in state.boxes and not state.boxes[key].sealed]:
            there = {row.id for row in await self._boxes.rows(battle, *key)}
            if any(row.id not in there for row in answers[key]):
                return True
        return False

    async def bring_back(
        self, battle: BattleId, seen: Head, heard: Sequence[Recorded], answers_lost: bool = False
    ) -> RestoredBattle | None:
        """Restores a battle that is being played, of which the store has less than we have `seen`; None where another process was
        faster. `heard`: recorded answers; `answers_lost`: the store has the ledger and not all of them. The time it took is the
        heartbeat's to give back.

        Raises StoreGone, BrokenChain."""
        head = await self._ledger.head(battle)
        if (head.epoch, head.version) >= (seen.epoch, seen.version) and not (answers_lost and head == seen):
            return None
        return await self._restore(battle, head, seen, heard)

    async def _restore(
        self, battle: BattleId, head: Head, seen: Head | None = None, heard: Sequence[Recorded] = ()
    ) -> RestoredBattle | None:
        kept = await self._archive.head(battle)
        entries = await self._longest(battle, head, kept)
        state = _fold(entries)
        if head.version and entries[head.version - 1].hash != head.hash:
            raise BrokenChain(f"the store's entry {head.version} is not the archive's")
        archived = await self._archive.answers(battle)
        answers = {key: _together(archived.get(key, ()), heard, state, box) for key, box in state.boxes.items() if not box.sealed}
        since_ms = max([state.at_ms, *(row.stamp_ms for rows in answers.values() for row in rows)])
        lost = {SINCE: str(since_ms)} | {f"{question}.{opening}": str(len(rows)) for (question, opening), rows in answers.items()}
        report = RestoredBattle(battle, state.pin, len(entries), len(entries) - head.version, since_ms, lost)
        epoch = 1 + max(each.epoch for each in (kept, head, seen or Head()))
        if not await self._ledger.register(battle, state.pin):
            raise BrokenChain("another battle has its PIN")
        if secret := await self._archive.secret(battle):
            await self._secrets.put_back(battle, secret)
        await self._put_back(battle, answers)
        time_back = () if seen else await self._time_back(report, state)
        return report if await self._append(report, head, epoch, entries, state, time_back) else None

    async def _longest(self, battle: BattleId, head: Head, kept: Head) -> Sequence[Entry]:
        """The archive's ledger, or the store's where the archive has no more of it."""
        if kept.version > head.version:
            return [entry async for entry in self._archive.read(battle)]
        if not head.version:
            raise StoreGone(f"battle {battle} is neither in the store nor in the archive")
        entries: list[Entry] = []
        while more := await self._ledger.read(battle, len(entries), READ_AT_ONCE):
            entries += more
        return entries

    async def _put_back(self, battle: BattleId, answers: Answers) -> None:
        for (question, opening), rows in answers.items():
            await self._boxes.put_back(battle, question, opening, rows)

    async def _append(
        self,
        report: RestoredBattle,
        head: Head,
        epoch: int,
        entries: Sequence[Entry],
        state: BattleState,
        time_back: Sequence[Command],
    ) -> bool:
        """False if another process was faster."""
        follows = [NoteRestored(by=self._by, epoch=epoch, upto=report.upto, lost=report.lost), *time_back]
        now_ms = await self._presence.now_ms()
        _, happened = decide_together(state, follows, now_ms)
        for event, at_ms in happened:
            state = evolve(state, event, at_ms)
        new = [*entries[head.version :], *chained(Head(0, report.upto, entries[-1].hash), happened)]
        rules = [change_of(box) for box in state.boxes.values()]
        answer = await self._ledger.append(report.battle, head, new, rules, epoch)
        if isinstance(answer, AcceptedLater):
            raise BrokenChain("the store has accepted answers that the archive's entries cut off")
        if isinstance(answer, LostRace):
            return False
        for box in state.boxes.values():
            if box.sealed:  # the ledger's word is final: nothing more is taken
                await self._boxes.seal(report.battle, box.question, box.opening)
        return True

    async def _time_back(self, report: RestoredBattle, state: BattleState) -> Sequence[Command]:
        """The clocks ran on while nobody was there. A store that has lost everything does not know since when; the archive does."""
        sign = await self._presence.alive(report.battle, self._by)
        before_ms, now_ms = sign.before_ms or report.since_ms, sign.at_ms
        return extensions(state, before_ms, now_ms, self._by) if now_ms - before_ms > OUTAGE_MS else ()


def _fold(entries: Sequence[Entry]) -> BattleState:
    """Checks the archive's chain from its first entry on. Raises BrokenChain."""
    state: BattleState | None = None
    for _, event, at_ms in followed(Head(), entries):
        state = evolve(state, event, at_ms)
    assert state is not None
    return state


def _together(archived: Sequence[AnswerRow], heard: Sequence[Recorded], state: BattleState, box: Box) -> Sequence[AnswerRow]:
    """All that is known of an open box: what is archived, and of what was heard what this past of the battle leaves room for."""
    known = {row.id for row in archived}
    opens_ms, cut_off_ms = box.opens_at_ms, box.cut_off_ms
    return canonical(
        [
            *archived,
            *(
                AnswerRow(each.team, each.id, each.revision, each.stamp_ms, each.value)
                for each in heard
                if (each.question, each.opening) == (box.question, box.opening)
                and each.id not in known
                and each.team in state.teams
                and opens_ms <= each.stamp_ms
                and (cut_off_ms is None or each.stamp_ms <= cut_off_ms)
            ),
        ]
    )

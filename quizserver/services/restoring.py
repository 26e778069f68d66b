"""Bringing battles back from the archive, at a start: those that the store has lost, and the ends of those it has lost the end of.

All that is missing of a ledger, what follows from the loss, and the rules of all boxes go into the store in one append, or nothing
does: nobody ever reads half a ledger, and of two processes that restore at once one wins, so no lock is needed. Archived answers of
boxes that were open, and the secret of the teams' codes, are put back before it, while nobody can answer. The epoch rises, so that
a process that knew more drops its state and reads the ledger anew; what it alone knew is lost, and is not appended again by itself.

What is missing is what was acknowledged after the archive's last word: two seconds at most, if it was well. That moment stands in
the `Restored` entry with the boxes that were open then, and how many answers were put back into each: {"since_ms": "1700000000000",
"<question>.<opening>": "37"}.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from quizserver.battle.commands import Command, NoteRestored
from quizserver.battle.events import AnswerRow
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import BattleId, QuestionId
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
    Secrets,
)
from quizserver.services.presence import OUTAGE_MS, extensions

log = logging.getLogger("quizserver")
SINCE = "since_ms"
Answers = Mapping[tuple[QuestionId, int], Sequence[AnswerRow]]


@dataclass(frozen=True, slots=True)
class RestoredBattle:
    """What a start brought back. `entries`: how many the store had lost; `since_ms`: what came later may be missing."""

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
    """Run it before Running.open, on the same stores."""

    def __init__(
        self, ledger: Ledger, boxes: Boxes, presence: Presence, secrets: Secrets, archive: Archive, by: str
    ) -> None:
        self._ledger, self._boxes, self._presence, self._secrets = ledger, boxes, presence, secrets
        self._archive, self._by = archive, by

    async def restore(self) -> list[RestoredBattle]:
        """Restores whatever the archive knows more of than the store. One battle's trouble keeps no other from coming back.

        Raises StoreGone."""
        restored: list[RestoredBattle] = []
        pins = await self._archive.battles()
        for battle, head in (await self._ledger.heads(list(pins))).items():
            try:
                if (one := await self._restore(battle, pins[battle], head)) is not None:
                    restored.append(one)
            except BrokenChain as broken:
                log.warning("battle %s (PIN %s) cannot be restored from the archive: %s", battle, pins[battle], broken)
        return restored

    async def _restore(self, battle: BattleId, pin: str, head: Head) -> RestoredBattle | None:
        kept = await self._archive.head(battle)
        if kept.version <= head.version:
            return None
        entries = [entry async for entry in self._archive.read(battle)]
        state = _fold(entries)
        if head.version and entries[head.version - 1].hash != head.hash:
            raise BrokenChain(f"the store's entry {head.version} is not the archive's")
        answers = {key: rows for key, rows in (await self._archive.answers(battle)).items() if _is_open(state.boxes.get(key))}
        since_ms = max([state.at_ms, *(row.stamp_ms for rows in answers.values() for row in rows)])
        lost = {SINCE: str(since_ms)} | {
            f"{box.question}.{box.opening}": str(len(answers.get(key, ()))) for key, box in state.boxes.items() if _is_open(box)
        }
        report = RestoredBattle(battle, pin, kept.version, kept.version - head.version, since_ms, lost)
        noted = NoteRestored(by=self._by, epoch=max(kept.epoch, head.epoch) + 1, upto=kept.version, lost=lost)
        if not await self._ledger.register(battle, pin):
            raise BrokenChain("another battle has its PIN")
        if secret := await self._archive.secret(battle):
            await self._secrets.put_back(battle, secret)
        await self._put_back(battle, answers)
        return report if await self._append(report, head, entries, state, noted) else None

    async def _put_back(self, battle: BattleId, answers: Answers) -> None:
        for (question, opening), rows in answers.items():
            await self._boxes.put_back(battle, question, opening, rows)

    async def _append(
        self, report: RestoredBattle, head: Head, entries: Sequence[Entry], state: BattleState, noted: NoteRestored
    ) -> bool:
        """False if another process was faster."""
        follows = [noted, *await self._time_back(report, state)]
        now_ms = await self._presence.now_ms()
        _, happened = decide_together(state, follows, now_ms)
        for event, at_ms in happened:
            state = evolve(state, event, at_ms)
        new = [*entries[head.version :], *chained(Head(0, report.upto, entries[-1].hash), happened)]
        rules = [change_of(box) for box in state.boxes.values()]
        answer = await self._ledger.append(report.battle, head, new, rules, noted.epoch)
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


def _is_open(box: Box | None) -> bool:
    """True while its answers are nowhere but in its box."""
    return box is not None and not box.sealed

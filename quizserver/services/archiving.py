"""The continuous archive: what stands in the store stands in SQL at most two seconds later, while both are well.

Entries come from the ledger itself; answers of boxes that are not sealed yet are heard as everybody hears them. Each process
archives all battles: what another one wrote meanwhile is skipped. Nobody ever waits for this; what cannot be written now is tried
again, and the lag says how far behind the archive may be.
"""

import asyncio
import logging

from quizserver.battle.ids import BattleId
from quizserver.services import in_step
from quizserver.services.battles import LiveBattle
from quizserver.services.open_answers import Key
from quizserver.services.ports import Archive, BrokenChain, Head, Recorded, StoreGone
from quizserver.services.running import Running

log = logging.getLogger("quizserver")
EVERY_S = 0.5
LONGEST_PAUSE_S = 5.0
PASS_S = 30.0  # a pass that takes longer hangs; what it has written stays
GOODBYE_S = 2.0
READ_AT_ONCE = 200  # entries; one of answers has up to 100 KB
MOST_WAITING = 20_000  # answers of one battle; beyond that the open boxes are written anew from what is known of them


class Archiving:
    """One a process. `begin` after Running.open, `finish` after Running.close."""

    def __init__(self, running: Running, archive: Archive) -> None:
        self._running, self._archive, self._ledger = running, archive, running.stores.ledger
        self._loop_time = asyncio.get_running_loop().time
        self._up_to_date_at = self._loop_time()
        self._outage = running.outages.of("the archive")
        self._archived: dict[BattleId, Head] = {}
        self._waiting: dict[BattleId, list[Recorded]] = {}
        self._settled: dict[BattleId, set[Key]] = {}
        self._secrets: set[BattleId] = set()
        running.each_battle(self._followed)
        running.on_answers.append(self._heard)

    def begin(self) -> None:
        """Archives from now on, as one of the process's tasks."""
        self._running.keep("archive", self._run)

    async def finish(self) -> None:
        """A last pass, if it takes no longer than two seconds."""
        try:
            await asyncio.wait_for(self.carry(), GOODBYE_S)
        except (StoreGone, BrokenChain, TimeoutError) as gone:
            self._outage.begins(gone)

    @property
    def lag_ms(self) -> int:
        """Whatever is older than this is archived."""
        return int((self._loop_time() - self._up_to_date_at) * 1000)

    @property
    def trouble(self) -> str:
        """Why the archive falls behind, in one sentence; "" while it does not."""
        return self._outage.why

    async def _run(self) -> None:
        pause_s = EVERY_S
        while True:
            began = self._loop_time()
            try:
                async with asyncio.timeout(PASS_S):
                    await self.carry()
                self._up_to_date_at, pause_s = began, EVERY_S
                self._outage.ends()
            except (StoreGone, BrokenChain, TimeoutError) as gone:
                self._outage.begins(gone)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            await in_step.pause(pause_s)

    async def carry(self) -> None:
        """Everything that stood in the store when this began is in the archive when it returns. Raises StoreGone, BrokenChain."""
        pins = await self._ledger.battles()
        for battle, head in (await self._ledger.heads(list(pins))).items():
            if head.version:
                await self._carry_secret(battle)
                await self._carry_entries(battle, pins[battle], head)
                await self._carry_answers(battle)
                await self._settle(battle)

    async def _carry_secret(self, battle: BattleId) -> None:
        """Once: it never changes."""
        if battle not in self._secrets:
            await self._archive.put_secret(battle, await self._running.stores.secrets.of_battle(battle))
            self._secrets.add(battle)

    # --- entries ---

    async def _carry_entries(self, battle: BattleId, pin: str, head: Head) -> None:
        archived = self._archived.pop(battle, None) or await self._archive.head(battle)
        while archived.version < head.version:
            entries = await self._ledger.read(battle, archived.version, READ_AT_ONCE)
            if not entries:
                raise StoreGone(f"the ledger of battle {battle} is not as long as its head says")
            try:
                await self._archive.put(battle, pin, head.epoch, entries)
            except BrokenChain as broken:
                await self._set_aside(battle, broken)
                archived = Head()
                continue
            archived = Head(head.epoch, entries[-1].version, entries[-1].hash)
        self._archived[battle] = archived  # not while it is being written: after an error the archive is asked where it is

    async def _set_aside(self, battle: BattleId, broken: BrokenChain) -> None:
        """The archive's past of this battle is another one than the ledger's: keep it, and begin with the one that is played.

        Raises what was broken where it is not that: a ledger that does not continue itself must not be archived at all."""
        archived = await self._archive.head(battle)
        ours = await self._ledger.read(battle, archived.version - 1, 1) if archived.version else ()
        if not ours or ours[0].hash == archived.hash:
            raise broken
        log.warning("battle %s: %s; what was archived of another past is set aside", battle, broken)
        await self._archive.set_aside(battle)
        self._waiting.pop(battle, None)
        self._settled.pop(battle, None)

    # --- answers ---

    def _followed(self, live: LiveBattle) -> None:
        """From now on every revision is heard; of those before, we know what stands."""
        self._waiting[live.id] = self._running.open_answers[live.id].all()

    def _heard(self, battle: BattleId, answers: list[Recorded]) -> None:
        waiting = self._waiting.get(battle)
        if waiting is not None:
            waiting += answers
            if len(waiting) > MOST_WAITING:
                del self._waiting[battle]

    async def _carry_answers(self, battle: BattleId) -> None:
        """What was heard since the last pass, or since the one before if that failed; where too much was heard, what stands."""
        live, known = self._running.battles.get(battle), self._running.open_answers.get(battle)
        if live is None or live.state is None or known is None:
            return
        answers = self._waiting.get(battle)
        if answers is None:
            answers = known.all()
        self._waiting[battle] = []
        boxes = live.state.boxes
        open_now = [each for each in answers if (box := boxes.get((each.question, each.opening))) is not None and not box.sealed]
        try:
            if open_now:
                await self._archive.put_answers(battle, open_now)
        except BaseException:  # or the end of this process, and there is one more pass
            self._waiting_again(battle, answers)
            raise

    def _waiting_again(self, battle: BattleId, answers: list[Recorded]) -> None:
        later = self._waiting.pop(battle, None)
        if later is not None and len(answers) + len(later) <= MOST_WAITING:
            self._waiting[battle] = answers + later

    async def _settle(self, battle: BattleId) -> None:
        """Boxes whose seal is archived: their answers stand in entries, in both places."""
        live, archived = self._running.battles.get(battle), self._archived[battle]
        if live is None or live.state is None or live.head.version > archived.version:
            return
        settled = self._settled.setdefault(battle, set())
        if news := [key for key, box in live.state.boxes.items() if box.sealed and key not in settled]:
            await self._archive.forget_answers(battle, news)
            for question, opening in news:
                await self._running.stores.boxes.drop(battle, question, opening)
            settled.update(news)

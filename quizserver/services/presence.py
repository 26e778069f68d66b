"""Being there: leases, signs of life, and what is done when for a while nobody was."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quizserver.battle.commands import Extend
from quizserver.battle.decide.clock import LONGEST_MS
from quizserver.battle.ids import BattleId
from quizserver.battle.phases import ANSWERS_OPEN
from quizserver.battle.refusals import Refused
from quizserver.battle.state import BattleState
from quizserver.services import in_step
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import Presence, StoreGone
from quizserver.services.write_pace import WritePace

BEAT_S = 0.25
RENEW_S = 0.75  # a lease of three seconds
OUTAGE_MS = 1_000  # without any server: a clock ran that nobody could answer to
SILENCE_MS = OUTAGE_MS + int(1000 * BEAT_S)  # the last sign may have been that old when we fell silent: never less than a second
STEP_MS = 250  # in which the store's clock may be off from ours: one that is merely drawn nearer is off by a few
LOOKS = 5  # at a clock that was set: the quickest of them says by how much, also over a slow line
STILL_S = 1.0  # since our last beat: we may have stood still, and ask before we decide anything
OTHERS_S = 0.5  # what another process, back a moment before us, gets to give time back before we call a clock out

log = logging.getLogger("quizserver")


@dataclass(slots=True)
class _Gap:
    """A time for which no server gave a sign of life, 0: since ever. `asked_for`: the clock that we asked to extend for it.
    `forgotten`: the store has lost our last sign, and perhaps more."""

    since_ms: int
    forgotten: bool = False
    asked_for: int | None = None


class Heartbeat:
    """Writes a sign of life for every battle each quarter of a second; notices, before anything is decided late, that none was."""

    def __init__(
        self,
        process: str,
        presence: Presence,
        battles: Mapping[BattleId, LiveBattle],
        loop_time: Callable[[], float],
        pace: WritePace,
        battle_ms: Callable[[], int] | None = None,
    ) -> None:
        """`battle_ms`: battle time as our own monotonic clock carries it; None: nobody holds the store's clock against it."""
        self._pace, self._battle_ms = pace, battle_ms
        self._process, self._presence, self._battles, self._loop_time = process, presence, battles, loop_time
        self._beaten_at: dict[BattleId, float] = {}
        self._signs_ms: dict[BattleId, int] = {}
        self._gaps: dict[BattleId, _Gap] = {}
        self._one_at_a_time: defaultdict[BattleId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def run(self) -> None:
        """Beats until cancelled. A store that is gone is waited for."""
        renew_at = float("-inf")
        while True:
            try:
                if self._loop_time() >= renew_at:
                    await self._presence.renew(self._process, list(self._battles))
                    renew_at = self._loop_time() + RENEW_S
                await self._beat_all()
            except StoreGone:
                pass  # the ledger's own calls say so to people; here the next beat is the retry
            await in_step.pause(BEAT_S)

    async def _beat_all(self) -> None:
        """Beside each other: what one battle waits for keeps no other one from its sign."""
        beaten = await asyncio.gather(*map(self.beat, self._battles), return_exceptions=True)
        for failed in filter(None, beaten):
            raise failed

    async def arrive(self, battle: BattleId) -> None:
        """The first sign of life for a battle that we follow from now on: others wait for us before they seal."""
        await self._presence.renew(self._process, [battle])
        await self.beat(battle)

    async def ready(self, battle: BattleId) -> None:
        """Before answers are offered or a clock is called out: a beat, if this process stood still since its last one."""
        if self._stood_still(battle):
            async with self._one_at_a_time[battle]:
                if self._stood_still(battle):  # else the beat that we waited for was enough
                    await self._beat(battle)

    async def beat(self, battle: BattleId) -> None:
        """One sign of life. If no server gave one for over a second while a clock ran, that time is given back first."""
        async with self._one_at_a_time[battle]:
            await self._beat(battle)

    def _stood_still(self, battle: BattleId) -> bool:
        return self._loop_time() - self._beaten_at.get(battle, float("-inf")) > STILL_S

    async def _beat(self, battle: BattleId) -> None:
        live = self._battles.get(battle)
        if live is None:
            return
        # Our sign hides the gap from everybody else, so we remember it until the time is given back.
        began, began_ms = self._loop_time(), self._battle_ms and self._battle_ms()
        before_ms, now_ms = await self._presence.alive(battle, self._process)
        self._pace.took(self._loop_time() - began)
        if began_ms is not None and await self._was_set(began_ms, now_ms):
            before_ms, now_ms = await self._presence.alive(battle, self._process)
        ours_ms = self._signs_ms.get(battle, 0)
        gap = self._gaps.setdefault(battle, _Gap(max(before_ms, ours_ms), before_ms < ours_ms))
        if gap.since_ms and now_ms - gap.since_ms > SILENCE_MS:
            await self._give_back(live, gap, now_ms)
        elif self._stood_still(battle):
            if gap.since_ms and clock_runs(live.state, gap.since_ms):
                await asyncio.sleep(OTHERS_S)
            await live.catch_up()
        elif gap.forgotten:
            await live.catch_up()  # fails until the battle is restored, so that the time until then is part of the gap
        del self._gaps[battle]
        self._beaten_at[battle], self._signs_ms[battle] = self._loop_time(), now_ms

    async def _was_set(self, began_ms: int, now_ms: int) -> bool:
        """Whether somebody set the clock of the store's machine. It is put right at once: what ours carries is nobody's to set."""
        assert self._battle_ms is not None
        if began_ms - STEP_MS <= now_ms <= self._battle_ms() + STEP_MS:
            return False
        _, by_ms = min([await self._look() for _ in range(LOOKS)])
        if abs(by_ms) > STEP_MS:  # else another server has put it right meanwhile
            log.warning("the clock of the store's machine was set by %.1f s; battles go on by the old one", -by_ms / 1000)
            await self._presence.put_right(by_ms)
        return True

    async def _look(self) -> tuple[int, int]:
        """How long a look at the store's clock took, and how far ours is ahead of it, to half of that; in milliseconds."""
        assert self._battle_ms is not None
        began_ms = self._battle_ms()
        now_ms = await self._presence.now_ms()
        ended_ms = self._battle_ms()
        return ended_ms - began_ms, (began_ms + ended_ms) // 2 - now_ms

    async def _give_back(self, live: LiveBattle, gap: _Gap, now_ms: int) -> None:
        """The time without a server, to everybody whose clock ran. Raises StoreGone; then the gap stays, and it is tried again."""
        await live.catch_up()
        clock = live.known.clock
        if clock is None or gap.asked_for not in (None, clock.id):
            return  # another clock than the one we asked for: what we asked for had arrived
        gap.asked_for = clock.id
        lost = extensions(live.known, gap.since_ms, now_ms, self._process)
        for outcome in await asyncio.gather(*map(live.ask, lost)):
            if isinstance(outcome, Refused) and outcome.temporary:
                raise StoreGone("the time of an outage could not be given back yet")

    async def is_whole(self, battle: BattleId) -> None:
        """Returns where the store has all that we have seen of the battle. Raises StoreGone, BrokenChain."""
        if (live := self._battles.get(battle)) is not None:
            await live.catch_up()

    async def leave(self) -> None:
        """Gives the leases back, so that nobody waits for us to drain."""
        await self._presence.leave(self._process, list(self._battles))


def extensions(state: BattleState, since_ms: int, now_ms: int, by: str) -> list[Extend]:
    """What gives people the time back for which no server was there, if their clock ran; a night is given back in hours."""
    lost_ms = now_ms - since_ms if clock_runs(state, since_ms) else 0
    whole, rest_ms = divmod(max(0, lost_ms), LONGEST_MS)
    return [Extend(by=by, by_ms=part_ms, why="outage") for part_ms in [LONGEST_MS] * whole + [rest_ms] if part_ms]


def clock_runs(state: BattleState | None, since_ms: int) -> bool:
    """True if people had a running clock that had not run out by `since_ms`."""
    if state is None or state.phase not in ANSWERS_OPEN or state.paused_at_ms is not None or state.clock is None:
        return False
    return not state.clock.closes or state.clock.cut_off_ms >= since_ms

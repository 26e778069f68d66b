"""A battle behind a hub, led to any of its phases and kept there."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

from quizserver.battle import commands as ask
from quizserver.battle.events import AnswerRow
from quizserver.battle.ids import BattleId, QuestionId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.primary import primary
from quizserver.battle.questions import Round
from quizserver.hub.limits import Limits, Rate
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import StoreGone
from quizserver.wire.allowed import Role
from tests.hub.stage import PATIENCE_S, Stage, staged
from tests.support.battles import a_round, each_round
from tests.support.fakes.boxes import FakeBoxes

EACH = each_round("r1", "one", "text", reading_ms=0)
AT_ITS_END = a_round("r1", "one", "text", reading_ms=0)
ROUND: Mapping[Phase, Round] = {
    Phase.SHOWN: each_round("r1", "one", "text", reading_ms=None),
    Phase.LAST_CALL: AT_ITS_END,
    Phase.ROUND_CLOSED: AT_ITS_END,
    Phase.COLLECTED: AT_ITS_END,
}
"""All others are those of a round that reveals each."""
UNTIRING = Limits(messages=dict.fromkeys(Role, Rate(1e9, 1e9)), strikes=10**9)


@asynccontextmanager
async def staged_in(phase: Phase) -> AsyncIterator[Stage]:
    """A hub whose battle is in this phase, with one team on phones, and one on paper where there is a sheet to wait for."""
    async with staged(ROUND.get(phase, EACH), pace=1, limits=UNTIRING) as stage:
        await stage.team("Ту-144")
        if phase is Phase.ROUND_CLOSED:
            await stage.running.seating.add_paper_team(stage.live, "Бумага", VenueId(stage.venue))
        with patch.object(FakeBoxes, "seal", _never) if phase is Phase.CLOSED else patch.dict({}):
            await led(stage.live, phase)
            yield stage


async def led(live: LiveBattle, phase: Phase) -> None:
    """The host's key is pressed, and what it waits for is waited for, until the battle is there."""
    changed = asyncio.Event()
    live.listeners.append(lambda news: changed.set())
    async with asyncio.timeout(PATIENCE_S):
        while live.known.phase is not phase:
            changed.clear()
            if command := primary(live.known).command:
                pressed: ask.Command = getattr(ask, command)()
                await live.ask(pressed)
            else:
                await changed.wait()


async def _never(boxes: Any, battle: BattleId, question: QuestionId, opening: int) -> Sequence[AnswerRow]:
    raise StoreGone

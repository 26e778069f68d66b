"""The host's laptop dies: the clock goes on without it, nothing is revealed by itself, and a second device takes over."""

import asyncio

from quizserver.battle.phases import Phase
from tests.hub.stage import Message, staged
from tests.support.battles import each_round, right_answer

A_WHILE_S = 0.3


async def test_a_question_closes_without_its_host_waits_and_is_gone_on_with_from_another_device() -> None:
    async with staged(each_round("r1", "one", "text", reading_ms=0)) as stage:
        host, (team, _) = stage.host(), await stage.team("Ту-144")
        await host.do("StartRound")
        await host.do("ShowQuestion")
        await team.sees("open")
        host.gone()
        team.say("answer", id="a" * 32, question="r1-one", opening=1, value=right_answer("r1-one"))
        await team.hears("ack")
        async with asyncio.timeout(5):
            while stage.live.known.phase is not Phase.SEALED:
                await asyncio.sleep(0.02)
        since = len(team.said)
        await asyncio.sleep(A_WHILE_S)
        assert stage.live.known.phase is Phase.SEALED and team.said[since:] == []

        second = stage.host()
        await second.until(lambda: second.view or None)
        primary: Message = second.view["primary"]
        assert primary["command"] == "Reveal"
        await second.do(primary["command"])
        await team.hears("result")
        assert team.mine["marks"]["r1-one"]["points"] > 0

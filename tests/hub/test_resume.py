"""Coming back: nothing is sent again that the device still has, and nothing it has may be wrong."""

import pytest

from tests.hub.stage import Device, Message, Stage, staged
from tests.hub.test_evening import answer, play_a_question
from tests.support.battles import each_round, wrong_answer


async def a_team(stage: Stage) -> tuple[Device, Device, Message]:
    host = stage.host()
    team, joined = await stage.team("Ту-144")
    await host.do("StartRound")
    await team.sees("round_intro")
    return host, team, joined


async def test_who_has_everything_is_sent_nothing() -> None:
    async with staged() as stage:
        _, team, joined = await a_team(stage)
        again = stage.returns(team, joined["token"])
        assert again.kinds() == ["welcome"]


async def test_who_missed_a_little_is_sent_the_patches() -> None:
    async with staged() as stage:
        host, team, joined = await a_team(stage)
        team.gone()
        other, _ = await stage.team("Ан-2")  # somebody is there, so the room goes on
        await host.do("ShowQuestion")
        await other.sees("open")
        again = stage.returns(team, joined["token"])
        assert again.kinds() == ["welcome", "room", "mine"]  # mine says now where the answer will come from
        assert again.view == other.view


async def test_what_happened_while_nobody_was_there_is_one_patch() -> None:
    async with staged() as stage:
        host, team, joined = await a_team(stage)
        team.gone()
        await host.do("ShowQuestion")
        await host.do("CloseAnswers")
        await host.sees("sealed")
        again = stage.returns(team, joined["token"])
        assert again.kinds() == ["welcome", "room", "mine"]
        assert again.view["phase"] == "closed"


async def test_an_answer_of_another_device_is_in_mine_after_a_resume() -> None:
    async with staged() as stage:
        host, team, joined = await a_team(stage)
        second = stage.device()
        second.hello()
        second.say("join", pin=stage.pin, code=joined["code"])
        await host.do("ShowQuestion")
        await second.sees("open")
        team.gone()
        answer(second, wrong_answer("r1-one"))
        await second.hears("ack")
        again = stage.returns(team, joined["token"])
        assert again.kinds() == ["welcome", "mine"]
        assert again.mine["answers"]["r1-one"]["value"] == wrong_answer("r1-one")


@pytest.mark.parametrize("change", [{"epoch": 99}, {"room": 10**6}, {"battle": "another"}, {"room": 0}], ids=str)
async def test_who_has_another_past_is_sent_a_snapshot(change: Message) -> None:
    async with staged() as stage:
        _, team, joined = await a_team(stage)
        again = stage.returns(team, joined["token"], **change)
        assert again.kinds()[:2] == ["welcome", "snapshot"]
        assert again.view == team.view
        assert again.at == team.at


async def test_another_battles_mine_is_not_believed() -> None:
    async with staged() as stage:
        _, team, joined = await a_team(stage)
        again = stage.returns(team, joined["token"], battle="another")
        assert again.kinds() == ["welcome", "snapshot", "mine"]


async def test_who_missed_too_much_is_sent_a_snapshot() -> None:
    async with staged() as stage:
        host, team, joined = await a_team(stage)
        team.gone()
        other, _ = await stage.team("Ан-2")
        for _ in range(10):
            await host.do("StartBreak", seconds=60)
            await host.do("ShowPlay")
        await other.until(lambda: other.view["stage"]["show"] == "play" or None)
        again = stage.returns(team, joined["token"])
        assert again.kinds() == ["welcome", "snapshot"]
        assert again.view == other.view


async def test_an_answer_after_the_seal_and_before_the_reveal_is_still_shown_after_a_reload() -> None:
    async with staged(each_round("r1", "one", reading_ms=0)) as stage:
        host, team, joined = await a_team(stage)
        await host.do("ShowQuestion")
        await team.sees("open")
        answer(team, wrong_answer("r1-one"))
        await team.hears("ack")
        await host.do("CloseAnswers")
        await host.sees("sealed")
        again = stage.device()
        again.hello(joined["token"])
        assert again.mine["answers"]["r1-one"] == {"value": wrong_answer("r1-one"), "revision": 1, "opening": 1}


async def test_a_reload_at_the_podium_shows_points_and_place() -> None:
    async with staged(each_round("r1", "one", reading_ms=0)) as stage:
        host = stage.host()
        team, joined = await stage.team("Ту-144")
        await play_a_question(host, [team])
        for command in ("EndRound", "ShowStanding", "ShowPodium"):
            await host.do(command)
        await team.sees("final")
        again = stage.device()
        again.hello(joined["token"])
        assert again.mine["place"] == {"place": 1, "points": 100, "of": 1, "pending": False}


async def test_a_ledger_of_another_epoch_is_shown_whole_to_everybody() -> None:
    async with staged() as stage:
        host, team, _ = await a_team(stage)
        since = len(team.said), len(host.said)
        stage.memory.logs[stage.live.id].epoch += 1
        await stage.live.reload()
        assert team.kinds(since[0]) == ["snapshot", "mine"]
        assert "snapshot" in host.kinds(since[1])
        assert team.epoch == host.epoch == stage.live.head.epoch

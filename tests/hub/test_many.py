"""What many cause is not paid for by each: bytes to a console, messages a question, and nobody hears another battle."""

import asyncio
from collections import Counter
from collections.abc import Awaitable

import pytest

from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.services.creating import Wish
from quizserver.wire.framing import unframed
from tests.hub.stage import HOST_KEY, Device, Stage, staged
from tests.hub.test_evening import ANSWER, answer, play_a_question
from tests.support.battles import a_pack, each_round, right_answer

TEAMS = 5_000
SPEAK = 1_000  # of them: the memory that stands for a store here is slow with more
MOST_BYTES = 200_000


class OneOfMany(Device):
    """A device that only knows which kinds of messages it was sent: a test has no time to read them all."""

    def write(self, frame: bytes, lane: str) -> None:
        message = unframed(frame)
        assert message[1:3] == b"\xa1t"  # a map whose first entry is `t`
        self.said.append({"t": message[4 : 4 + (message[3] & 31)].decode()})
        self._heard.set()


async def joined(stage: Stage, number: int, kind: type[Device] = Device) -> list[Device]:
    """So many teams from this machine, 500 in one moment."""
    devices: list[Device] = []
    while len(devices) < number:
        crowd = [kind(stage.hub, address="127.0.0.1") for _ in range(min(500, number - len(devices)))]
        for at, device in enumerate(crowd, len(devices)):
            device.hello()
            device.say("join", pin=stage.pin, name=f"Team number {at}")
        devices += crowd
        await crowd[-1].hears("mine")
    return devices


async def test_five_thousand_teams_join_and_answer_and_a_console_hears_less_than_200_kilobytes() -> None:
    async with staged(each_round("r1", "one", reading_ms=0), pace=1) as stage:
        host, screen = stage.host(), await stage.staff("screen")
        teams = await joined(stage, TEAMS, OneOfMany)
        await host.until(lambda: host.view["counts"]["teams"] == TEAMS or None)
        await host.do("StartRound")
        before = [len(team.said) for team in teams]
        await host.do("ShowQuestion")
        for team, start in zip(teams, before, strict=True):
            await team.hears("room", since=start)
        for number, team in enumerate(teams[:SPEAK]):
            team.say("answer", id=ANSWER.format(number), question="r1-one", opening=1, value=right_answer("r1-one"))
        await host.until(lambda: host.said[-1].get("answered") == SPEAK or None)
        await screen.until(lambda: screen.said[-1].get("answered") == SPEAK or None)
        # a process that stood still for a second (this test's fault) gives that time back, which is one more message for each
        heard = [[kind for kind in team.kinds(start) if kind != "room"] for team, start in zip(teams, before, strict=True)]
        assert heard == [["ack"]] * SPEAK + [[]] * (TEAMS - SPEAK)
        for device in (host, screen):
            assert sum(map(len, device.frames)) < MOST_BYTES
        assert stage.live.known.version < 100  # joins go many in one entry


async def test_every_device_hears_exactly_three_messages_a_question() -> None:
    async with staged(each_round("r1", "one", reading_ms=0)) as stage:
        host = stage.host()
        teams = await joined(stage, 60)
        await host.do("StartRound")
        await teams[-1].sees("round_intro")
        before = [len(team.said) for team in teams]
        await host.do("ShowQuestion")
        await teams[-1].sees("open")
        for number, team in enumerate(teams):
            team.say("answer", id=ANSWER.format(number), question="r1-one", opening=1, value=right_answer("r1-one"))
        await host.sees("sealed")
        await host.do("Reveal")
        for team in teams:  # whoever is last in one saying is not in the next
            await team.sees("revealed")
        heard = Counter(kind for team, start in zip(teams, before, strict=True) for kind in team.kinds(start))
        assert heard == {"room": 60, "ack": 60, "result": 60}
        assert {team.mine["place"]["of"] for team in teams} == {60}


async def test_counts_come_at_most_four_times_a_second() -> None:
    async with staged(each_round("r1", "one", reading_ms=0), pace=1) as stage:
        host = stage.host()
        teams = await joined(stage, 100)
        await host.do("StartRound")
        await host.do("ShowQuestion")
        await teams[-1].sees("open")
        since, start = len(host.said), asyncio.get_running_loop().time()
        for number, team in enumerate(teams):
            team.say("answer", id=ANSWER.format(number), question="r1-one", opening=1, value=right_answer("r1-one"))
            await asyncio.sleep(0.01)
        await host.until(lambda: host.said[-1].get("answered") == 100 or None)
        took = asyncio.get_running_loop().time() - start
        assert host.kinds(since).count("counts") <= 4 * took + 2


async def sizes_heard(devices: list[Device], doing: Awaitable[object]) -> list[list[int]]:
    """The bytes of each message to each device from the moment something is done until two beats of the pulse later."""
    since = [len(device.frames) for device in devices]
    await doing
    await asyncio.sleep(0.6)
    return [[len(frame) for frame in device.frames[start:]] for device, start in zip(devices, since, strict=True)]


@pytest.mark.parametrize("teams", [3, 300])
async def test_what_a_device_hears_of_others_does_not_grow_with_their_number(teams: int) -> None:
    """Neither the list of teams nor the standing comes with a join, a change or an answer: each costs the same among 3 and 300."""
    async with staged(each_round("r1", "one", reading_ms=0), pace=1) as stage:
        host, screen = stage.host(), await stage.staff("screen")
        first, second, *_ = await joined(stage, teams)
        await host.until(lambda: host.view["counts"]["teams"] == teams or None)

        async def says(team: Device, number: int) -> None:
            answer(team, right_answer("r1-one"), number)
            await team.hears("ack")

        async def opens() -> None:
            await host.do("StartRound")
            await host.do("ShowQuestion")
            await second.sees("open")

        async def reveals() -> None:
            await host.do("CloseAnswers")
            await host.sees("sealed")
            await host.do("Reveal")

        own = second.mine["team"]
        of_others = (
            stage.team("One more"),
            host.do("RenameTeam", team=own, name="Renamed"),
            host.do("AdjustPoints", team=own, points=100, reason="bonus"),
        )
        for doing in of_others:
            to_team, *to_staff = await sizes_heard([first, host, screen], doing)
            assert to_team == []
            assert all(len(sizes) <= 2 and sum(sizes) < 1_000 for sizes in to_staff), to_staff
        await opens()
        to_team, *to_staff = await sizes_heard([first, host, screen], says(second, 1))
        assert to_team == [] and all(len(sizes) <= 2 and sum(sizes) < 300 for sizes in to_staff), to_staff
        assert sum((await sizes_heard([first], says(first, 2)))[0]) < 150  # an ack with its receipt
        assert sum((await sizes_heard([first], reveals()))[0]) < 1_200


async def test_two_battles_do_not_hear_each_other() -> None:
    async with staged(each_round("r1", "one", reading_ms=0)) as stage:
        second = await stage.running.create(Wish(a_pack(each_round("r1", "one", reading_ms=0)), BattleSettings(pace=60), "Hall"))
        assert not isinstance(second, Refused)
        await second.catch_up()
        there = Stage(stage.memory, stage.running, stage.hub, second)
        other_host, (other_team, _) = there.host(), await there.team("Ту-144")
        assert other_host.view["battle"]["id"] == second.id != stage.live.id
        since = len(other_host.said), len(other_team.said)
        host, (team, _) = stage.host(), await stage.team("Ту-144")
        await play_a_question(host, [team])
        await host.do("EndRound")
        await host.do("ShowStanding")
        await asyncio.sleep(0.3)
        assert other_host.kinds(since[0]) == other_team.kinds(since[1]) == []
        newest = stage.device()
        newest.hello(HOST_KEY)
        assert newest.said[0]["battle"] == second.id


async def test_a_question_of_another_battle_cannot_be_answered() -> None:
    async with staged(each_round("r1", "one", reading_ms=0)) as stage:
        second = await stage.running.create(Wish(a_pack(each_round("r9", "one", reading_ms=0)), BattleSettings(pace=60), "Hall"))
        assert not isinstance(second, Refused)
        await second.catch_up()
        team, _ = await Stage(stage.memory, stage.running, stage.hub, second).team("Ту-144")
        host = stage.host()
        await host.do("StartRound")
        await host.do("ShowQuestion")
        team.say("answer", id=ANSWER.format(1), question="r1-one", opening=1, value=right_answer("r1-one"))
        ack = await team.hears("ack")
        assert (ack["verdict"], ack["code"]) == ("refused", "not_this_question")

"""From a socket to somebody: who comes in, as whom, how often somebody may guess, and who is sent away for good."""

import asyncio
from dataclasses import replace

import pytest

from quizserver.battle.ids import BattleId
from quizserver.hub.limits import Limits, Rate
from quizserver.hub.session import Hub
from quizserver.services.ports import Moved
from quizserver.services.running import Running
from quizserver.wire import closing
from quizserver.wire.allowed import Role
from tests.hub.stage import HOST_KEY, Device, fake_stores, staged
from tests.support.fakes.feed import FakeFeed
from tests.support.fakes.memory import Memory

QUICK = Limits(hello_s=0.05)


async def test_a_socket_that_says_nothing_is_closed_and_may_come_back() -> None:
    async with staged(limits=QUICK) as stage:
        silent, polite = stage.device(), stage.device()
        polite.hello()
        await silent.until(lambda: silent.closing)
        assert silent.closing is closing.NO_HELLO
        assert polite.closing is None


async def test_an_unknown_token_is_told_so_once_and_for_all() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello("x" * 32)
        device.say("clock", sent=1)  # while it is being looked for
        await device.until(lambda: device.closing)
        assert device.closing is closing.UNKNOWN_TOKEN
        assert device.kinds() == ["clock"]


async def test_nobody_is_sent_away_for_good_while_the_store_is_gone() -> None:
    async with staged() as stage:
        device = stage.device()
        stage.memory.gone = True
        device.hello("x" * 32)
        await device.until(lambda: device.closing)
        stage.memory.gone = False
        assert device.closing is closing.STORE_GONE


async def test_nobody_is_sent_away_for_good_while_a_ledger_is_read_anew() -> None:
    async with staged() as stage:
        device, state = stage.device(), stage.live.state
        stage.live.state = None
        device.hello("x" * 32)
        await device.until(lambda: device.closing)
        stage.live.state = state
        assert device.closing is closing.STORE_GONE


async def test_a_token_that_another_process_gave_is_known_here() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        other = Running(fake_stores(stage.memory))
        await other.open()
        hub = Hub(other, HOST_KEY)
        _, late = await stage.team("Ан-2")
        for known in (joined, late):
            device = Device(hub)
            device.hello(known["token"])
            await device.hears("mine")
            assert device.who.identity.team == known["team"]
        await hub.close()
        await other.close()


class SilentOfNews(FakeFeed):
    """One that has not named the battles yet which others make."""

    def _next(self, announced: set[BattleId]) -> Moved | None:
        announced.update(self._memory.battles)
        return super()._next(announced)


@pytest.mark.parametrize("who", ["team", "host"])
async def test_a_token_of_a_battle_that_another_process_has_just_made_is_known_here(who: str) -> None:
    memory = Memory()
    other = Running(replace(fake_stores(memory), feed=SilentOfNews(memory)))
    await other.open()
    async with staged(memory=memory) as stage:
        _, joined = await stage.team("Ту-144")
        hub = Hub(other, HOST_KEY)
        device = Device(hub)
        assert not other.battles
        device.hello(joined["token"]) if who == "team" else device.hello(HOST_KEY, battle=stage.live.id)
        await device.hears("snapshot")
        assert device.who.identity.live is other.battles[stage.live.id]
        await hub.close()
        await other.close()


async def test_a_token_is_known_again_and_the_older_connection_stays_away() -> None:
    async with staged() as stage:
        first, joined = await stage.team("Ту-144")
        again = stage.device()
        again.hello(joined["token"])
        assert again.said[0] | {"now": 0} == {
            "t": "welcome",
            "role": "team",
            "now": 0,
            "battle": stage.live.id,
            "epoch": stage.live.head.epoch,
            "title": {"en": "A small pack"},
            "team": joined["team"],
            "seat": joined["seat"],
        }
        assert first.closing is closing.REPLACED
        await asyncio.sleep(0)
        seat = again.who.identity.seat
        assert seat and stage.hub.house.seats.who_is_in(stage.live.id, seat) is again.who
        again.gone()
        assert len(stage.hub.house.seats) == 0


async def test_two_resumes_in_one_moment_leave_one_connection() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        devices = [stage.device() for _ in range(50)]
        for device in devices:
            device.hello(joined["token"])
        while len(stage.hub.house.greetings):  # they are let in by turns
            await asyncio.sleep(0)
        assert [device.closing for device in devices] == [closing.REPLACED] * 49 + [None]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_empty"),
        ("   ", "name_empty"),
        ("\u202e\u200b", "name_empty"),
        ("я" * 5_000, "name_too_long"),
        ("я" * 10_000, "too_big"),
        ("Ту-144", "name_taken"),
        ("ТУ 144", "name_taken"),
        ("Ty-144", "name_taken"),
    ],
)
async def test_a_name_that_cannot_be_one_is_refused_in_a_word_and_the_socket_goes_on(name: str, code: str) -> None:
    async with staged() as stage:
        await stage.team("Ту-144")
        device = stage.device()
        device.hello()
        assert (await device.join(stage.pin, name))["code"] == code
        assert device.closing is None
        device.said.clear()
        assert (await device.join(stage.pin, "Бе-200"))["t"] == "joined"


async def test_html_in_a_name_is_only_text() -> None:
    async with staged() as stage:
        device, _ = await stage.team("<script>alert(1)</script>")
        assert device.mine["name"] == "<script>alert(1)</script>"


async def test_a_locked_lobby_takes_no_new_team_and_says_so_before() -> None:
    async with staged() as stage:
        _, joined = await stage.team("Ту-144")
        await stage.host().do("LockLobby", locked=True)
        device = stage.device()
        device.hello()
        device.say("look", pin=stage.pin)
        assert (await device.hears("lobby"))["locked"] is True
        assert (await device.join(stage.pin, "Ан-2"))["code"] == "lobby_locked"
        device.say("join", pin=stage.pin, code=joined["code"])
        assert (await device.hears("joined"))["team"] == joined["team"]


async def test_who_did_not_hear_the_reply_to_a_join_asks_again_and_is_in() -> None:
    async with staged() as stage:
        told = []
        for _ in range(2):  # the first one's connection was lost
            device = stage.device()
            device.hello()
            device.say("join", pin=stage.pin, name="Ту-144", id="0f8c2d6b7a914e3f8d5c6b7a91e3f2d4")
            told.append(await device.hears("joined"))
        assert told[0] == told[1]
        await device.hears("mine")
        assert device.mine["name"] == "Ту-144"
        assert len(stage.live.known.teams) == 1


async def test_looking_shows_the_lobby_and_nothing_else() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello()
        device.say("look", pin=stage.pin)
        assert device.said[-1].keys() == {"t", "pin", "title", "languages", "language", "locked", "theme"}


async def test_wrong_pins_are_counted_by_address_and_right_ones_are_not() -> None:
    async with staged() as stage:
        guesser, neighbour = stage.device(address="198.51.100.7"), stage.device(address="198.51.100.8")
        other_socket = stage.device(address="198.51.100.7")
        for device in (guesser, neighbour, other_socket):
            device.hello()
        for _ in range(10):
            guesser.say("look", pin="000000")
        assert {message["code"] for message in guesser.said if message["t"] == "refused"} == {"unknown_pin"}
        for _ in range(5):
            other_socket.say("look", pin=stage.pin)
            neighbour.say("look", pin=stage.pin)
        assert other_socket.said[-1]["code"] == "too_fast"
        assert neighbour.kinds()[-5:] == ["lobby"] * 5


async def test_codes_are_guessed_no_faster_than_pins() -> None:
    async with staged(limits=Limits(wrong_tries=Rate(2, 0))) as stage:
        by_code = stage.device(address="198.51.100.7")
        by_code.hello()
        for expected in ("unknown_code", "unknown_code", "too_fast"):
            by_code.said.clear()
            by_code.say("join", pin=stage.pin, code="AAAAAA")
            assert (await by_code.hears("refused"))["code"] == expected


async def test_unknown_tokens_are_shown_only_so_fast_and_keep_no_newcomer_of_their_address_out() -> None:
    async with staged(limits=Limits(wrong_tries=Rate(1, 0), unknown_tokens=Rate(2, 0))) as stage:
        for expected in (closing.UNKNOWN_TOKEN, closing.UNKNOWN_TOKEN, closing.CROWDED):
            old = stage.device(address="198.51.100.7")
            old.hello("x" * 32)
            await old.until(lambda old=old: old.closing)  # type: ignore[misc]
            assert old.closing and old.closing.code == expected.code
        newcomer = stage.device(address="198.51.100.7")
        newcomer.hello()
        assert (await newcomer.join(stage.pin, "Came late"))["t"] == "joined"


async def test_an_address_may_join_only_so_fast_and_this_machine_as_it_likes() -> None:
    async with staged(limits=Limits(joins=Rate(1, 0))) as stage:
        for address, expected in (("198.51.100.7", "too_fast"), ("127.0.0.1", None)):
            first, second = stage.device(address=address), stage.device(address=address)
            for device in (first, second):
                device.hello()
                reply = await device.join(stage.pin, f"Team {address} {device is first}")
            assert reply["t"] == ("refused" if expected else "joined")
            assert not expected or reply["code"] == expected


async def test_too_many_who_have_not_said_who_they_are_are_sent_away() -> None:
    async with staged(limits=Limits(guests_of_one=2, guests=4)) as stage:
        flood = [stage.device(address="198.51.100.7") for _ in range(3)]
        assert [device.closing and device.closing.code for device in flood] == [None, None, closing.CROWDED.code]
        others = [stage.device(address=f"203.0.113.{last}") for last in range(3)]
        assert [device.closing and device.closing.code for device in others] == [None, None, closing.CROWDED.code]
        reason, pause_ms = flood[2].closing.reason.split()  # type: ignore[union-attr]
        assert reason == "crowded" and 5_000 <= int(pause_ms) <= 15_000
        flood[0].gone()
        assert stage.device(address="198.51.100.7").closing is None


async def test_a_team_is_no_guest_any_more() -> None:
    async with staged(limits=Limits(guests=1)) as stage:
        await stage.team("Ту-144")
        await stage.team("Ан-2")


async def test_a_second_join_waits_for_the_first() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello()
        device.say("join", pin=stage.pin, name="Ту-144")
        device.say("join", pin=stage.pin, name="Ан-2")
        assert device.said[-1]["code"] == "not_yet"
        await device.hears("joined")
        assert len(stage.live.known.teams) == 1


async def test_joining_without_a_store_can_be_tried_again() -> None:
    async with staged() as stage:
        device = stage.device()
        device.hello()
        stage.memory.gone = True
        assert (await device.join(stage.pin, "Ту-144"))["temporary"] is True
        stage.memory.gone = False
        device.said.clear()
        assert (await device.join(stage.pin, "Ту-144"))["t"] == "joined"


async def test_a_screen_is_paired_by_the_code_it_shows() -> None:
    async with staged() as stage:
        screen, host = stage.device(), stage.host()
        screen.hello(pair=True)
        code = (await screen.hears("pairing"))["code"]
        await host.do("PairScreen", code=f" {code.lower()} ")
        await screen.hears("snapshot")
        assert screen.kinds() == ["welcome", "pairing", "paired", "welcome", "snapshot"]
        assert screen.who.role is Role.SCREEN
        again = stage.device()
        again.hello(screen.said[2]["token"], pair=True)
        assert again.kinds() == ["welcome", "snapshot"]
        refused = await host.ask("do", command="PairScreen", args={"code": code})
        assert refused["refused"]["code"] == "unknown_code"


async def test_a_screen_whose_token_nobody_knows_shows_a_code_again() -> None:
    async with staged() as stage:
        screen = stage.device()
        screen.hello("x" * 32, pair=True)
        await screen.hears("pairing")
        assert screen.kinds() == ["welcome", "pairing"]


async def test_a_code_does_not_last_for_ever() -> None:
    async with staged(limits=replace(Limits(), pairing_s=0)) as stage:
        screen = stage.device()
        screen.hello(pair=True)
        await screen.until(lambda: len(screen.said) >= 3 or None)
        codes = [message["code"] for message in screen.said if message["t"] == "pairing"]
        screen.gone()
        assert len(set(codes)) == len(codes)
        refused = await stage.host().ask("do", command="PairScreen", args={"code": codes[0]})
        assert refused["refused"]["code"] == "unknown_code"


async def test_a_second_console_works_at_once_and_of_two_presses_one_takes_effect() -> None:
    async with staged() as stage:
        first, second = stage.host(), stage.host()
        for console in (first, second):
            await console.hears("snapshot")
        step = first.view["step"]
        assert step == second.view["step"]
        first.say("do", n=1, command="StartRound", step=step)
        second.say("do", n=1, command="StartRound", step=step)
        done = [await console.hears("done") for console in (first, second)]
        assert sorted(each["ok"] for each in done) == [False, True]
        assert {each["refused"]["code"] for each in done if not each["ok"]} == {"stale"}
        await second.sees("round_intro")


async def test_a_host_without_a_battle_is_a_host_and_may_press_nothing() -> None:
    running = Running(fake_stores(Memory()))
    await running.open()
    hub = Hub(running, HOST_KEY)
    host = Device(hub)
    host.hello(HOST_KEY)
    assert host.said[-1]["role"] == "host"
    assert (await host.ask("do", command="StartRound"))["refused"]["code"] == "no_battle"
    assert (await host.ask("collected", scope="r1"))["refused"]["code"] == "no_battle"
    assert (await host.ask("sit", scorekeeper="a" * 16))["refused"]["code"] == "no_battle"
    operation = {
        "device": "d",
        "counter": 1,
        "venue": "v",
        "team": "t",
        "round": "r1",
        "question": "q",
        "who": "a" * 16,
        "value": "1",
    }
    assert (await host.ask("marks", operations=[operation]))["refused"]["code"] == "no_battle"
    assert (await host.ask("page", of="battles"))["page"]["rows"] == []
    assert (await host.ask("page", of="teams"))["refused"]["code"] == "store_gone"
    lost = Device(hub)
    lost.hello(HOST_KEY, battle="nowhere")
    await lost.until(lambda: lost.closing)
    assert lost.closing is closing.NO_SUCH_BATTLE
    await hub.close()
    await running.close()


async def test_leaving_is_said_goodbye_to() -> None:
    async with staged() as stage:
        team, _ = await stage.team("Ту-144")
        team.say("leave")
        assert team.closing is closing.GOODBYE
        await asyncio.sleep(0)
        assert team.who not in stage.hub.house.connections
        assert len(stage.live.known.teams) == 1


async def test_a_server_that_stops_sends_everybody_away_to_come_back() -> None:
    async with staged() as stage:
        devices = [stage.host(), stage.device(), (await stage.team("Ту-144"))[0]]
        await stage.hub.close()
        assert {device.closing.code for device in devices if device.closing} == {closing.RESTARTING.code}
        assert all(100 <= int(device.closing.reason.split()[1]) <= 2_000 for device in devices if device.closing)
        assert not stage.hub.house.connections
        late = stage.device().closing
        assert late and late.code == closing.RESTARTING.code


async def test_many_who_are_sent_away_are_told_to_come_back_no_faster_than_they_can_be_let_in() -> None:
    async with staged() as stage:
        devices = [stage.device(address="127.0.0.1") for _ in range(7_500)]
        await stage.hub.close()
        pauses = sorted(int(device.closing.reason.split()[1]) for device in devices if device.closing)
        assert len(pauses) == 7_500 and 2_700 < pauses[-1] <= 3_000
        assert 1_300 < pauses[3_750] < 1_700


async def test_a_hall_that_comes_back_at_once_is_let_in_a_few_milliseconds_at_a_time() -> None:
    async with staged() as stage:
        joined = [await stage.team(f"Team number {number}", address="127.0.0.1") for number in range(300)]
        back = [stage.device(address="127.0.0.1") for _ in joined]
        for device, (_, told) in zip(back, joined, strict=True):
            device.hello(told["token"])
        assert 0 < len(stage.hub.house.greetings) < 300  # the first turn is over, and others may have theirs
        for device in back:
            assert (await device.hears("welcome"))["role"] == "team"
            await device.hears("mine")
        assert len(stage.hub.house.greetings) == 0

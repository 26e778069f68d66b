"""Evenings from the lobby to the podium, one of every sort that happens, as devices see them."""

import asyncio
import time
from collections.abc import Callable, Mapping
from functools import partial
from itertools import permutations

import pytest

from quizserver.battle.questions import Pack, Round
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.services.creating import Wish
from quizserver.services.exporting import export_lines, ledger_entries
from quizserver.services.verifying import verify
from tests.hub.driving import collects, entered, enters, says, standing
from tests.hub.stage import HOST_KEY, Device, Stage, scorekeeper_at, staged
from tests.support.battles import a_pack, a_round, each_round, right_answer, slips_round, wrong_answer
from tests.support.driving import drive

AT_ONCE = {"reading_ms": 0, "grace_ms": 0, "last_call_seconds": 60}
Playing = Callable[..., Round]


async def paper_team(host: Device, name: str, venue: str) -> str:
    team: str = (await host.do("JoinTeam", name=name, venue=venue))["team"]
    return team


def scope_now(host: Device, venue: str) -> str:
    scope: str = host.view["venues"][venue]["scope"]
    return scope


@pytest.mark.parametrize("playing", [a_round, slips_round], ids=["sheets", "slips"])
async def test_an_evening_with_paper_teams_only(playing: Playing) -> None:
    async with staged(playing("r1", "one", "number", **AT_ONCE), pace=1) as stage:
        host, screen = stage.host(), await stage.staff("screen")
        club = (await host.do("AddVenue", name="Клуб"))["venue"]
        venues = [stage.venue, club, club]
        teams = [await paper_team(host, name, venue) for name, venue in zip("PQR", venues, strict=True)]
        desks = {venue: await stage.staff("desk", venue=venue) for venue in (stage.venue, club)}
        written = (("1", "20000"), ("1", "21242"), ("0", "7"))
        marks = {team: dict(zip(("r1-one", "r1-number"), each, strict=True)) for team, each in zip(teams, written, strict=True)}

        async def collecting() -> None:
            for venue, desk in desks.items():
                scope = scope_now(host, venue)
                await collects(desk, scope)
                here = [team for team, at in zip(teams, venues, strict=True) if at == venue]
                asked = desk.view["scopes"][scope]["questions"]
                sheets = {team: {each: said for each, said in marks[team].items() if each in asked} for team in here}
                await enters(desk, sheets, venue, "r1")

        await drive(host, collecting=collecting)
        await screen.sees("finished")
        assert await standing(screen) == await standing(host) == [(1, "Q", 2), (2, "P", 1), (3, "R", 0)]


@pytest.mark.parametrize("playing", [a_round, each_round], ids=["round end", "each"])
async def test_an_evening_online_only(playing: Playing) -> None:
    kinds = ("one", "several", "tf", "text", "number")
    async with staged(playing("r1", *kinds, **AT_ONCE), pace=1) as stage:
        host, screen = stage.host(), await stage.staff("screen")
        clever, other = [(await stage.team(name))[0] for name in ("Ан-2", "Бе-200")]

        async def answering() -> None:
            question = host.view["question"]["id"]
            await says(clever, right_answer, question)
            await says(other, right_answer if question == "r1-tf" else wrong_answer, question)

        await drive(host, answering=answering)
        for who in (clever, other, screen):
            await who.sees("finished")
            assert await standing(who) == [(1, "Ан-2", 5), (2, "Бе-200", 1)]
        assert [who.mine["place"]["place"] for who in (clever, other)] == [1, 2]


async def test_an_evening_without_any_team() -> None:
    async with staged(a_round("r1", "one", **AT_ONCE), each_round("r2", "text", **AT_ONCE), pace=1) as stage:
        host, screen = stage.host(), await stage.staff("screen")
        await drive(host)
        await screen.sees("finished")
        assert await standing(screen) == []
        assert set(host.view["results"]) == {"r1-one", "r2-text"}


async def test_a_question_that_nobody_answers_closes_seals_and_reveals_with_nothing() -> None:
    async with staged(each_round("r1", "one", reading_ms=0), a_round("r2", "text", reading_ms=0, last_call_seconds=10)) as stage:
        host, screen = stage.host(), await stage.staff("screen")
        phone, _ = await stage.team("Ту-144")
        await drive(host, "revealed", patient=True)
        await screen.sees("revealed")
        assert screen.view["solution"]["fell"]["answered"] == 0
        await drive(host, patient=True)
        assert host.view["results"] == {each: {"answered": 0, "right": 0} for each in ("r1-one", "r2-text")}
        assert all(box.sealed for box in stage.live.known.boxes.values())
        assert await standing(phone) == [(1, "Ту-144", 0)]


async def test_an_evening_goes_on_over_venues_that_never_confirm_collected() -> None:
    async with staged(a_round("r1", "one", "tf", **AT_ONCE), a_round("r2", "one", **AT_ONCE), pace=1) as stage:
        host, desk = stage.host(), await stage.staff("desk", venue=stage.venue)
        phone, _ = await stage.team("Ан-2")
        paper = await paper_team(host, "Бумага", stage.venue)

        async def answering() -> None:
            await says(phone, right_answer, host.view["question"]["id"])

        async def collecting() -> None:
            await host.do("GoOnUncollected")

        await drive(host, answering=answering, collecting=collecting)
        assert [scope.get("key") for scope in desk.view["scopes"].values()] == [None, None]
        await enters(desk, {paper: {"r1-one": "1", "r1-tf": "1"}}, stage.venue, "r1")
        await enters(desk, {paper: {"r2-one": "1"}}, stage.venue, "r2")
        assert await standing(phone) == [(1, "Ан-2", 3), (2, "Бумага", 0)]
        waiting = host.view["attention"]["waiting"]
        assert waiting == [{"venue": stage.venue, "scope": scope} for scope in ("r1", "r2")]
        for each in waiting:
            await host.do("AcceptMarks", **each)
        assert await standing(phone) == [(1, "Ан-2", 3), (2, "Бумага", 0)]
        assert "amended" not in phone.view
        sheets = (await host.ask("page", of="late"))["page"]["rows"]
        assert [(each["number"], each["count"], each["then"]["points"]) for each in sheets] == [(1, 2, 200), (2, 1, 100)]
        for each in sheets:
            await host.do("JudgeLate", operations=each["operations"], over=each["over"], accepted=True, reason="no network")
        assert await standing(phone) == [(1, "Ан-2", 3), (1, "Бумага", 3)]
        await phone.until(lambda: phone.view.get("amended", {}).get("times") == 2 or None)


async def test_a_place_that_moves_when_no_result_comes_any_more_is_told_to_its_team() -> None:
    async with staged(a_round("r1", "one", "tf", **AT_ONCE), pace=1) as stage:
        host, desk = stage.host(), await stage.staff("desk", venue=stage.venue)
        phone, _ = await stage.team("Ан-2")
        p, q = [await paper_team(host, name, stage.venue) for name in "PQ"]

        async def answering() -> None:
            question = host.view["question"]["id"]
            await says(phone, right_answer if question == "r1-one" else wrong_answer, question)

        async def shown(place: int, worst: int | None) -> None:
            await phone.until(lambda: (phone.mine["place"]["place"], phone.mine["place"].get("worst")) == (place, worst) or None)

        await drive(host, "round_end", answering=answering, collecting=lambda: collects(desk, scope_now(host, stage.venue)))
        await shown(1, 3)
        await enters(desk, {p: {"r1-one": "1", "r1-tf": "1"}}, stage.venue, "r1")
        await drive(host, "final")
        await shown(2, 3)
        await drive(host)
        await host.do("AdjustPoints", team=p, points=-200, reason="a song that was none")
        await shown(1, 2)
        await enters(desk, {q: {"r1-one": "0", "r1-tf": "0"}}, stage.venue, "r1")
        await host.until(lambda: host.view["attention"]["late"]["count"] or None)
        [sheet] = (await host.ask("page", of="late"))["page"]["rows"]
        await host.do("JudgeLate", operations=sheet["operations"], over=sheet["over"], accepted=True, reason="no network")
        await shown(1, None)


async def test_one_person_is_host_and_scorekeeper_all_evening() -> None:
    async with staged(a_round("r1", "one", "number", **AT_ONCE), pace=1) as stage:
        host, desk = stage.host(), stage.device()
        desk.hello(HOST_KEY, battle=stage.live.id, desk=stage.venue)
        teams = [await paper_team(host, name, stage.venue) for name in "PQ"]
        sheets = dict(zip(teams, ({"r1-one": "1", "r1-number": "21000"}, {"r1-one": "1", "r1-number": "0"}), strict=True))

        async def collecting() -> None:
            await collects(desk, scope_now(host, stage.venue))
            await desk.ask("sit", scorekeeper=scorekeeper_at(stage.venue), name="Ведущая")
            await enters(desk, sheets, stage.venue, "r1")

        await drive(host, collecting=collecting)
        assert await standing(host) == [(1, "P", 2), (2, "Q", 1)]


# --- two battles ---------------------------------------------------------------------------------------------------------


async def test_two_battles_at_once_have_nothing_in_common() -> None:
    names = (("r1", "Ан-2", "Бумага"), ("x1", "Миг-15", "Картон"))
    async with staged(pack=pack_of("r1"), pace=1) as first:
        other = await first.running.create(Wish(pack_of("x1"), BattleSettings(language="en", title="Second"), "Club"))
        assert not isinstance(other, Refused)
        await other.catch_up()
        stages = [first, Stage(first.memory, first.running, first.hub, other)]
        halls = [await Hall.open(stage, *named) for stage, named in zip(stages, names, strict=True)]
        await asyncio.gather(*(hall.play() for hall in halls))
        for hall in halls:
            assert await standing(hall.phone) == [(1, hall.team, 2), (2, hall.paper, 1)]
        assert all(each.encode() in hall.heard()["host"] for hall in halls for each in hall.marks())  # so we would have seen it
        for hall, stranger in permutations(halls):
            for who, heard in hall.heard().items():
                assert [each for each in stranger.marks() if each.encode() in heard] == [], who


async def test_a_team_or_a_desk_of_one_battle_can_do_nothing_in_another() -> None:
    async with staged(pack=pack_of("r1"), pace=1) as first:
        other = await first.running.create(Wish(pack_of("x1"), BattleSettings(language="en"), "Club"))
        assert not isinstance(other, Refused)
        await other.catch_up()
        here, there = first, Stage(first.memory, first.running, first.hub, other)
        host, strangers_host = here.host(), there.host()
        for each in (host, strangers_host):
            for command in ("StartRound", "ShowQuestion"):
                await each.do(command)
        phone, joined = await here.team("Ан-2")
        paper = await paper_team(strangers_host, "Картон", there.venue)
        phone.say("answer", id="1" * 32, question="x1-one", opening=1, value="x1-one-b")
        assert (await phone.hears("ack", "refused")).get("verdict") != "recorded"
        desk = await here.staff("desk", venue=here.venue)
        assert (await entered(desk, {paper: {"x1-one": "1"}}, there.venue, "x1"))["refused"]["code"] == "not_your_venue"
        guest = here.device()
        guest.hello()
        guest.say("join", pin=there.pin, code=joined["code"])
        assert (await guest.hears("joined", "refused"))["code"] == "unknown_code"
        assert not other.known.cells and not await there.running.stores.boxes.standing(other.id, other.known.current_question.id, 1)  # type: ignore[union-attr]


def pack_of(name: str) -> Pack:
    return a_pack(a_round(name, "one", "text", **AT_ONCE))


class Hall:
    """Everybody of one battle: a host, a phone, a screen, a desk with a team on paper."""

    host: Device
    screen: Device
    desk: Device
    phone: Device
    sheet: str

    def __init__(self, stage: Stage, round_name: str, team: str, paper: str) -> None:
        self.stage, self.round, self.team, self.paper = stage, round_name, team, paper

    @classmethod
    async def open(cls, stage: Stage, round_name: str, team: str, paper: str) -> "Hall":
        hall = cls(stage, round_name, team, paper)
        hall.host, hall.screen = stage.host(), await stage.staff("screen")
        hall.phone, _ = await stage.team(team)
        hall.sheet = await paper_team(hall.host, paper, stage.venue)
        hall.desk = await stage.staff("desk", venue=stage.venue)
        return hall

    async def play(self) -> None:
        async def answering() -> None:
            await says(self.phone, right_answer, self.host.view["question"]["id"])

        async def collecting() -> None:
            await collects(self.desk, self.round)
            await self.desk.ask("page", of="sheet", scope=self.round)
            marks = {f"{self.round}-one": "1", f"{self.round}-text": "0"}
            await enters(self.desk, {self.sheet: marks}, self.stage.venue, self.round)

        await drive(self.host, answering=answering, collecting=collecting)

    def heard(self) -> Mapping[str, bytes]:
        devices = {"host": self.host, "screen": self.screen, "desk": self.desk, "phone": self.phone}
        return {name: b"\n".join(device.frames) for name, device in devices.items()}

    def marks(self) -> list[str]:
        """What only this battle has: if any of it is heard in another, that is a leak."""
        state = self.stage.live.known
        return [state.battle, state.pin, *state.venues, *state.teams, f"{self.round}-", self.team, self.paper]


# --- midnight ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("zone", "hours"), [("UTC0", 0), ("MSK-3", 3)])
async def test_an_evening_across_midnight_of_new_year_is_like_any_other(
    zone: str, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    new_year_ms = 1_798_761_600_000 - hours * 3_600_000  # 2027 begins there
    ahead_ms = new_year_ms - 1000 - time.time_ns() // 1_000_000
    try:
        async with staged(each_round("r1", "one", reading_ms=0), clock_ms=partial(shifted, ahead_ms), pace=12) as stage:
            host = stage.host()
            phones = [(await stage.team(name))[0] for name in ("Ан-2", "Бе-200")]

            async def answering() -> None:
                await says(phones[0], right_answer, "r1-one")
                await until(stage, new_year_ms + 200)
                await says(phones[1], right_answer, "r1-one")

            await drive(host, answering=answering, patient=True)
            [box] = stage.live.known.boxes.values()
            assert box.opens_at_ms < new_year_ms < (box.cut_off_ms or 0)
            assert [row.stamp_ms < new_year_ms for row in box.answers.values()] == [True, False]
            assert await standing(phones[0]) == [(1, "Ан-2", 1), (1, "Бе-200", 1)]
            ledger = stage.running.stores.ledger
            lines = [line async for line in export_lines(stage.live.id, ledger_entries(ledger, stage.live.id))]
            assert len(verify(lines).places) == 2
    finally:
        monkeypatch.undo()
        time.tzset()


def shifted(ahead_ms: int) -> int:
    """The clock of a store that is so far ahead."""
    return time.time_ns() // 1_000_000 + ahead_ms


async def until(stage: Stage, at_ms: int) -> None:
    await asyncio.sleep(max(0, at_ms - stage.running.clock.now_ms()) / 1000)

"""Desks and consoles: sheets by page, cells as they change, marks that arrive once, presses that do what they say."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from quizserver.battle.announcements import Said
from quizserver.battle.refusals import Refused
from quizserver.battle.sheet_numbers import SheetNumber
from quizserver.hub.backstage import NoBackstage
from quizserver.wire import closing, presses
from tests.hub.stage import Device, Stage, scorekeeper_at, staged
from tests.support.battles import a_round
from tests.support.fakes.announcements import FakeAnnouncements

ROUND = a_round("r1", "one", "text", reading_ms=0, grace_ms=0, last_call_seconds=60)


def operation(stage: Stage, of: str, counter: int = 1, **change: Any) -> dict[str, Any]:
    fits = {
        "device": "desk",
        "counter": counter,
        "venue": stage.venue,
        "team": of,
        "round": "r1",
        "question": "r1-one",
        "who": scorekeeper_at(stage.venue),
        "value": "1",
    }
    return {**fits, **change}


async def collecting(stage: Stage) -> tuple[Device, Device, str]:
    """A console, a desk and a paper team, in a round that is closed."""
    host = stage.host()
    team = (await host.do("JoinTeam", name="Бумага", venue=stage.venue))["team"]
    desk = await stage.staff("desk", venue=stage.venue)
    for command in ("StartRound", "ShowQuestion", "ShowQuestion", "CallLast", "CloseAnswers"):
        await host.do(command)
    await desk.sees("round_closed")
    return host, desk, team


async def test_a_desk_has_the_key_once_its_venue_has_collected_and_marks_arrive_at_all_who_look() -> None:
    async with staged(ROUND) as stage:
        host, desk, team = await collecting(stage)
        assert "key" not in desk.view["scopes"]["r1"]
        assert (await desk.ask("collected", scope="r1"))["ok"]
        await desk.until(lambda: desk.view["scopes"]["r1"].get("key"))
        for looker in (desk, host):
            page = (await looker.ask("page", of="sheet", scope="r1", venue=stage.venue))["page"]
            assert [(row["name"], row["cells"]) for row in page["rows"]] == [("Бумага", {})]
        done = await desk.ask(
            "marks", operations=[operation(stage, team), operation(stage, team, 2, question="r1-text", value="0")]
        )
        assert done["ok"]
        for looker in (desk, host):
            cells = await looker.hears("cells")
            assert (cells["venue"], cells["scope"]) == (stage.venue, "r1")
            assert {each: cell["value"] for each, cell in cells["rows"][0]["cells"].items()} == {"r1-one": "1", "r1-text": "0"}


async def test_marks_sent_twice_change_nothing_and_are_told_so_alike() -> None:
    async with staged(ROUND) as stage:
        _, desk, team = await collecting(stage)
        await desk.ask("page", of="sheet", scope="r1")
        for _ in range(2):
            assert await desk.ask("marks", operations=[operation(stage, team)]) == {
                "t": "done",
                "n": desk.said[-1]["n"],
                "ok": True,
            }
        assert desk.kinds().count("cells") == 1


async def test_a_total_changes_the_sheet_of_its_round() -> None:
    async with staged(ROUND) as stage:
        _, desk, team = await collecting(stage)
        await desk.ask("page", of="sheet", scope="r1")
        await desk.ask("marks", operations=[operation(stage, team, question="total", value="2")])
        assert (await desk.hears("cells"))["rows"][0]["cells"]["total"]["value"] == "2"


async def test_a_desk_is_told_which_questions_of_a_sheet_a_team_plays_online_when_it_looks_and_when_that_changes() -> None:
    async with staged(ROUND) as stage:
        host, desk, team = await collecting(stage)
        page = (await desk.ask("page", of="sheet", scope="r1"))["page"]
        assert [row["online"] for row in page["rows"]] == [[]]
        change = {"team": team, "round": "r1", "question": "r1-text", "only_this_round": False, "reason": "phones work again"}
        await host.do("ChangeSource", source="online", **change)
        assert [row["online"] for row in (await desk.hears("cells"))["rows"]] == [["r1-text"]]
        await desk.ask("marks", operations=[operation(stage, team)])
        row = (await desk.hears("cells"))["rows"][0]
        assert (row["online"], list(row["cells"])) == (["r1-text"], ["r1-one"])
        assert row["cells"]["r1-one"]["present"][0]["at"] > 0


async def test_who_looks_at_another_sheet_hears_nothing_of_this_one() -> None:
    async with staged(ROUND) as stage:
        host, desk, team = await collecting(stage)
        other = (await host.do("AddVenue", name="Другая"))["venue"]
        await host.ask("page", of="sheet", scope="r1", venue=other)
        assert (await desk.ask("marks", operations=[operation(stage, team)]))["ok"]
        assert "cells" not in [*host.kinds(), *desk.kinds()]


async def test_a_desk_writes_and_speaks_for_its_own_venue_whatever_it_says() -> None:
    async with staged(ROUND) as stage:
        host = stage.host()
        other = (await host.do("AddVenue", name="Другая"))["venue"]
        host, desk, team = await collecting(stage)
        wrong = await desk.ask("marks", operations=[operation(stage, team, venue=other)])
        assert wrong["refused"]["code"] == "not_your_venue"
        await desk.ask("collected", scope="r1", venue=other)
        assert {venue for venue, _ in stage.live.known.collected} <= {stage.venue}
        page = await desk.ask("page", of="sheet", scope="r1", venue=other)
        assert page["page"]["of"] == 1


async def test_one_person_may_be_host_and_desk() -> None:
    async with staged(ROUND) as stage:
        host, _, team = await collecting(stage)
        assert (await host.ask("collected", scope="r1"))["refused"]["code"] == "unknown_venue"
        assert (await host.ask("collected", scope="r1", venue=stage.venue))["ok"]
        assert (await host.ask("marks", operations=[operation(stage, team)]))["ok"]
        page = (await host.ask("page", of="sheet", scope="r1", venue=stage.venue))["page"]
        assert page["rows"][0]["cells"]["r1-one"]["state"] == "marked"


@pytest.mark.parametrize(
    ("t", "rest", "code"),
    [
        ("collected", {"scope": "nothing"}, "unknown_scope"),
        ("page", {"of": "sheet", "scope": "nothing"}, "unknown_scope"),
        ("marks", {"operations": [{"team": "nobody"}]}, "unknown_team"),
        ("marks", {"operations": [{"value": "8"}]}, "not_a_mark"),
    ],
)
async def test_what_a_desk_cannot_do_is_told_in_a_word(t: str, rest: dict[str, Any], code: str) -> None:
    async with staged(ROUND) as stage:
        _, desk, team = await collecting(stage)
        if "operations" in rest:
            rest = {"operations": [operation(stage, team, **change) for change in rest["operations"]]}
        assert (await desk.ask(t, **rest))["refused"]["code"] == code


async def test_an_unknown_press_is_refused_and_is_no_strike() -> None:
    async with staged() as stage:
        host = stage.host()
        for _ in range(5):
            assert (await host.ask("do", command="TimeUp"))["refused"]["code"] == "unknown_command"
        assert (await host.ask("do", command="StartBreak"))["refused"] == {
            "code": "invalid",
            "detail": "StartBreak.seconds",
            "fault": "sender",
            "temporary": False,
        }
        assert host.closing is None


async def test_every_press_of_the_table_reaches_its_service() -> None:
    async with staged(ROUND, ROUND_2) as stage:
        host = stage.host()
        team, _ = await stage.team("Ту-144")
        me = team.who.identity.team or ""
        pressed: set[str] = set()

        async def press(command: str, **args: Any) -> dict[str, Any]:
            pressed.add(command)
            return await host.do(command, **args)

        venue = (await press("AddVenue", name="Вторая"))["venue"]
        await press("RenameVenue", venue=venue, name="Третья")
        paper = (await press("JoinTeam", name="Бумага", venue=venue))["team"]
        await press("ReserveSpares", venue=venue, count=2)
        await press("AssignSpare", team=paper, spare=str(SheetNumber(1, 2)))
        assert (await press("JoinTeam", name="Без записи", venue=venue, spare=f"{stage.pin} {SheetNumber(2, 3)}"))["team"]
        await press("RenameTeam", team=me, name="Ту-160")
        await press("MuteTeam", team=me, muted=True)
        await press("ApproveTeams", teams=[me])
        await press("MoveTeam", team=me, venue=venue)
        await press("MoveTeam", team=me)
        assert (await press("ShowTeamCode", team=me))["code"] == team.said[1]["code"]
        token = (await press("AdmitStaff", role="desk", venue=venue))["token"]
        assert stage.hub.house.record_of(token)
        await announced(stage, press)
        await press("LockLobby", locked=True)
        await press("StartBreak", seconds=60)
        await press("ShowPlay")
        await press("ShowStanding")
        await press("StartRound")
        await press("GoBack")
        await press("StartRound")
        await press("ShowQuestion")
        await press("Extend", by_ms=60_000)
        await press("Pause")
        await press("Resume")
        await press("ShowQuestion")
        team.say("answer", id="0" * 32, question="r1-text", opening=1, value="Ил-18")
        await team.hears("ack")
        await press("CallLast")
        await press("CloseAnswers")
        assert [each["scope"] for each in (await press("ShowPhoneCodes", venue=venue))["codes"]] == ["r1"]
        await press("GoOnUncollected")
        await host.until(lambda: host.view["primary"]["command"] == "Reveal" or None)
        await press("Reveal")
        await press("Reveal")
        await press("RuleAnswer", question="r1-text", said="ил 18", accepted=None)
        await press("TickAnswer", question="r1-text", said="ил 18", shown=True)
        await press("AcceptMarks", venue=venue, scope="r1")
        pressed.add("JudgeLate")
        told = await host.ask("do", command="JudgeLate", args={"operations": ["x:1"], "accepted": True, "reason": "курьер"})
        assert told["refused"]["code"] == "not_late"
        await press("VoidQuestion", question="r1-one", voided=True, reason="спорный")
        await press("AdjustPoints", team=me, points=-100, reason="телефон")
        await press("ChangeSource", team=paper, round="r1", question="r1-one", source="online", only_this_round=True, reason="да")
        await press("FreezeStanding", frozen=True)
        await press("EndRound")
        await press("ShowStanding", which="speed")
        await press("StartRound")
        await press("ShowQuestion")
        await press("OpenAnswers")
        await press("CallLast")
        await press("CloseAnswers")
        await host.sees("round_closed")
        await press("Reopen")
        await press("CloseAnswers")
        await press("GoOnUncollected")
        await host.until(lambda: host.view["primary"]["command"] == "Reveal" or None)
        await press("Reveal")
        await press("EndRound")
        await press("ShowPodium")
        await press("Finish")
        elsewhere = {"AdmitMissed", "PairScreen", "CreateBattle", "OfferAddress", "SignOut", "SignOutOthers", "RevokeStaff"}
        assert pressed == {*presses.COMMANDS, *presses.SERVERS_OWN} - elsewhere
        assert team.mine["name"] == "Ту-160"


async def announced(stage: Stage, press: Callable[..., Awaitable[dict[str, Any]]]) -> None:
    """What a host does with venues and with teams that have announced themselves, and with one team that came twice."""
    stage.hub.house.backstage = NoBackstage(FakeAnnouncements(), stage.running.clock.now_ms)
    people, venue = stage.hub.house.backstage.announcing, stage.venue
    await press("OpenRegistration", opened=True)
    await press("DescribeVenue", venue=venue, city="Омск", starts="19:30", zone_min=360)
    await press("NameRepresentative", venue=venue, name="Вера Ткачук")
    for name in ("Ил-62", "Илы", "Ил-18", "Шутники"):
        assert not isinstance(await people.announce(stage.live, Said(name, f"Капитан {name}", 5, None)), Refused)
    first, second, third, jokers = (row.id for row in await people.people.of_battle(stage.live.id))
    await press("MoveAnnounced", announced=first, venue=venue)
    await press("MergeAnnounced", announced=second, into=first)
    await press("ApproveAnnounced", announced=[first, third])
    await press("RefuseAnnounced", announced=[jokers])
    await press("CountPeople", team=third, people=6)
    twin = (await press("JoinTeam", name="Ил-18 опять", venue=venue))["team"]
    await press("MergeTeams", team=third, into=twin)


ROUND_2 = a_round("r2", "one", reading_ms=None, grace_ms=0)


async def test_a_press_whose_team_or_venue_is_unknown_is_refused() -> None:
    async with staged() as stage:
        host = stage.host()
        for command, args in (
            ("ShowTeamCode", {"team": "nobody"}),
            ("JoinTeam", {"name": "Бумага", "venue": "nowhere"}),
            ("AdmitStaff", {"role": "desk", "venue": "nowhere"}),
        ):
            assert (await host.ask("do", command=command, args=args))["refused"]["code"].startswith("unknown_")
        screen = stage.device()
        screen.hello(pair=True)
        refused = await host.ask("do", command="PairScreen", args={"code": screen.said[-1]["code"], "venue": "nowhere"})
        assert refused["refused"]["code"] == "unknown_venue"


async def test_a_desk_that_looks_is_told_of_the_spare_sheets_that_a_team_has_taken() -> None:
    async with staged(ROUND) as stage:
        host, desk, team = await collecting(stage)
        await host.do("ReserveSpares", venue=stage.venue, count=1)
        rows = (await desk.ask("page", of="sheet", scope="r1"))["page"]["rows"]
        assert [row["sheets"] for row in rows] == [[str(SheetNumber(1, 1))]]
        await host.do("AssignSpare", team=team, spare=str(SheetNumber(1, 2)))
        told = await desk.hears("cells")
        assert [row["sheets"] for row in told["rows"]] == [[str(SheetNumber(1, 1)), str(SheetNumber(1, 2))]]


@pytest.mark.parametrize("command", ["JoinTeam", "AssignSpare"])
async def test_a_number_with_a_wrong_digit_is_refused_and_changes_nothing(command: str) -> None:
    async with staged(ROUND) as stage:
        host, _, team = await collecting(stage)
        await host.do("ReserveSpares", venue=stage.venue, count=1)
        wrong = str(SheetNumber(1, 2)).replace("-002-", "-003-")
        args = {"JoinTeam": {"name": "Ещё", "venue": stage.venue}, "AssignSpare": {"team": team}}[command]
        before = stage.live.known
        assert (await host.ask("do", command=command, args={**args, "spare": wrong}))["refused"]["code"] == "wrong_check_digit"
        assert (stage.live.known.teams, stage.live.known.spares) == (before.teams, before.spares)


async def test_pages_of_teams_and_standing() -> None:
    async with staged() as stage:
        host = stage.host()
        team, _ = await stage.team("Ту-144")
        await stage.team("Ан-2")
        teams = (await host.ask("page", of="teams", find="ту"))["page"]
        assert [row["name"] for row in teams["rows"]] == ["Ту-144"]
        for device in (host, team, await stage.staff("screen")):
            standing = (await device.ask("page", of="standing", start=1, count=1))["page"]
            assert (standing["of"], [row["name"] for row in standing["rows"]]) == (2, ["Ту-144"])
        assert (await host.ask("page", of="missed", question="nothing", opening=1))["refused"]["code"] == "unknown_question"


async def test_a_frozen_standing_is_frozen_for_all_but_the_host() -> None:
    async with staged() as stage:
        host = stage.host()
        team, _ = await stage.team("Ту-144")
        await host.do("FreezeStanding", frozen=True)
        await host.do("AdjustPoints", team=team.who.identity.team, points=500, reason="за песню")
        for device, points in ((host, 500), (team, 0)):
            assert (await device.ask("page", of="standing"))["page"]["rows"][0]["points"] == points


async def test_pages_while_the_ledger_is_read_anew_or_the_store_is_gone_may_be_asked_again() -> None:
    async with staged(ROUND) as stage:
        host, _, _ = await collecting(stage)
        state, stage.live.state = stage.live.state, None
        assert (await host.ask("page", of="teams"))["refused"]["temporary"] is True
        stage.live.state = state
        stage.memory.gone = True
        assert (await host.ask("page", of="missed", question="r1-one", opening=1))["refused"]["temporary"] is True
        assert (await host.ask("do", command="ShowStanding"))["refused"]["code"] == "store_gone"
        stage.memory.gone = False


async def test_a_key_that_is_taken_back_closes_its_desk_at_once_and_for_good() -> None:
    async with staged() as stage:
        desk, screen, host = await stage.staff("desk", venue=stage.venue), await stage.staff("screen"), stage.host()
        rows = (await host.ask("page", of="keys"))["page"]["rows"]
        assert [(row["role"], row.get("venue"), row["connected"]) for row in rows] == [
            ("screen", None, True),
            ("desk", stage.venue, True),
        ]
        await host.do("RevokeStaff", key=rows[1]["key"])
        assert (desk.closing, screen.closing, host.closing) == (closing.SIGNED_OUT, None, None)
        assert [row["role"] for row in (await host.ask("page", of="keys"))["page"]["rows"]] == ["screen"]
        again = await host.ask("do", command="RevokeStaff", args={"key": rows[1]["key"]})
        assert again["refused"]["code"] == "unknown_key"

"""Who sits at a desk, what is hidden from whom while marks are entered twice, what came too late, and one history a cell."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.hub.stage import HOST_KEY, Device, Message, Stage, staged
from tests.support.battles import a_round

ANNA, BORIS, PHONE = "a" * 16, "b" * 16, "c" * 16
AT_ONCE: dict[str, Any] = {"reading_ms": 0, "grace_ms": 0}
ROUNDS = (a_round("r1", "one", "tf", **AT_ONCE), a_round("r2", "one", **AT_ONCE))


@asynccontextmanager
async def collected(**settings: Any) -> AsyncIterator[tuple[Stage, Device, str]]:
    """A console and a paper team whose first round is collected; nobody sits at a desk yet."""
    async with staged(*ROUNDS, **settings) as stage:
        host = stage.host()
        team = (await host.do("JoinTeam", name="Бумага", venue=stage.venue))["team"]
        for command in ("StartRound", "ShowQuestion", "ShowQuestion", "CallLast", "CloseAnswers"):
            await host.do(command)
        await host.sees("round_closed")
        assert (await host.ask("collected", scope="r1", venue=stage.venue))["ok"]
        yield stage, host, team


async def desk_of(stage: Stage, host: Device, scorekeeper: str = "", name: str = "") -> Device:
    desk = stage.device()
    desk.hello((await host.do("AdmitStaff", role="desk", venue=stage.venue))["token"])
    if scorekeeper:
        assert (await sits(desk, scorekeeper, name))["ok"]
    return desk


async def sits(desk: Device, scorekeeper: str, name: str = "", **more: Any) -> Message:
    return await desk.ask("sit", scorekeeper=scorekeeper, name=name, **more)


async def marks(desk: Device, team: str, who: str, value: str, counter: int = 1, question: str = "r1-one", **more: Any) -> Message:
    where = {"venue": desk.view["venue"]["id"], "team": team, "round": "r1", "question": question}
    operation = {"device": f"device-of-{who}", "counter": counter, **where, "who": who, "value": value, **more}
    return await desk.ask("marks", operations=[operation])


async def cell_seen(desk: Device, question: str = "r1-one", **more: Any) -> Message:
    rows = (await desk.ask("page", of="sheet", scope="r1", **more))["page"]["rows"]
    found: Message = rows[0]["cells"].get(question, {})
    return found


# --- sitting down ---


async def test_a_desk_knows_who_has_sat_there_and_another_device_of_a_person_is_that_person() -> None:
    async with collected() as (stage, host, _):
        one, other = await desk_of(stage, host), await desk_of(stage, host)
        assert (await sits(one, ANNA, "Анна"))["result"] == {"scorekeeper": ANNA}
        assert (await sits(other, PHONE, "анна"))["result"] == {"scorekeeper": ANNA}
        assert (await sits(other, BORIS, "Борис"))["result"] == {"scorekeeper": BORIS}
        await one.until(lambda: len(one.view["scorekeepers"]) == 2 or None)
        assert one.view["scorekeepers"] == {ANNA: {"called": "Анна", "number": 1}, BORIS: {"called": "Борис", "number": 2}}
        assert "scorekeepers" not in host.view


@pytest.mark.parametrize(("scorekeeper", "name", "code"), [(BORIS, "", "unknown_scorekeeper"), (BORIS, " ", "name_empty")])
async def test_who_is_not_known_needs_a_name(scorekeeper: str, name: str, code: str) -> None:
    async with collected() as (stage, host, _):
        desk = await desk_of(stage, host, ANNA, "Анна")
        assert (await sits(desk, scorekeeper, name))["refused"]["code"] == code
        assert (await sits(desk, ANNA))["ok"]


async def test_marks_of_nobody_are_refused_and_taken_once_the_person_is_named() -> None:
    async with collected() as (stage, host, team):
        desk = await desk_of(stage, host)
        assert (await marks(desk, team, ANNA, "1"))["refused"]["code"] == "unknown_scorekeeper"
        await sits(desk, ANNA, "Анна")
        assert (await marks(desk, team, ANNA, "1"))["ok"]


async def test_a_console_says_at_which_venue_somebody_sits() -> None:
    async with collected() as (stage, host, _):
        assert (await sits(host, ANNA, "Анна"))["refused"]["code"] == "unknown_venue"
        assert (await sits(host, ANNA, "Анна", venue=stage.venue))["ok"]


# --- twice, blind ---


async def test_no_message_tells_a_scorekeeper_what_another_wrote_before_both_have_written() -> None:
    async with collected(double_entry=True) as (stage, host, team):
        anna, boris = await desk_of(stage, host, ANNA, "Анна"), await desk_of(stage, host, BORIS, "Борис")
        nobody = await desk_of(stage, host)
        for looker in (anna, boris, nobody):
            await cell_seen(looker)
        await host.ask("page", of="sheet", scope="r1", venue=stage.venue)
        assert (await marks(anna, team, ANNA, "1"))["ok"]
        for looker in (anna, host):
            assert (await looker.hears("cells"))["rows"][0]["cells"]["r1-one"]["value"] == "1"
        for looker in (boris, nobody):
            told = (await looker.hears("cells"))["rows"][0]["cells"]["r1-one"]
            assert told == {"state": "empty", "value": "", "present": [], "by": 1}
            assert await cell_seen(looker) == told
            history = await looker.ask("page", of="cell", team=team, round="r1", question="r1-one")
            assert history["page"]["rows"] == []
            assert f"device-of-{ANNA}" not in str(looker.said)
        assert (await marks(boris, team, BORIS, "0"))["ok"]
        for looker in (anna, boris, host):
            cell = (await looker.hears("cells"))["rows"][0]["cells"]["r1-one"]
            assert (cell["state"], cell["by"], len(cell["present"])) == ("disputed", 2, 2)
        assert f"device-of-{ANNA}" not in str(nobody.said)


async def test_who_sits_down_where_another_sat_sees_as_little_as_anybody() -> None:
    async with collected(double_entry=True) as (stage, host, team):
        desk = await desk_of(stage, host, ANNA, "Анна")
        await marks(desk, team, ANNA, "1")
        assert (await cell_seen(desk))["value"] == "1"
        await sits(desk, BORIS, "Борис")
        assert (await cell_seen(desk))["state"] == "empty"
        back = stage.device()
        back.hello((await host.do("AdmitStaff", role="desk", venue=stage.venue))["token"])
        assert (await cell_seen(back))["state"] == "empty"


async def test_a_host_at_a_desk_sees_everything() -> None:
    async with collected(double_entry=True) as (stage, host, team):
        await marks(await desk_of(stage, host, ANNA, "Анна"), team, ANNA, "1")
        referee = stage.device()
        referee.hello(HOST_KEY, battle=stage.live.id, desk=stage.venue)
        await sits(referee, BORIS, "Ведущая")
        assert (await cell_seen(referee))["value"] == "1"


async def test_the_host_sees_how_often_two_people_differed_at_each_venue() -> None:
    async with collected(double_entry=True) as (stage, host, team):
        anna, boris = await desk_of(stage, host, ANNA, "Анна"), await desk_of(stage, host, BORIS, "Борис")
        for counter, (question, mine, yours) in enumerate((("r1-one", "1", "0"), ("r1-tf", "1", "1")), 1):
            await marks(anna, team, ANNA, mine, counter, question)
            await marks(boris, team, BORIS, yours, counter, question)
        page = (await host.ask("page", of="entry"))["page"]
        assert page["rows"] == [{"venue": stage.venue, "once": 0, "twice": 2, "differed": 1}]


# --- late ---


async def finished(host: Device) -> None:
    """The rest of the evening, by the host's key."""
    while host.view["phase"] != "finished":
        step, primary = host.view["step"], host.view["primary"]
        if primary["command"]:
            await host.do(primary["command"])
        elif primary["waits"] == "collecting":
            await host.do("GoOnUncollected")
        await host.until(lambda before=(step, primary): (host.view["step"], host.view["primary"]) != before or None)  # type: ignore[misc]


async def test_a_sheet_after_the_end_is_stored_as_late_and_the_host_sees_what_it_would_change_before_the_press() -> None:
    async with collected() as (stage, host, team):
        desk = await desk_of(stage, host, ANNA, "Анна")
        await marks(desk, team, ANNA, "0")
        await host.do("JoinTeam", name="Соседи", venue=stage.venue)
        await finished(host)
        await cell_seen(desk)
        told = await marks(desk, team, ANNA, "1", 2, over=[f"device-of-{ANNA}:1"], why="Нашли лист")
        assert told["result"] == {"late": [f"device-of-{ANNA}:2"]}
        assert (await marks(desk, team, ANNA, "1", 2, over=[f"device-of-{ANNA}:1"], why="Нашли лист"))["result"] == told["result"]
        cell = (await desk.hears("cells"))["rows"][0]["cells"]["r1-one"]
        assert (cell["value"], [each["is"] for each in cell["late"]]) == ("0", ["waits"])
        await host.until(lambda: host.view["attention"]["late"]["count"] or None)
        [row] = (await host.ask("page", of="late"))["page"]["rows"]
        assert (row["now"]["place"], row["then"]["place"], row["then"]["points"], row["others"]) == (1, 1, 100, 1)
        assert [(each["value"], each["before"], each["why"]) for each in row["cells"]] == [("1", ["0"], "Нашли лист")]
        judged = {"operations": row["operations"], "over": row["over"], "reason": "Лист у курьера"}
        assert (await host.ask("do", command="JudgeLate", args={**judged, "accepted": True, "reason": " "}))["refused"]["code"]
        await host.do("JudgeLate", **judged, accepted=True)
        assert (await desk.hears("cells"))["rows"][0]["cells"]["r1-one"]["value"] == "1"
        assert (await host.ask("page", of="late"))["page"] == {"start": 0, "of": 0, "rows": []}
        history = (await desk.ask("page", of="cell", team=team, round="r1", question="r1-one"))["page"]["rows"]
        assert [(row["called"], row["before"], row["value"], row.get("is")) for row in history] == [
            ("Анна", [], "0", None),
            ("Анна", ["0"], "1", "accepted"),
        ]
        assert [(each["by"], each["why"]) for each in history[1]["verdicts"]] == [("host", "Лист у курьера")]
        await host.until(lambda: host.view.get("amended", {}).get("times") == 1 or None)


async def test_a_desk_reads_the_history_of_its_own_teams_alone() -> None:
    async with collected() as (stage, host, team):
        other = (await host.do("AddVenue", name="Другая"))["venue"]
        stranger = await stage.staff("desk", venue=other)
        asked = {"of": "cell", "team": team, "round": "r1", "question": "r1-one"}
        assert (await stranger.ask("page", **asked))["refused"]["code"] == "not_your_venue"
        assert (await stranger.ask("page", **{**asked, "team": "nobody"}))["refused"]["code"] == "unknown_team"
        assert (await host.ask("page", **asked))["page"]["rows"] == []

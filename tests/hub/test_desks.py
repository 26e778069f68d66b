"""Venues' desks: which are here, since when one is silent, and how many sheets each owes."""

from typing import Any

from tests.hub.stage import HOST_KEY, Device, Stage, scorekeeper_at, staged
from tests.support.battles import a_round


async def rows(device: Device) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await device.ask("page", of="desks"))["page"]["rows"]
    return found


async def sits_down(stage: Stage, venue: str) -> Device:
    """A host at a venue's desk."""
    desk = stage.device()
    desk.hello(HOST_KEY, battle=stage.live.id, desk=venue)
    await desk.hears("snapshot")
    return desk


async def test_a_desk_that_went_is_silent_since_then_until_it_is_back() -> None:
    async with staged(a_round()) as stage:
        host, screen = stage.host(), await stage.staff("screen")
        await host.do("JoinTeam", name="P", venue=stage.venue)
        assert await rows(host) == [{"venue": stage.venue, "name": "Hall", "missing": 0, "connected": False}]
        desk = await stage.staff("desk", venue=stage.venue)
        twin = await sits_down(stage, stage.venue)
        assert [row["connected"] for row in await rows(screen)] == [True]
        desk.gone()
        assert [row["connected"] for row in await rows(screen)] == [True], "the host sits there, too"
        began_ms = stage.hub.now_ms()
        twin.gone()
        (gone,) = await rows(screen)
        assert (gone["connected"], gone["silent"] >= began_ms) == (False, True)
        await sits_down(stage, stage.venue)
        assert await rows(host) == [{"venue": stage.venue, "name": "Hall", "missing": 0, "connected": True}]


async def test_a_venue_that_speaks_through_somebody_else_is_not_silent() -> None:
    async with staged(a_round()) as stage:
        host = stage.host()
        team = (await host.do("JoinTeam", name="P", venue=stage.venue))["team"]
        other = (await host.do("AddVenue", name="Дом"))["venue"]
        await host.do("JoinTeam", name="Q", venue=other)
        for venue in (stage.venue, other):
            (await sits_down(stage, venue)).gone()
        assert ["silent" in row for row in await rows(host)] == [True, True]
        await host.ask("sit", scorekeeper=scorekeeper_at(stage.venue), name="Анна", venue=stage.venue)
        assert (await host.ask("marks", operations=[mark(stage, team)]))["ok"]
        assert ["silent" in row for row in await rows(host)] == [False, True]


def mark(stage: Stage, team: str) -> dict[str, Any]:
    names = {"device": "d", "counter": 1, "venue": stage.venue, "team": team, "who": scorekeeper_at(stage.venue)}
    playing, asked = stage.live.known.plan.questions[0]
    return {**names, "round": playing.id, "question": asked.id, "value": "1"}

"""Screens, at which nobody sits: a console knows which are there, and since when one is not."""

from typing import Any

from quizserver.hub.screens import FORGOTTEN_MS, Screens
from tests.hub.stage import Device, Stage, staged
from tests.hub.test_evening import answer
from tests.support.battles import right_answer


async def rows(host: Device) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await host.ask("page", of="screens"))["page"]["rows"]
    return found


async def paired(stage: Stage, host: Device, **place: Any) -> tuple[Device, str]:
    """A projector that a host has let in, and its token."""
    screen = stage.device()
    screen.hello(pair=True)
    await host.do("PairScreen", code=(await screen.hears("pairing"))["code"], **place)
    return screen, (await screen.hears("paired"))["token"]


async def test_a_screen_that_went_silent_is_told_with_its_place_and_since_when_until_it_is_back() -> None:
    async with staged() as stage:
        host = stage.host()
        assert await rows(host) == []
        screen, token = await paired(stage, host, venue=stage.venue)
        await paired(stage, host)
        here, other = await rows(host)
        assert (here["number"], here["venue"], here["connected"]) == (1, stage.venue, True)
        assert (other["number"], other["connected"], "venue" in other) == (2, True, False)
        screen.gone()
        gone, other = await rows(host)
        assert (gone["connected"], other["connected"]) == (False, True)
        assert gone["since"] >= here["since"]
        stage.returns(screen, token)
        assert [row["connected"] for row in await rows(host)] == [True, True]
        assert len(await rows(stage.host())) == 2


async def test_a_screen_that_shows_two_pages_is_there_while_one_of_them_is() -> None:
    async with staged() as stage:
        host = stage.host()
        screen, token = await paired(stage, host)
        twin = stage.returns(screen, token)
        twin.gone()
        assert [row["connected"] for row in await rows(host)] == [True]
        screen.gone()
        assert [row["connected"] for row in await rows(host)] == [False]


async def test_a_screen_that_was_switched_off_long_ago_is_no_news() -> None:
    async with staged() as stage:
        host = stage.host()
        screen, _ = await paired(stage, host)
        now_ms = 0
        screens = Screens(lambda: now_ms)
        screens.arrive(screen.who)
        screens.leave(screen.who)
        now_ms = FORGOTTEN_MS - 1
        assert [row["connected"] for row in screens.rows(stage.live.id)] == [False]
        now_ms = FORGOTTEN_MS
        assert screens.rows(stage.live.id) == []
        screens.arrive(screen.who)
        assert [row["number"] for row in screens.rows(stage.live.id)] == [1]


async def test_consoles_are_told_how_answers_fall_while_they_are_open_and_screens_are_not() -> None:
    async with staged(pace=1) as stage:
        host = stage.host()
        screen = await stage.staff("screen")
        team, _ = await stage.team("Ту-144")
        await host.do("StartRound")
        await host.do("ShowQuestion")
        await team.sees("open")
        answer(team, right_answer("r1-one"))
        for device in (host, screen):
            await device.until(lambda device=device: next((m for m in device.said if m.get("answered") == 1), None))  # type: ignore[misc]
        counts = [message for message in host.said if message["t"] == "counts"]
        assert counts[-1]["fell"] == {right_answer("r1-one"): 1}
        assert not any("fell" in str(message) for message in screen.said)

"""Two teams that are one: the devices of both come back as the one that stays, and both codes lead to it."""

from quizserver.battle.ids import TeamId
from quizserver.services.codes import Codes
from quizserver.services.seating import Seated
from quizserver.wire import closing
from tests.hub.stage import staged


async def test_the_devices_of_a_merged_team_come_back_as_the_one_that_stays() -> None:
    async with staged() as stage:
        device, joined = await stage.team("Ту-144")
        other, stays = await stage.team("Ил-62")
        host = stage.host()
        await host.hears("snapshot")
        await host.do("MergeTeams", team=joined["team"], into=stays["team"])
        assert await device.until(lambda: device.closing) is closing.MERGED
        assert other.closing is None
        again = stage.returns(device, joined["token"])
        await again.until(lambda: again.mine.get("name") == "Ил-62" or None)
        assert again.who.identity.team == stays["team"]


async def test_the_code_that_a_merged_team_was_given_leads_to_the_one_that_stays_in_every_process() -> None:
    async with staged() as stage:
        joined = [(await stage.team(name))[1] for name in ("Ту-144", "Ил-62", "Ан-2")]
        host = stage.host()
        await host.hears("snapshot")
        first, second, third = (each["team"] for each in joined)
        await host.do("MergeTeams", team=first, into=third)
        seated = await stage.running.seating.add_device(stage.live, joined[0]["code"])
        assert isinstance(seated, Seated) and seated.team == third
        later = Codes(await stage.running.stores.secrets.of_battle(stage.live.id), length=1)
        before = Codes(await stage.running.stores.secrets.of_battle(stage.live.id), length=1)
        assert before.of(stage.live.known, TeamId(second)) == later.of(stage.live.known, TeamId(second))
        assert await stage.running.seating.code(stage.live, TeamId(second)) == joined[1]["code"]


async def test_a_screen_of_a_venue_is_given_its_own_standing_and_another_screen_none() -> None:
    async with staged() as stage:
        own, anywhere = await stage.staff("screen", venue=stage.venue), await stage.staff("screen")
        _, joined = await stage.team("Ту-144")
        host = stage.host()
        await host.hears("snapshot")
        await host.do("MoveTeam", team=joined["team"], venue=stage.venue)
        page = (await own.ask("page", of="standing", own=True))["page"]
        assert [(row["name"], row["place"], row["here"]) for row in page["rows"]] == [("Ту-144", 1, 1)]
        refused = await anywhere.ask("page", of="standing", own=True)
        assert refused["refused"]["code"] == "unknown_venue"

"""What a console asks of the server beside its battle: packs, a new battle, addresses, and to be known again."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizserver.battle.refusals import Refused, not_now
from quizserver.battle.settings import BattleSettings
from quizserver.battle.views.patch import View
from quizserver.hub.session import Hub
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish
from quizserver.services.ports import StoreGone
from quizserver.services.running import Running
from quizserver.wire import closing
from quizserver.wire.allowed import Role
from tests.hub.stage import HOST_KEY, Device, staged
from tests.support.battles import a_pack, each_round

KEPT = "a-token-that-outlives-the-key"


class FakeBackstage:
    def __init__(self, running: Running) -> None:
        self.running = running
        self.offered = "http://192.168.1.5:8000"
        self.gone = False

    async def packs(self) -> Sequence[View]:
        return [{"pack": "small", "title": {"en": "Small"}}]

    async def make(self, wish: Mapping[str, Any], by: str) -> LiveBattle | Refused:
        if wish["pack"] != "small":
            return not_now("unknown_pack")
        return await self.running.create(Wish(a_pack(each_round("r1", "one")), BattleSettings(pace=wish["pace"]), "Hall"), by)

    def addresses(self) -> Sequence[View]:
        return [{"origin": self.offered, "offered": True}]

    def offer(self, origin: str) -> bool:
        known = origin.startswith("http://192.168.")
        self.offered = origin if known else self.offered
        return known

    async def health(self) -> Sequence[View]:
        return [{"part": "redis"}, {"part": "archive", "trouble": "The disk is full.", "lag_ms": 4_200}]

    async def sign_in(self) -> str:
        return KEPT

    async def is_host(self, token: str) -> bool:
        if self.gone:
            raise StoreGone("The fake backstage is gone.")
        return token == KEPT


async def test_a_console_makes_a_battle_and_goes_there() -> None:
    async with staged() as stage:
        hub = Hub(stage.running, HOST_KEY, backstage=FakeBackstage(stage.running))
        host = Device(hub)
        host.hello(HOST_KEY)
        packs = (await host.ask("page", of="packs"))["page"]
        made = await host.ask("do", command="CreateBattle", args={"pack": packs["rows"][0]["pack"], "pace": 3})
        battle = made["result"]["battle"]
        there = Device(hub)
        there.hello(HOST_KEY, battle=battle)
        assert there.view["battle"]["id"] == battle != stage.live.id
        rows = (await there.ask("page", of="battles"))["page"]["rows"]
        assert [row["battle"] for row in rows] == [battle, stage.live.id]
        unknown = await host.ask("do", command="CreateBattle", args={"pack": "none"})
        assert unknown["refused"]["code"] == "unknown_pack"
        await hub.close()


async def test_a_console_chooses_the_address_that_is_offered() -> None:
    async with staged() as stage:
        hub = Hub(stage.running, HOST_KEY, backstage=FakeBackstage(stage.running))
        host = Device(hub)
        host.hello(HOST_KEY)
        assert (await host.ask("do", command="OfferAddress", args={"origin": "http://192.168.7.7:8000"}))["ok"]
        assert (await host.ask("page", of="addresses"))["page"]["rows"][0]["origin"] == "http://192.168.7.7:8000"
        foreign = await host.ask("do", command="OfferAddress", args={"origin": "http://evil.example"})
        assert foreign["refused"]["code"] == "unknown_address"
        await hub.close()


async def test_a_console_is_told_which_part_of_the_server_is_unwell_and_how_far_the_archive_is_behind() -> None:
    async with staged() as stage:
        hub = Hub(stage.running, HOST_KEY, backstage=FakeBackstage(stage.running))
        host = Device(hub)
        host.hello(HOST_KEY)
        rows = (await host.ask("page", of="health"))["page"]["rows"]
        assert rows == [{"part": "redis"}, {"part": "archive", "trouble": "The disk is full.", "lag_ms": 4_200}]
        await hub.close()


async def test_a_console_is_known_again_by_the_token_that_was_given_for_the_key() -> None:
    async with staged() as stage:
        hub = Hub(stage.running, HOST_KEY, backstage=FakeBackstage(stage.running))
        host = Device(hub)
        host.hello(HOST_KEY)
        token = (await host.until(lambda: next((m for m in host.said if "token" in m), None)))["token"]
        again = Hub(stage.running, "the key of the next start", backstage=FakeBackstage(stage.running))
        back, desk, nowhere = Device(again), Device(again), Device(again)
        back.hello(token)
        await back.hears("snapshot")
        assert back.who.role is Role.HOST
        desk.hello(token, desk=stage.venue)
        await desk.hears("snapshot")
        assert (desk.who.role, desk.view["venue"]["id"]) == (Role.DESK, stage.venue)
        nowhere.hello(token, desk="nowhere")
        assert (await nowhere.hears("refused"))["code"] == "unknown_venue"
        assert nowhere.who.role is Role.GUEST
        for hub_to_close in (hub, again):
            await hub_to_close.close()


async def test_a_console_is_not_sent_away_for_good_while_nobody_can_say_whose_token_it_has() -> None:
    async with staged() as stage:
        behind = FakeBackstage(stage.running)
        behind.gone = True
        hub = Hub(stage.running, HOST_KEY, backstage=behind)
        host = Device(hub)
        host.hello(KEPT)
        await host.until(lambda: host.closing)
        assert host.closing is closing.STORE_GONE
        await hub.close()


async def test_a_hub_alone_has_no_packs_and_no_addresses() -> None:
    async with staged() as stage:
        host = stage.host()
        for of in ("packs", "addresses", "health"):
            assert (await host.ask("page", of=of))["page"] == {"start": 0, "of": 0, "rows": []}
        assert (await host.ask("do", command="CreateBattle", args={"pack": "small"}))["refused"]["code"] == "no_packs"
        assert (await host.ask("do", command="OfferAddress", args={"origin": "x"}))["refused"]["code"] == "unknown_address"

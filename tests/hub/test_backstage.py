"""What a console asks of the server beside its battle: packs, a new battle, addresses, and to be known again."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.settings import BattleSettings
from quizserver.battle.views.patch import View
from quizserver.hub.consoles import name_of
from quizserver.hub.limits import Limits
from quizserver.hub.session import Hub
from quizserver.services.announcing import Announcing
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish
from quizserver.services.ports import SignedIn, StoreGone
from quizserver.services.running import Running
from quizserver.services.seating import token_hash
from quizserver.wire import closing
from quizserver.wire.allowed import Role
from tests.hub.stage import HOST_KEY, Device, Message, staged
from tests.support.battles import a_pack, each_round
from tests.support.fakes.announcements import FakeAnnouncements

KEPT = "a-token-that-outlives-the-key"


class FakeBackstage:
    def __init__(self, running: Running) -> None:
        self.running = running
        self.announcing = Announcing(FakeAnnouncements(), running.clock.now_ms)
        self.offered = "http://192.168.1.5:8000"
        self.gone = False
        self.tokens = iter([KEPT, *(f"{KEPT}-{n}" for n in range(9))])
        self.known: dict[str, SignedIn] = {}
        self.out: set[str] = set()

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

    async def sign_in(self, browser: str, name: str = "") -> str:
        token = next(self.tokens)
        self.known[token_hash(token)] = SignedIn(token_hash(token), 1, 2, browser, name)
        return token

    async def proved(self, name: str, password: str) -> str | Refused:
        return wrong("no_password")

    async def signed_in(self, keys: Sequence[str]) -> frozenset[str]:
        if self.gone:
            raise StoreGone("The fake backstage is gone.")
        return frozenset(self.known.keys() & keys)

    async def remember_lost(self, keys: Sequence[str]) -> frozenset[str]:
        lost = {*keys} - self.out
        self.known |= {each: SignedIn(each, 1, 2, "") for each in lost}
        return frozenset(lost)

    async def consoles(self) -> Sequence[SignedIn]:
        return list(self.known.values())

    async def sign_out(self, keys: Sequence[str]) -> None:
        for each in keys:
            del self.known[each]
            self.out.add(each)


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
        behind = FakeBackstage(stage.running)
        hub = Hub(stage.running, HOST_KEY, backstage=behind)
        host = Device(hub)
        host.hello(HOST_KEY)
        token = (await host.until(lambda: next((m for m in host.said if "token" in m), None)))["token"]
        again = Hub(stage.running, "the key of the next start", backstage=behind)
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
        for of in ("packs", "addresses", "health", "consoles"):
            assert (await host.ask("page", of=of))["page"] == {"start": 0, "of": 0, "rows": []}
        assert (await host.ask("do", command="CreateBattle", args={"pack": "small"}))["refused"]["code"] == "no_packs"
        assert (await host.ask("do", command="OfferAddress", args={"origin": "x"}))["refused"]["code"] == "unknown_address"


# --- who is signed in ---


@asynccontextmanager
async def two_consoles(limits: Limits | None = None) -> AsyncIterator[tuple[Hub, FakeBackstage, Device, Device]]:
    """Both signed in, each with a token of its own."""
    async with staged() as stage:
        behind = FakeBackstage(stage.running)
        hub = Hub(stage.running, HOST_KEY, limits, backstage=behind)
        yield hub, behind, await console(hub, browser="Firefox, Linux"), await console(hub)
        await hub.close()


async def console(hub: Hub, **said: Any) -> Device:
    host = Device(hub)
    host.hello(HOST_KEY, **said)
    await host.until(lambda: next((m for m in host.said if "token" in m), None))
    return host


async def listed(host: Device) -> list[Message]:
    rows: list[Message] = (await host.ask("page", of="consoles"))["page"]["rows"]
    return rows


async def test_a_console_sees_who_is_signed_in_and_which_one_it_is() -> None:
    async with two_consoles() as (_, _, first, second):
        name, other = name_of(token_hash(KEPT)), name_of(token_hash(f"{KEPT}-0"))
        assert await listed(first) == [
            {"console": name, "since": 1, "seen": 2, "connected": True, "browser": "Firefox, Linux", "this": True},
            {"console": other, "since": 1, "seen": 2, "connected": True},
        ]
        second.gone()
        assert [row["connected"] for row in await listed(first)] == [True, False]


async def test_a_console_that_is_signed_out_is_closed_at_once_and_cannot_come_back() -> None:
    async with two_consoles() as (hub, _, first, second):
        assert (await first.ask("do", command="SignOut", args={"console": name_of(token_hash(f"{KEPT}-0"))}))["ok"]
        assert second.closing is closing.SIGNED_OUT and first.closing is None
        back = Device(hub)
        back.hello(f"{KEPT}-0")
        assert await back.until(lambda: back.closing) is closing.UNKNOWN_TOKEN


async def test_a_desk_that_a_host_sits_at_ends_with_the_host() -> None:
    async with two_consoles() as (hub, _, first, _):
        desk = Device(hub)
        venue = next(iter(first.who.identity.live.known.venues))  # type: ignore[union-attr]
        desk.hello(f"{KEPT}-0", desk=venue)
        await desk.hears("snapshot")
        await first.ask("do", command="SignOut", args={"console": name_of(token_hash(f"{KEPT}-0"))})
        assert desk.closing is closing.SIGNED_OUT


async def test_all_others_are_signed_out_and_this_one_stays() -> None:
    async with two_consoles() as (_, behind, first, second):
        third = await console(first.hub)
        done = await first.ask("do", command="SignOutOthers", args={"console": name_of(token_hash(KEPT))})
        assert done["ok"] and [each.closing for each in (first, second, third)] == [None, closing.SIGNED_OUT, closing.SIGNED_OUT]
        assert list(behind.known) == [token_hash(KEPT)]


async def test_nobody_is_signed_out_by_a_name_that_nobody_has() -> None:
    async with two_consoles() as (_, behind, first, _):
        for command in ("SignOut", "SignOutOthers"):
            refused = await first.ask("do", command=command, args={"console": "nobody"})
            assert refused["refused"]["code"] == "unknown_console"
        assert len(behind.known) == 2


async def test_a_console_that_another_server_signed_out_is_closed_soon_and_not_while_the_store_is_gone() -> None:
    async with two_consoles(Limits(consoles_s=0.01)) as (_, behind, first, second):
        behind.gone = True
        await behind.sign_out([token_hash(KEPT)])
        await asyncio.sleep(0.05)
        assert first.closing is None
        behind.gone = False
        assert await first.until(lambda: first.closing) is closing.SIGNED_OUT
        assert second.closing is None


async def test_a_token_that_is_shown_by_a_socket_that_is_gone_is_nobodys() -> None:
    async with two_consoles() as (hub, _, first, _):
        late = Device(hub)
        late.hello(KEPT)
        late.gone()
        assert len(await listed(first)) == 2
        assert late.who not in hub.house.connections and late.who.identity.role is Role.GUEST


async def test_a_console_that_was_lost_with_the_stores_data_is_known_again_and_plays_on() -> None:
    async with two_consoles(Limits(consoles_s=0.01)) as (_, behind, first, _):
        del behind.known[token_hash(KEPT)]
        async with asyncio.timeout(3):
            while token_hash(KEPT) not in behind.known:
                await asyncio.sleep(0.005)
        assert first.closing is None

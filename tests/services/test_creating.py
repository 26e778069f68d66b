"""Making a battle."""

import pytest

from quizserver.battle.questions import Pack
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import BattleSettings
from quizserver.services import creating
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish, create
from tests.services.evening import small_pack
from tests.services.processes import Store


async def made(store: Store, wish: Wish | None = None) -> LiveBattle:
    live = await create(wish or Wish(small_pack(), BattleSettings()), store.ledger(), await store.clock(), "host")
    assert isinstance(live, LiveBattle)
    return live


async def test_a_battle_begins_in_its_lobby_under_its_pin_with_one_venue() -> None:
    store = Store()
    live = await made(store)
    assert await store.ledger().battles() == {live.id: live.known.pin}
    assert live.known.pin.isdigit() and len(live.known.pin) == 6
    assert [venue.name for venue in live.known.venues.values()] == ["Зал"]


@pytest.mark.parametrize(("language", "name", "expected"), [("en", "", "Hall"), ("de", "", "Hall"), ("ru", "Пивная", "Пивная")])
async def test_the_first_venue_has_the_hosts_name_or_one_in_the_battles_language(language: str, name: str, expected: str) -> None:
    live = await made(Store(), Wish(small_pack(), BattleSettings(language=language), name))
    assert [venue.name for venue in live.known.venues.values()] == [expected]


async def test_no_two_battles_have_one_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(creating, "PIN_DIGITS", 1)
    monkeypatch.setattr(creating, "TRIES", 500)
    store = Store()
    pins = [(await made(store)).known.pin for _ in range(10)]
    assert len(set(pins)) == 10
    refused = await create(Wish(small_pack(), BattleSettings()), store.ledger(), await store.clock())
    assert isinstance(refused, Refused) and refused.code == "no_free_pin" and refused.temporary


async def test_an_empty_pack_makes_no_battle() -> None:
    store = Store()
    empty = Pack("empty", {}, ("en",), (), {})
    refused = await create(Wish(empty, BattleSettings()), store.ledger(), await store.clock())
    assert isinstance(refused, Refused) and refused.code == "pack_is_empty"

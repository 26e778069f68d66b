"""The rules of the port `Keyring`, on every store."""

from tests.services.contracts.conftest import Stores


async def test_a_console_that_signed_in_is_known_and_no_other(stores: Stores) -> None:
    await stores.keyring.remember_host("a", "Firefox, Linux")
    assert await stores.keyring.seen(["a", "b"]) == {"a"}
    assert await stores.keyring.seen([]) == frozenset()


async def test_consoles_are_listed_with_what_they_said_the_last_seen_first(stores: Stores) -> None:
    assert await stores.keyring.hosts() == []
    await stores.keyring.remember_host("a", "Firefox, Linux")
    await stores.keyring.remember_host("b", "")
    first, second = await stores.keyring.hosts()
    while first.token_hash == "b" or first.seen_ms == second.seen_ms:  # until a millisecond has passed
        await stores.keyring.seen(["a"])
        first, second = await stores.keyring.hosts()
    assert (first.token_hash, first.browser, second.token_hash, second.browser) == ("a", "Firefox, Linux", "b", "")
    assert first.since_ms <= second.since_ms <= second.seen_ms < first.seen_ms


async def test_a_console_is_listed_with_the_name_of_its_host_also_after_it_was_seen(stores: Stores) -> None:
    await stores.keyring.remember_host("a", "Firefox, Linux", "Анна Петрова")
    await stores.keyring.remember_host("b", "", "Пётр")
    await stores.keyring.seen(["a", "b"])
    listed = {each.token_hash: (each.browser, each.name) for each in await stores.keyring.hosts()}
    assert listed == {"a": ("Firefox, Linux", "Анна Петрова"), "b": ("", "Пётр")}


async def test_a_console_that_is_forgotten_stays_forgotten_when_it_is_seen(stores: Stores) -> None:
    for each in ("a", "b"):
        await stores.keyring.remember_host(each, "")
    await stores.keyring.forget_hosts(["a", "nobody"])
    await stores.keyring.forget_hosts([])
    assert await stores.keyring.seen(["a", "b"]) == {"b"}
    assert [each.token_hash for each in await stores.keyring.hosts()] == ["b"]


async def test_who_was_signed_out_is_told_from_who_is_not_known(stores: Stores) -> None:
    await stores.keyring.remember_host("a", "")
    await stores.keyring.forget_hosts(["a"])
    assert await stores.keyring.signed_out(["a", "b"]) == {"a"}
    assert await stores.keyring.signed_out([]) == frozenset()

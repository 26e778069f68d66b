"""The public learns whether we are well; who is at the machine or has the host key learns why not."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.routing import Route

from quizserver import addresses, app
from quizserver.health import Health

KEY = "the-host-key"


async def fine() -> str | None:
    return None


async def gone() -> str | None:
    raise ConnectionError("connection refused")


async def stuck() -> str | None:
    await asyncio.sleep(60)
    return None


@pytest.fixture
def health() -> Health:
    return Health(KEY, 0.05, {"ledger": fine})


@pytest.fixture
async def phone(health: Health) -> AsyncIterator[httpx.AsyncClient]:
    async with client(health, "192.168.1.77", "192.168.1.5") as phone:
        yield phone


def client(health: Health, peer: str, host: str) -> httpx.AsyncClient:
    pages = app.application(lambda: addresses.ours(8000, None, "192.168.1.5", []), [Route("/healthz", health.endpoint)])
    transport = httpx.ASGITransport(pages, client=(peer, 50000))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{host}:8000")


async def test_the_public_learns_only_that_all_is_well(phone: httpx.AsyncClient) -> None:
    answer = await phone.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_the_public_learns_only_that_something_is_wrong(health: Health, phone: httpx.AsyncClient) -> None:
    health.checks["archive"] = gone
    answer = await phone.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


async def test_the_host_key_opens_the_details(health: Health, phone: httpx.AsyncClient) -> None:
    health.checks["archive"] = gone
    health.checks["clock"] = stuck
    answer = await phone.get("/healthz", headers={"Authorization": f"Bearer {KEY}"})
    troubles = {"ledger": "ok", "archive": "ConnectionError: connection refused", "clock": "no answer within 0.05 s"}
    assert answer.json() == {"status": "unavailable", "parts": troubles}


async def test_a_wrong_key_opens_nothing(phone: httpx.AsyncClient) -> None:
    answer = await phone.get("/healthz", headers=[(b"Authorization", "Bearer ключ".encode())])
    assert answer.json() == {"status": "ok"}


async def test_the_person_at_the_machine_sees_the_details(health: Health) -> None:
    async with client(health, "127.0.0.1", "localhost") as here:
        assert (await here.get("/healthz")).json()["parts"] == {"ledger": "ok"}


@pytest.mark.parametrize("headers", [{"X-Forwarded-For": "198.51.100.1"}, {"Host": "192.168.1.5:8000"}])
async def test_whoever_comes_through_a_proxy_on_the_machine_is_the_public(health: Health, headers: dict[str, str]) -> None:
    async with client(health, "127.0.0.1", "localhost") as proxied:
        assert (await proxied.get("/healthz", headers=headers)).json() == {"status": "ok"}


async def test_a_foreign_host_never_reaches_a_page(health: Health) -> None:
    async with client(health, "127.0.0.1", "evil.example") as foreign:
        assert (await foreign.get("/healthz")).status_code == 421

"""Who comes through the front door: a matrix of Host and Origin, keys in addresses, addresses that a client makes up, headers."""

import re
from collections.abc import AsyncIterator, Sequence
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from quizserver import addresses, app
from quizserver.front_door import refusal
from quizserver.health import Health
from quizserver.hub.limits import Limits
from quizserver.transports.upgrade import who_asks

PORT = 8000
OURS = addresses.ours(PORT, "https://quiz.example", "192.168.1.5", [])
HOSTS = {
    "quiz.example": True,
    "quiz.example:443": True,
    f"192.168.1.5:{PORT}": True,
    f"localhost:{PORT}": True,
    f"127.0.0.1:{PORT}": True,
    "QUIZ.EXAMPLE": True,  # names of hosts know no case
    "192.168.1.5": False,
    f"192.168.1.5:{PORT + 1}": False,
    f"192.168.1.5:{PORT}.evil.example": False,
    "quiz.example.evil": False,
    "evil.quiz.example": False,
    "quiz.example@evil.example": False,
    "evilquiz.example": False,
    "quiz.example.": False,
    "xn--quiz-example": False,
    "": False,
    "null": False,
}
ORIGINS = {
    None: True,  # a tool, not a browser: it is a guest until it shows a token
    "https://quiz.example": True,
    f"http://192.168.1.5:{PORT}": True,
    f"http://localhost:{PORT}": True,
    "null": False,
    "": False,
    "file://": False,
    "http://quiz.example": False,
    "https://quiz.example:8443": False,
    "https://quiz.example.evil": False,
    "https://evil.example/https://quiz.example": False,
    "https://evilquiz.example": False,
    "https://QUIZ.example": False,  # browsers write an origin in small letters, and only browsers are meant
    "HTTPS://quiz.example": False,
    "https://quiz.example ": False,
    "https://quiz.example, https://evil.example": False,
    "https://user@quiz.example": False,
    "https://192.168.1.5": False,
    f"https://192.168.1.5:{PORT}": False,
    f"http://192.168.1.5:{PORT + 1}": False,
}


def asked(host: str | None, *origins: str | None, query: bytes = b"", kind: str = "websocket") -> dict[str, Any]:
    named = [(b"host", host)] if host is not None else []
    named += [(b"origin", origin) for origin in origins if origin is not None]
    headers = [(name, value.encode("latin-1")) for name, value in named]
    return {"type": kind, "headers": headers, "server": ("127.0.0.1", PORT), "query_string": query}


@pytest.mark.parametrize(("host", "origin"), list(product(HOSTS, ORIGINS)))
def test_only_our_own_host_and_our_own_pages_come_in(host: str, origin: str | None) -> None:
    refused = refusal(asked(host, origin), OURS)
    expected = 421 if not HOSTS[host] else 403 if not ORIGINS[origin] else None
    assert (refused.status_code if refused else None) == expected


def test_no_host_two_hosts_and_two_origins_are_malformed() -> None:
    twice = asked("quiz.example", "https://quiz.example", "https://evil.example")
    two_hosts = asked("quiz.example")
    two_hosts["headers"] *= 2
    for scope in (asked(None), twice, two_hosts):
        refused = refusal(scope, OURS)
        assert refused and refused.status_code == 400


@pytest.mark.parametrize("name", ["token", "key", "Token", "t%6fken", "access_token", "a=1&token", "auth"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_key_in_an_address_is_refused_and_not_repeated(name: str, kind: str) -> None:
    refused = refusal(asked("quiz.example", query=f"{name}=Canary0123456789".encode(), kind=kind), OURS)
    assert refused and refused.status_code == 400 and b"Canary" not in bytes(refused.body)


@pytest.mark.parametrize("query", [b"", b"v=1", b"lang=ru", b"which=total&start=0", b"tokens=1", b"x=token"])
def test_other_questions_are_no_keys(query: bytes) -> None:
    assert refusal(asked("quiz.example", query=query), OURS) is None


FORWARDED = {
    (): "",
    ("198.51.100.1",): "198.51.100.1",
    ("127.0.0.1, 198.51.100.1",): "198.51.100.1",
    ("198.51.100.1", "203.0.113.9"): "203.0.113.9",
    ("203.0.113.9,198.51.100.1 ",): "198.51.100.1",
    ("",): "",
    (",",): "",
    ("2001:db8::1",): "2001:db8::1",
}


@pytest.mark.parametrize(("peer", "named"), list(product(["192.0.2.7", "10.0.0.5", "2001:db8::9", "127.0.0.1", "::1"], FORWARDED)))
def test_only_the_last_address_that_a_proxy_of_this_machine_names_is_believed(peer: str, named: tuple[str, ...]) -> None:
    headers = [(b"x-forwarded-for", value.encode()) for value in named]
    is_proxy = peer in ("127.0.0.1", "::1")
    assert who_asks((peer, 1), headers) == ((is_proxy and FORWARDED[named]) or peer)


# --- what goes out ---


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """All that is served, as the composition root puts it together; a page hears of its battle over its socket alone."""
    (tmp_path / "plane.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(whole(tmp_path)), base_url="http://quiz.example") as client:
        yield client


def whole(media: Path) -> Starlette:
    return app.application(lambda: OURS, served(media))


def served(media: Path) -> list[BaseRoute]:
    behind: Any = SimpleNamespace(reachable=OURS, ways_in=_no_password)
    running: Any = SimpleNamespace(by_pin=lambda pin: None)
    parts: Any = SimpleNamespace(shelf=SimpleNamespace(media=media), running=running, standings=None)
    shut: Any = SimpleNamespace(may_try=lambda address: False, may_show_a_token=lambda address: False)
    hub: Any = SimpleNamespace(house=SimpleNamespace(limits=Limits(), doors=shut))
    return app.routes(behind, Health("key", 1.0), parts, hub)


async def _no_password(origin: str, in_the_open: bool) -> Sequence[str]:
    return ()


WALKED = {
    "/healthz": "/healthz",
    "/standing/{pin}.json": "/standing/123456.json",
    "/": "/",
    "/j/{pin}": "/j/123456",
    "/announce": "/announce",
    "/announce/{pin}": "/announce/123456",
    "/announced": "/announced",
    "/announce/{pin}.json": "/announce/123456.json",
    "/announced.json": "/announced.json",
    "/screen": "/screen",
    "/qr/{pin}.svg": "/qr/123456.svg",
    "/join/{pin}": "/join/123456",
    "/media/{name}": "/media/plane.svg",
    "/browser": "/browser/link.js",
    "/player": "/player/play.js",
    "/console": "/console",
    "/desk": "/desk",
    "/desk-worker.js": "/desk-worker.js",
    "/desk.webmanifest": "/desk.webmanifest",
    "/staff/print": "/staff/print",
    "/staff/qr": "/staff/qr",
    "/staff/pdf": "/staff/pdf",
    "/staff/carried": "/staff/carried",
    "/staff/import": "/staff/import",
    "/staff/files": "/staff/files",
    "/staff/announced": "/staff/announced",
    "/staff": "/staff/console.js",
}
CHANGES = {"/announce/{pin}.json", "/announced.json", "/staff/announced"}
"""They write announcements, which are in no ledger: tests/pages/test_announce_door.py has what they refuse."""
POSTED = {"/staff/qr", "/staff/pdf", "/staff/carried", "/staff/import", "/staff/files", "/announced.json", "/staff/announced"}
PAGES = ("/", "/j/123456", "/screen", "/announce", "/announced", "/console", "/desk", "/staff/print")


def test_every_route_is_walked(tmp_path: Path) -> None:
    found = {each.path for each in served(tmp_path) if isinstance(each, Route | Mount)}
    assert found == WALKED.keys()
    assert [each.path for each in served(tmp_path) if isinstance(each, WebSocketRoute)] == ["/ws"]


@pytest.mark.parametrize("path", [*WALKED.values(), "/nothing", "/browser/nothing.js", "/media/..%2f..%2fetc"])
async def test_every_answer_says_how_a_browser_has_to_treat_it(site: httpx.AsyncClient, path: str) -> None:
    answer = await (site.post(path, content=b"text") if path in POSTED else site.get(path))
    assert answer.status_code < 500
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "strict-transport-security" not in answer.headers
    cookies = answer.headers.get_list("set-cookie")
    assert all("samesite=strict" in cookie.lower() and "httponly" in cookie.lower() for cookie in cookies)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_runs_its_own_scripts_and_no_others_and_makes_no_html_of_text(site: httpx.AsyncClient, path: str) -> None:
    answer = await site.get(path)
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/=]+'", policy["script-src"]), "one inline script: the import map"
    assert "unsafe" not in str(policy) and "*" not in str(policy)
    scripts = re.findall(r"<script([^>]*)>", answer.text)
    assert len([each for each in scripts if "src=" not in each]) == 1
    assert not re.search(r"\son\w+=|javascript:|\sstyle=", answer.text)


async def test_over_https_a_browser_is_told_to_stay_there(tmp_path: Path) -> None:
    transport = httpx.ASGITransport(whole(tmp_path))
    async with httpx.AsyncClient(transport=transport, base_url="https://quiz.example") as client:
        for path in (*WALKED.values(), "/nothing"):
            assert (await client.get(path)).headers["strict-transport-security"] == "max-age=31536000", path


async def test_a_page_of_somebody_else_can_post_nothing(site: httpx.AsyncClient) -> None:
    for origin, path in product(("https://evil.example", "null"), sorted(POSTED)):
        answer = await site.post(path, content=b"text", headers={"Origin": origin})
        assert answer.status_code == 403


async def test_nothing_but_the_socket_changes_a_battle(tmp_path: Path) -> None:
    """All routes read, but for the two that take a carried file or a spreadsheet of marks, with a host's key in a header that no
    browser sends by itself; the others that are posted to draw, and keep nothing, or keep announcements alone."""
    posts = {each.path for each in served(tmp_path) if isinstance(each, Route) and (each.methods or set()) - {"GET", "HEAD"}}
    assert posts == POSTED | CHANGES

"""Fetches whatever a stranger could fetch from a server: every address that its pages name, and what a person might guess."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import urljoin

import httpx

PAGES = ("/", "/j/{pin}", "/join/{pin}", "/qr/{pin}.svg", "/screen", "/desk", "/console", "/staff/print", "/healthz")
FOLDERS = ("/media/", "/rounds/", "/browser/", "/player/", "/staff/", "/var/", "/data/", "/api/", "/ws")
FILES = ("pack.yaml", "archive.db", "redis.sock", "redis/appendonlydir/", "host-key", "openapi.json", "schema.json")
PROGRAM = (".js", ".css", ".json", ".woff2", ".mp3")
_ADDRESS = re.compile(r"""["'(`]((?:\.{0,2}/)[\w./@-]*[\w/])["')`]""")


class Crawler:
    """`found`: what there was. What came back is told whole, headers too, whatever the status."""

    def __init__(self, url: str, pin: str, guesses: Iterable[str] = ()) -> None:
        self._url, self._guesses = url, [page.format(pin=pin) for page in PAGES]
        self._guesses += [*FOLDERS, *(folder.rstrip("/") for folder in FOLDERS), *guesses]
        self._guesses += [f"{folder}{file}" for folder in ("/", *FOLDERS) for file in FILES]
        self._guesses += [f"{folder}{up}rounds/small/pack.yaml" for folder in FOLDERS for up in ("../", "..%2f", "%2e%2e/")]
        self.found: set[str] = set()
        self._lasting: set[str] = set()

    async def crawl(self, more: Iterable[str] = ()) -> str:
        """Everything reachable from the pages and the guesses, and `more`. Files of the program do not change: they come once."""
        waiting, seen, heard = [*self._guesses, *more], set(self._lasting), list[str]()
        async with httpx.AsyncClient(base_url=self._url) as client:
            while waiting:
                address = waiting.pop()
                if address in seen:
                    continue
                seen.add(address)
                answer = await client.get(address)
                heard += [answer.text, str(answer.headers)]
                if answer.status_code == 200:
                    self.found.add(address)
                    if PurePosixPath(address).suffix in PROGRAM:
                        self._lasting.add(address)
                    waiting += _named_in(address, answer)
        return "\n".join(heard)


def _named_in(address: str, answer: httpx.Response) -> list[str]:
    """Addresses on the same server that a page, a script or a style sheet names."""
    if PurePosixPath(address).suffix in (".woff2", ".png", ".mp3") or "/vendor/" in address:
        return []
    return [urljoin(address, each) for each in _ADDRESS.findall(answer.text)]

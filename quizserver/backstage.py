"""What consoles find behind the stage: the shelf of packs, this server's addresses and health, and their own sign-in."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quizserver.addresses import Addresses, is_open_line
from quizserver.battle.refusals import Fault, Refused, wrong
from quizserver.battle.settings import BattleSettings, Gate, TieBreak, Ties
from quizserver.battle.views.patch import View
from quizserver.services.announcing import Announcing, Nobody
from quizserver.services.battles import LiveBattle
from quizserver.services.passwords import BrokenPasswords
from quizserver.services.ports import Announcements, Keyring, Passwords, SignedIn
from quizserver.services.running import Running
from quizserver.services.seating import new_token, token_hash
from quizserver.shelf import OnShelf, Shelf

log = logging.getLogger("quizserver")
ARCHIVE = "archive"
"""The part that may be behind without being unwell."""
DISK = "disk"
"""The part that may be slow without being unwell: whoever asks whether we serve is not told of it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """How what we stand on is: the trouble of each part by name, None where there is none; how far the archive is behind; and
    how long a write takes until it is on the disk while that is slow, else 0."""

    troubles: Callable[[], Awaitable[Mapping[str, str | None]]]
    archive_lag_ms: Callable[[], int]
    slow_disk_ms: Callable[[], int]


class ServerBackstage:
    """The port hub.backstage.Backstage. Owns the offered address, which a console may change."""

    def __init__(
        self,
        running: Running,
        shelf: Shelf,
        keyring: Keyring,
        passwords: Passwords,
        addresses: Addresses,
        parts: Parts,
        people: Announcements | None = None,
    ) -> None:
        self._running, self._shelf, self._keyring, self._parts = running, shelf, keyring, parts
        self.announcing = Announcing(people or Nobody(), running.clock.now_ms)
        self._passwords = passwords
        self.reachable = addresses

    async def packs(self) -> Sequence[View]:
        return [_row(pack) for pack in await asyncio.to_thread(self._shelf.packs)]

    async def make(self, wish: Mapping[str, Any], by: str) -> LiveBattle | Refused:
        settings = BattleSettings(
            title=" ".join(wish["title"].split()),
            language=wish["language"],
            pace=wish["pace"],
            ties=Ties(wish["ties"]),
            tie_breaks=tuple(TieBreak(each) for each in dict.fromkeys(wish["tie_breaks"])),
            online_only=wish["online_only"],
            approval=wish["approval"],
            lead_ms=wish["lead_ms"],
            give_ms=wish["give_ms"],
            double_entry=wish["double_entry"],
            sheets_until=Gate(wish["sheets_until"]),
            corrections_until=Gate(wish["corrections_until"]),
        )
        made = await self._shelf.make(self._running, wish["pack"], settings, by)
        if isinstance(made, Refused) and made.fault is Fault.SERVER:
            log.warning("no battle on the pack %s could be made (%s): %s", wish["pack"][:80], made.code, made.detail)
        return made

    def addresses(self) -> Sequence[View]:
        offered = self.reachable.offered
        return [{"origin": each.origin, "offered": each == offered} for each in (offered, *self.reachable.others)]

    def offer(self, origin: str) -> bool:
        everyone = (self.reachable.offered, *self.reachable.others)
        wanted = next((each for each in everyone if each.origin == origin), None)
        if wanted is not None:
            others = tuple(each for each in everyone if each != wanted)
            self.reachable = replace(self.reachable, offered=wanted, others=others)
        return wanted is not None

    async def health(self) -> Sequence[View]:
        slow_ms = self._parts.slow_disk_ms()
        figures = {ARCHIVE: {"lag_ms": self._parts.archive_lag_ms()}, DISK: {"slow_ms": slow_ms} if slow_ms else {}}
        troubles = {**await self._parts.troubles(), DISK: None}
        return [{"part": part, **({"trouble": why} if why else {}), **figures.get(part, {})} for part, why in troubles.items()]

    async def sign_in(self, browser: str, name: str = "") -> str:
        token = new_token()
        await self._keyring.remember_host(token_hash(token), browser, name)
        return token

    async def proved(self, name: str, password: str) -> str | Refused:
        if not await self._hosts():
            return wrong("no_password")
        proved = await asyncio.to_thread(self._passwords.proved, name, password)
        return wrong("wrong_password") if proved is None else proved

    async def ways_in(self, origin: str, in_the_open: bool) -> Sequence[str]:
        """What a page under this origin may ask a host for instead of the key: nothing, or a `password`, with a `name` where hosts
        have any. `open`: strangers could read it, and it is not taken; `in_the_open`: it is."""
        hosts = await self._hosts()
        words = {"password": bool(hosts), "name": any(hosts), "open": is_open_line(origin) and not in_the_open}
        return [word for word, is_so in words.items() if is_so] if hosts else ()

    async def _hosts(self) -> Sequence[str]:
        """Who has a password, "" for a host without a name. Passwords that cannot be read are none."""
        try:
            return await asyncio.to_thread(self._passwords.names)
        except (BrokenPasswords, OSError) as trouble:
            log.warning("nobody can sign in by password: %s", trouble)
            return ()

    async def signed_in(self, keys: Sequence[str]) -> frozenset[str]:
        return await self._keyring.seen(keys)

    async def remember_lost(self, keys: Sequence[str]) -> frozenset[str]:
        lost = {*keys} - await self._keyring.signed_out(keys)
        for each in sorted(lost):
            await self._keyring.remember_host(each, "")
        return frozenset(lost)

    async def consoles(self) -> Sequence[SignedIn]:
        return await self._keyring.hosts()

    async def sign_out(self, keys: Sequence[str]) -> None:
        await self._keyring.forget_hosts(keys)


def _row(pack: OnShelf) -> View:
    return {
        "pack": pack.name,
        "title": dict(pack.title),
        "languages": list(pack.languages),
        "rounds": pack.rounds,
        "questions": pack.questions,
        "online_only": pack.online_only,
    }

"""Who is signed in as a host: the list of them, and the end of those who are signed out, wherever that was done."""

import asyncio
from collections.abc import Collection
from contextlib import suppress

from quizserver.battle.views.patch import View
from quizserver.hub.backstage import Backstage
from quizserver.hub.connection import Connection
from quizserver.services.ports import SignedIn, StoreGone
from quizserver.wire import closing

NAME_LENGTH = 16  # of a hash, as its name on the wire: more than enough to tell two apart


def name_of(key: str) -> str:
    """What a key is called where it must not be told whole."""
    return key[:NAME_LENGTH]


class Consoles:
    """Of one server: those that are connected here are known by the hash of their token."""

    def __init__(self, backstage: Backstage, look_s: float) -> None:
        self._backstage, self._look_s = backstage, look_s
        self._here: dict[Connection, str] = {}
        self._watching: asyncio.Task[None] | None = None

    def arrive(self, who: Connection, key: str) -> None:
        """A connection has shown this console's token. Another server may sign it out, so it is looked at from now on."""
        self._here[who] = key
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch(), name="watch consoles")

    def leave(self, who: Connection) -> None:
        """The other end of `arrive`, also for whoever never did."""
        self._here.pop(who, None)

    async def rows(self, who: Connection) -> list[View]:
        """All that are signed in, as one of them sees it. Raises StoreGone."""
        known, here, this = await self._backstage.consoles(), set(self._here.values()), self._here.get(who)
        return [_row(each, each.token_hash in here, each.token_hash == this) for each in known]

    async def sign_out(self, name: str) -> bool:
        """Ends one, for good; False if there is none of this name. Raises StoreGone."""
        return await self._end([each.token_hash for each in await self._backstage.consoles() if name_of(each.token_hash) == name])

    async def sign_out_others(self, name: str) -> bool:
        """Ends all but this one. Raises StoreGone."""
        known = [each.token_hash for each in await self._backstage.consoles()]
        others = [key for key in known if name_of(key) != name]
        if len(others) == len(known):
            return False  # somebody who is signed out already signs out nobody
        await self._end(others)
        return True

    def close(self) -> None:
        """Looks at nobody any more."""
        if self._watching is not None:
            self._watching.cancel()

    async def _end(self, keys: Collection[str]) -> bool:
        await self._backstage.sign_out(list(keys))
        self._send_away(keys)
        return bool(keys)

    async def _watch(self) -> None:
        while self._here:
            await asyncio.sleep(self._look_s)  # no store tells of a key that is gone
            with suppress(StoreGone):
                keys = {*self._here.values()}
                if unknown := keys - await self._backstage.signed_in(sorted(keys)):
                    self._send_away(unknown - await self._backstage.remember_lost(sorted(unknown)))

    def _send_away(self, keys: Collection[str]) -> None:
        for who, key in list(self._here.items()):
            if key in keys:
                who.close(closing.SIGNED_OUT)


def _row(each: SignedIn, is_here: bool, is_this: bool) -> View:
    row: View = {"console": name_of(each.token_hash), "since": each.since_ms, "seen": each.seen_ms, "connected": is_here}
    said = {"name": each.name, "browser": each.browser}
    return {**row, **{key: words for key, words in said.items() if words}, **({"this": True} if is_this else {})}

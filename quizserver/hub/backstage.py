"""What a console may ask of the server beside its battle: packs, battles, addresses, how it is, and to be known again after a
restart."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.views.patch import View
from quizserver.services.announcing import Announcing, Nobody
from quizserver.services.battles import LiveBattle
from quizserver.services.ports import Announcements, SignedIn


class Backstage(Protocol):
    """Stands behind the hub; the composition root gives it. `announcing`: teams that announce themselves, and who represents
    venues."""

    announcing: Announcing

    async def packs(self) -> Sequence[View]:
        """Rows {pack, title, languages, rounds, questions, online_only}."""

    async def make(self, wish: Mapping[str, Any], by: str) -> LiveBattle | Refused:
        """A new battle from the arguments of the press CreateBattle. Raises StoreGone."""

    def addresses(self) -> Sequence[View]:
        """Rows {origin, offered}."""

    def offer(self, origin: str) -> bool:
        """Offers this address to people from now on; False if it is none of ours."""

    async def health(self) -> Sequence[View]:
        """Rows {part, trouble, lag_ms}: `trouble` a sentence, absent while the part is well; `lag_ms` of the archive."""

    async def sign_in(self, browser: str, name: str = "") -> str:
        """A token for a console that came with the host key, which it outlives, or with a host's password. Raises StoreGone."""

    async def proved(self, name: str, password: str) -> str | Refused:
        """What the host is called whose password this is. Refused as `no_password` if there is none at all, else as
        `wrong_password`, after about the same time whether there is such a host or not."""

    async def signed_in(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of these hashes of tokens that are a console's; they have been seen now. Raises StoreGone."""

    async def remember_lost(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of these that are unknown though nobody signed them out; from now on they are known again. Raises StoreGone."""

    async def consoles(self) -> Sequence[SignedIn]:
        """All of them, the last seen first. Raises StoreGone."""

    async def sign_out(self, keys: Sequence[str]) -> None:
        """These are no console's any more. Raises StoreGone."""


class NoBackstage:
    """A hub alone: it plays the battles it is given."""

    def __init__(self, people: Announcements | None = None, now_ms: Callable[[], int] = lambda: 0) -> None:
        self.announcing = Announcing(people or Nobody(), now_ms)

    async def packs(self) -> Sequence[View]:
        return ()

    async def make(self, wish: Mapping[str, Any], by: str) -> LiveBattle | Refused:
        return not_now("no_packs")

    def addresses(self) -> Sequence[View]:
        return ()

    def offer(self, origin: str) -> bool:
        return False

    async def health(self) -> Sequence[View]:
        return ()

    async def sign_in(self, browser: str, name: str = "") -> str:
        return ""

    async def proved(self, name: str, password: str) -> str | Refused:
        return wrong("no_password")

    async def signed_in(self, keys: Sequence[str]) -> frozenset[str]:
        return frozenset()

    async def remember_lost(self, keys: Sequence[str]) -> frozenset[str]:
        return frozenset()

    async def consoles(self) -> Sequence[SignedIn]:
        return ()

    async def sign_out(self, keys: Sequence[str]) -> None:
        return None

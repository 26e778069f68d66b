"""The shelf of packs, and how a pack from it becomes a battle: frozen under random names, its pictures where they are served."""

import asyncio
import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quizserver.battle.questions import LocalText
from quizserver.battle.refusals import Fault, Refused, wrong
from quizserver.battle.settings import BattleSettings
from quizserver.services.battles import LiveBattle
from quizserver.services.creating import Wish
from quizserver.services.running import Running
from quizserver.services.seating import new_id
from rounds import library
from rounds.findings import PackError
from rounds.freeze import Frozen, freeze

MEDIA = "media"
MOST_WORDS = 400  # of a finding, in a frame and on a line


@dataclass(frozen=True, slots=True)
class OnShelf:
    """A pack as a host sees it before choosing."""

    name: str
    title: LocalText
    languages: tuple[str, ...]
    rounds: int
    questions: int
    online_only: bool


class Shelf:
    """Packs that come with the server, and one more that was named at the start. `data`: the server's folder."""

    def __init__(self, data: Path, extra: str | None = None) -> None:
        self.media = data / MEDIA
        self._extra = extra

    def packs(self) -> list[OnShelf]:
        """All packs that can be played; a broken one is left out (`quizserver check` says why)."""
        names = library.packs()
        if self._extra and self._extra not in names:
            names.append(self._extra)
        return [each for name in names if (each := _seen(name)) is not None]

    async def make(self, running: Running, name: str, settings: BattleSettings, by: str = "") -> LiveBattle | Refused:
        """A new battle in its lobby. Raises StoreGone.

        Refused as `unknown_pack`, as `broken_pack` with the first finding, or as `pictures_not_kept` where the disk is full or
        read-only: there is no battle without its pictures."""
        if name not in library.packs() and name != self._extra:
            return wrong("unknown_pack", name[:80])
        try:
            frozen = await asyncio.to_thread(_frozen, name, settings.online_only)
        except PackError as broken:
            return wrong("broken_pack", str(broken.findings[0])[:MOST_WORDS])
        try:
            await asyncio.to_thread(_copy, frozen.media, self.media)
        except OSError as trouble:
            return Refused("pictures_not_kept", Fault.SERVER, temporary=True, detail=trouble.strerror or "")
        return await running.create(Wish(frozen.pack, settings), by)


def _seen(name: str) -> OnShelf | None:
    try:
        pack = _frozen(name, online_only=False).pack
    except PackError:
        return None
    questions = sum(len(playing.questions) for playing in pack.rounds)
    differs = _frozen(name, online_only=True).pack.rounds[0].reveal is not pack.rounds[0].reveal
    return OnShelf(name, pack.title, pack.languages, len(pack.rounds), questions, differs)


def _frozen(name: str, online_only: bool) -> Frozen:
    return freeze(library.load(name), new_id, random.SystemRandom().shuffle, online_only)


def _copy(media: Mapping[str, Path], folder: Path) -> None:
    """Pictures under their random names. Each is whole or not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in media.items():
        unfinished = folder / f".{name}"
        shutil.copyfile(source, unfinished)
        unfinished.rename(folder / name)

"""What a room shows and how it came to be so: versions, patches, a snapshot. Pure.

A version is the ledger's. A range is only ever from one version that was sent to the next one: what changed nothing here is covered
by the next range. A snapshot carries the version of the last range, so that whoever has it goes on with the next.
"""

from collections import deque
from dataclasses import dataclass

from quizserver.battle.views import merge_patch
from quizserver.battle.views.patch import View
from quizserver.hub.frames import Frame
from quizserver.wire.to_client import Room, Snapshot

MOST_PATCHES = 16  # that a returning connection is given; beyond it a snapshot is shorter


@dataclass(frozen=True, slots=True)
class Link:
    """One range. `message` is what it says, `frame` the same for everybody."""

    message: Room
    frame: Frame


class Stream:
    """One room's view over time."""

    __slots__ = ("_links", "_snapshot", "epoch", "version", "view")

    def __init__(self, epoch: int, version: int, view: View) -> None:
        self._links: deque[Link] = deque(maxlen=MOST_PATCHES)
        self._snapshot: Frame | None = None
        self.epoch, self.version, self.view = epoch, version, view

    def advance(self, version: int, view: View) -> Link | None:
        """The range to the new view, None if nobody can see a difference."""
        patch = merge_patch(self.view, view)
        if not patch:
            return None
        message = Room(epoch=self.epoch, from_=self.version, to=version, patch=patch)
        link = Link(message, Frame(message))
        self._links.append(link)
        self.version, self.view, self._snapshot = version, view, None
        return link

    def snapshot(self) -> Frame:
        """The whole view, encoded once for all who need it."""
        if self._snapshot is None:
            self._snapshot = Frame(Snapshot(epoch=self.epoch, to=self.version, view=self.view))
        return self._snapshot

    def since(self, epoch: int, version: int) -> list[Frame] | None:
        """The ranges that lead from there to here, none if it is here; None if there is no such way: a snapshot."""
        if epoch != self.epoch:
            return None
        if version == self.version:
            return []
        starts = [at for at, link in enumerate(self._links) if link.message.from_ == version]
        return [link.frame for link in list(self._links)[starts[0] :]] if starts else None

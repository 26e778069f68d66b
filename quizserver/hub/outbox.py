"""What waits for a connection that cannot take it yet: bounded, whatever is said and however slow it reads.

Nothing that may not be dropped is dropped, nothing that was replaced is sent, and what is sent is sent in the order in which it was
said. Pure: no socket, no task.
"""

from enum import Enum

KEEP = "keep"
"""May not be dropped: acks and replies."""
ROOM = "room"
"""A link of the chain of patches. When too many wait, all are dropped, and a snapshot takes their place."""
FRESH = "fresh"
"""A snapshot: no earlier patch matters."""
MINE = "mine"
"""Any other lane is a slot like this one: only the newest in it matters."""

MOST_KEPT = 128  # as many replies as the greatest burst of messages, and some
MOST_LINKS = 16  # a snapshot is about as long as four patches


class Gap(Enum):
    """Stands where patches were dropped."""

    GAP = "gap"


GAP = Gap.GAP


class Outbox:
    """A queue of frames by lane."""

    __slots__ = ("_kept", "_links", "_next", "_slots", "_waiting")

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[str, bytes | Gap]] = {}
        self._slots: dict[str, int] = {}
        self._next = self._kept = self._links = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, frame: bytes, lane: str) -> bool:
        """False if the connection lets so many replies wait that it cannot be an honest one."""
        if lane == KEEP:
            self._kept += 1
        elif lane == ROOM:
            return self._link(frame)
        elif lane == FRESH:
            self._drop_links()
            lane, self._links = ROOM, 1
        else:
            self._waiting.pop(self._slots.get(lane, -1), None)
            self._slots[lane] = self._next
        self._add(lane, frame)
        return self._kept <= MOST_KEPT

    def take(self) -> bytes | Gap | None:
        """The next frame; GAP: write a snapshot now; None: nothing waits."""
        if not self._waiting:
            return None
        lane, frame = self._waiting.pop(next(iter(self._waiting)))
        if lane == KEEP:
            self._kept -= 1
        elif lane == ROOM:
            self._links -= 1
        return frame

    def _link(self, frame: bytes) -> bool:
        if any(each is GAP for _, each in self._waiting.values()):
            return True  # the snapshot that is to come holds it too
        if self._links < MOST_LINKS:
            self._links += 1
            self._add(ROOM, frame)
        else:
            self._drop_links()
            self._links = 1
            self._add(ROOM, GAP)
        return True

    def _drop_links(self) -> None:
        self._waiting = {at: each for at, each in self._waiting.items() if each[0] != ROOM}

    def _add(self, lane: str, frame: bytes | Gap) -> None:
        self._waiting[self._next] = (lane, frame)
        self._next += 1

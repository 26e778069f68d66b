"""The last resort of a venue without a network: each desk writes a file, and somebody carries it to the host, twice."""

from dataclasses import dataclass

from quizserver.rehearsal.line import Host, Refusal, View
from quizserver.rehearsal.patience import Failed
from quizserver.rehearsal.trouble.desk import OfflineDesk
from quizserver.wire.carried import KIND, VERSION, written


@dataclass(slots=True)
class Brought:
    """`files`: how many were carried, however often each; `marks`: operations that came in with them."""

    files: int = 0
    marks: int = 0


async def carry(desk: OfflineDesk, venue: str, host: Host, brought: Brought) -> None:
    """Drops the file on the venue's card, as often as somebody does who is not sure. Raises Failed if it is not taken, or if the
    second time changes anything."""
    file = file_of(desk)
    brought.files += 1
    first, again = await _brought(host, venue, file), await _brought(host, venue, file)
    if again["entered"] or again["collected"]:
        raise Failed("A desk's file changed something when it was brought a second time.")
    brought.marks += first["entered"]
    desk.was_carried(first["rows"])


async def _brought(host: Host, venue: str, file: bytes) -> View:
    told = await host.bring(venue, file)
    if isinstance(told, Refusal):
        raise Failed(f"A desk's file was not taken: {told.code}.")
    if told["not_collected"]:
        raise Failed("A round that a desk had collected was refused with its file.")
    return told


def file_of(desk: OfflineDesk) -> bytes:
    """All that was ever typed here, sent or not."""
    view = desk.view
    language = view["battle"]["languages"][0]
    scorekeeper, name = desk.person
    return written({
        "kind": KIND,
        "version": VERSION,
        "battle": view["battle"]["id"],
        "title": view["battle"]["title"][language],
        "venue": view["venue"]["id"],
        "venue_name": view["venue"]["name"],
        "saved": desk.now_ms(),
        "people": [{"scorekeeper": scorekeeper, "name": name}],
        "collected": list(dict.fromkeys(desk.declared)),
        "operations": list(desk.notebook.typed.values()),
    })  # fmt: skip

"""I6 and I7: nobody hears a solution early, and every client can follow its room, range by range, to what the ledger gives."""

from collections.abc import Iterator, Mapping

from quizserver.battle.ids import VenueId
from quizserver.battle.views import desk_view, host_view, screen_view, team_view
from quizserver.battle.views.patch import View
from tests.faults.rig.checks.game import Game
from tests.faults.rig.evidence import Breach
from tests.faults.rig.history import Line, digest

Key = tuple[str, str, int, int]
"""Role, venue, epoch, version."""


def nothing_leaks(game: Game) -> Iterator[Breach]:
    """I6: each leak was found by the client that heard it."""
    for line in game.lines("leak"):
        yield Breach("I6", f"{line.who} ({line.role}) heard {line.about['canary']} in `{line.about['t']}` before it was time")


def ranges_continue(game: Game) -> Iterator[Breach]:
    """I7: a range begins where its client is, in the same epoch; on one connection versions only rise."""
    for who, lines in game.clients.items():
        at: tuple[int, int] | None = None
        fresh = True
        for line in lines:
            if line.did == "opened":
                fresh = True
            if line.did != "room":
                continue
            epoch, start, to = line.about["epoch"], line.about["from"], line.about["to"]
            if to is None:
                yield Breach("I7", f"{who} was given a snapshot without a version")
                continue
            if start is not None and at != (epoch, start):
                yield Breach("I7", f"{who} had {_named(at)} and was sent the range from {start} to {to} of epoch {epoch}")
            if start is not None and to <= start:
                yield Breach("I7", f"{who} was sent a range from {start} to {to}")
            if start is None and not fresh and at and (epoch, to) < at:
                yield Breach("I7", f"{who} had {_named(at)} and was thrown back to {_named((epoch, to))}")
            at, fresh = (epoch, to), False


def views_are_the_fold(game: Game) -> Iterator[Breach]:
    """I7: what a client shows is what the ledger gives at its version; the same for all of one role and venue."""
    seen: dict[Key, tuple[str, str]] = {}
    made: dict[Key, str | None] = {}
    venue: dict[str, str] = {}
    for line in game.lines("opened", "room"):
        if line.did == "opened":
            venue[line.who] = line.about.get("venue") or ""
            continue
        if line.about["to"] is None:
            continue
        key = (line.role, venue.get(line.who, "") if line.role == "desk" else "", line.about["epoch"], line.about["to"])
        view, other = seen.setdefault(key, (line.about["view"], line.who))
        if view != line.about["view"]:
            yield Breach("I7", f"{line.who} and {other} show different things at version {key[3]} of epoch {key[2]}")
        elif other == line.who:  # the first of them; all others show the same
            if key not in made:
                made[key] = _view(game, key)
            if made[key] not in (None, line.about["view"]):
                yield Breach("I7", f"{line.who} ({line.role}) shows at version {key[3]} what the ledger does not give there")


def _view(game: Game, key: Key) -> str | None:
    """None where it cannot be known."""
    role, venue, epoch, version = key
    if not game.is_known(epoch, version):
        return None
    state, head = game.states[version - 1], game.evidence.ledger[version - 1].hash
    views: Mapping[str, View] = {}
    match role:
        case "team":
            views = {role: team_view(state)}
        case "screen":
            views = {role: screen_view(state, head)}
        case "host":
            views = {role: host_view(state, head)}
        case "desk" if venue in state.venues:
            views = {role: desk_view(state, VenueId(venue))}
    return digest(views[role]) if role in views else None


def _named(at: tuple[int, int] | None) -> str:
    return f"version {at[1]} of epoch {at[0]}" if at else "nothing"


def final_versions(game: Game) -> Mapping[str, Line]:
    """The last thing that each client was told of its room."""
    return {who: rooms[-1] for who, lines in game.clients.items() if (rooms := [line for line in lines if line.did == "room"])}

"""Who enters a file. A host does it for all venues, under a name of the file's own, so that whoever typed the same at a desk may
disagree with it. At a desk a file is a quick pen: its marks are those of whoever sits there, and of that venue alone."""

from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from quizserver.battle.events import Name
from quizserver.battle.ids import ScorekeeperId, VenueId
from quizserver.battle.names import MOST_LETTERS
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.state import BattleState, Scorekeeper


@dataclass(frozen=True, slots=True)
class Signer:
    """`ids`: the scorekeeper that it is at each venue. `only`: the one venue that it may write for, None for all. `blind`: where
    marks are entered twice, it is told nothing of what others wrote into a cell before it has written into it too."""

    name: str
    ids: Mapping[VenueId, ScorekeeperId]
    only: VenueId | None = None
    blind: bool = False


def by_host(state: BattleState, name: str) -> Signer:
    """`name`: of a host who has one, else "". The same scorekeepers whenever it is asked for."""
    who, file = ("Ведущий", "файл") if state.settings.language == "ru" else ("Host", "file")
    signed = f"{(name or who)[: MOST_LETTERS - len(file) - 2]}, {file}"
    return Signer(signed, {venue: _id(f"{state.battle} {venue} {signed}") for venue in state.venues})


def at_desk(state: BattleState, venue: VenueId, who: ScorekeeperId, blind: bool) -> Signer | Refused:
    """Somebody who sits at this venue; `unknown_scorekeeper` of anybody else."""
    person = state.scorekeepers.get(who)
    if venue not in state.venues:
        return wrong("unknown_venue")
    if person is None or person.venue != venue:
        return wrong("unknown_scorekeeper")
    return Signer(person.name.text, {venue: person.person}, venue, blind)


def with_signer(state: BattleState, signer: Signer) -> BattleState:
    """The battle as it will be when the signer sits at every venue; who is known there is somebody already."""
    sitting = {who: Scorekeeper(who, venue, Name(signer.name, ""), who, 0) for venue, who in signer.ids.items()}
    return replace(state, scorekeepers={**sitting, **state.scorekeepers})


def _id(text: str) -> ScorekeeperId:
    return ScorekeeperId(b32encode(sha256(text.encode()).digest())[:16].decode().lower())

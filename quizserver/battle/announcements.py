"""Teams that announce themselves before the evening: what they may say, which of them may be one, and what has become of each.

Captains and contacts are personal data: an announcement is in no event and in no state. Approved, it becomes a team of the same id,
so that whoever approves it twice, or at two consoles at once, makes one team.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from quizserver.battle.decide.teams import MOST_PEOPLE
from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.names import clean_name, skeleton
from quizserver.battle.refusals import Refused, wrong
from quizserver.battle.state import BattleState

MOST_OF_PERSON = 60  # letters: a name, a father's name, a family name
MOST_OF_CONTACT = 100  # of a telephone number or an address
_OF_CAPTAIN = {"name_empty": wrong("captain_empty"), "name_too_long": wrong("captain_too_long")}


class Fate(StrEnum):
    """What has become of an announcement."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Said:
    """What a team says of itself. `venue`: where it plays on paper, None online. `people` 1-99. `contact`: "" if it gave none."""

    name: str
    captain: str
    people: int
    venue: VenueId | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement as it is kept. `fate` is never APPROVED here: the ledger alone says that. `into`: what it was merged into.
    `source`: of which line of a file it is (a hash), "" of the form; `link`: the hash of its private link, "" without one.
    `revision` counts its changes."""

    id: str
    said: Said
    at_ms: int
    fate: Fate = Fate.WAITING
    into: str = ""
    source: str = ""
    link: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Double:
    """Who an announcement may be: another one, or a team, and `by` what: the name, the captain."""

    id: str
    name: str
    by: str


def checked(state: BattleState, said: Said) -> Said | Refused:
    """The same, cleaned as screens need it, or why not. A name that is taken is none of its sender's fault: the host merges
    them."""
    try:
        name = clean_name(said.name)
    except ValueError as problem:
        return wrong(str(problem))
    captain = person(said.captain, _OF_CAPTAIN)
    if isinstance(captain, Refused):
        return captain
    try:
        contact = clean_name(said.contact, MOST_OF_CONTACT) if said.contact.strip() else ""
    except ValueError:
        return wrong("bad_contact", str(MOST_OF_CONTACT))
    if not 1 <= said.people <= MOST_PEOPLE:
        return wrong("bad_people", str(MOST_PEOPLE))
    if said.venue is not None and said.venue not in state.venues:
        return wrong("unknown_venue")
    return Said(name, captain, said.people, said.venue, contact)


def person(raw: str, refusals: Mapping[str, Refused]) -> str | Refused:
    """What a person is called, cleaned. `refusals`: for a name that is empty and one that is too long, by the words of names.py."""
    try:
        return clean_name(raw, MOST_OF_PERSON)
    except ValueError as problem:
        return refusals[str(problem)]


def fate(state: BattleState, row: Announced) -> Fate:
    """What has become of it."""
    team = TeamId(row.id)
    return Fate.APPROVED if team in state.teams else Fate.MERGED if team in state.merged else row.fate


def team_of(state: BattleState, row: Announced, rows: Mapping[str, Announced]) -> TeamId | None:
    """The team that it is by now, itself or through what it was merged into; None while there is none."""
    seen = {row.id}
    while (team := state.team_now(TeamId(row.id))) not in state.teams:
        if row.into in seen or not row.into:
            return None
        if row.into not in rows:
            team = state.team_now(TeamId(row.into))
            return team if team in state.teams else None
        row = rows[row.into]
        seen.add(row.id)
    return team


def doubles(state: BattleState, rows: Iterable[Announced]) -> Mapping[str, tuple[Double, ...]]:
    """By id of each that waits or was approved: those of the others, and of the teams, that it looks like."""
    alive = [row for row in rows if fate(state, row) in (Fate.WAITING, Fate.APPROVED)]
    looks, captains = _by(alive, lambda row: row.said.name), _by(alive, lambda row: row.said.captain)
    return {row.id: found for row in alive if (found := _doubles_of(state, row, looks, captains))}


def _by(rows: Iterable[Announced], name: Callable[[Announced], str]) -> Mapping[str, list[Announced]]:
    found: dict[str, list[Announced]] = {}
    for row in rows:
        found.setdefault(skeleton(name(row)), []).append(row)
    return found


def _doubles_of(
    state: BattleState, row: Announced, looks: Mapping[str, list[Announced]], captains: Mapping[str, list[Announced]]
) -> tuple[Double, ...]:
    look = skeleton(row.said.name)
    found = {each.id: Double(each.id, each.said.name, "captain") for each in captains[skeleton(row.said.captain)]}
    found |= {each.id: Double(each.id, each.said.name, "name") for each in looks[look]}
    holder = state.skeletons.get(look)
    if holder is not None:
        found[holder] = Double(holder, state.teams[holder].name.text, "name")
    return tuple(each for each in found.values() if each.id != row.id)

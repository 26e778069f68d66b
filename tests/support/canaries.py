"""Solutions full of marks that nobody could guess, and a search for them in whatever a view holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from quizserver.battle.ids import QuestionId, VenueId
from quizserver.battle.questions import Media, Pack, Plain, Question, Round, Solution
from quizserver.battle.standings import shown_standing
from quizserver.battle.state import BattleState
from quizserver.battle.views import desk_view, mine_view, screen_view, team_view
from quizserver.battle.views.pages import sheet_page, standing_page
from tests.support.battles import a_pack


@dataclass(frozen=True)
class Planted:
    """A pack whose every solution is full of canaries, and whose canary each one is."""

    pack: Pack
    owner: Mapping[str, QuestionId]


def planted(*rounds: Round, seed: int = 1) -> Planted:
    """128 random bits in each secret part of each question; a number has 29 random digits."""
    random, plain = Random(seed), a_pack(*rounds)
    solutions: dict[QuestionId, Solution] = {}
    owner: dict[str, QuestionId] = {}
    for asked in (each for playing in rounds for each in playing.questions):
        canaries = [f"{random.getrandbits(128):032x}" for _ in range(8)]
        digits = f"9{random.randrange(10**27, 10**28)}"
        owner.update(dict.fromkeys([*canaries, digits], asked.id))
        solutions[asked.id] = _full_of(canaries, digits, asked, plain.solutions[asked.id])
    return Planted(replace(plain, solutions=solutions), owner)


def _full_of(canaries: list[str], digits: str, asked: Question, plain: Solution) -> Solution:
    accept, also, reject, fact, source, notes, file, alt = canaries
    keys: Mapping[str, Mapping[str, Plain]] = {
        "text": {"accept": {"ru": (accept, also)}, "reject": (reject,)},
        "number": {"value": digits, "mode": "tolerance", "tolerance": "5%"},
    }
    key = keys.get(asked.kind, plain.key)
    return Solution(asked.id, key, {"en": fact}, source, {"en": notes}, Media(file, {"en": alt}))


def strings(value: Any) -> Iterator[str]:
    """Every text and number in a view, names of fields included, wherever it stands."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from strings(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from strings(item)
    else:
        yield str(value)


def told(owner: Mapping[str, QuestionId], view: Any) -> set[QuestionId]:
    """The questions of whose solution something is in a view."""
    said = "\n".join(strings(view))
    return {question for canary, question in owner.items() if canary in said}


def holds_null(value: Any) -> bool:
    """True if there is a null in a view; in a patch it would take something away."""
    if isinstance(value, Mapping):
        return any(map(holds_null, value.values()))
    return any(map(holds_null, value)) if isinstance(value, list) else value is None


def public_views(state: BattleState) -> Iterator[Any]:
    """Everything a team or a screen can be sent."""
    yield team_view(state)
    yield screen_view(state, "0123456789abcdef")
    for which in ("total", "speed"):
        places = shown_standing(state, which)
        yield standing_page(state, places, 0, 100)
        for row in places:
            yield mine_view(state, row.team, {}, row, 100)


def desk_views(state: BattleState, venue: VenueId) -> Iterator[Any]:
    """Everything the desk of a venue can be sent."""
    yield desk_view(state, venue)
    for scope in state.plan.scopes:
        yield sheet_page(state, venue, scope, 0, 100)


def collected_questions(state: BattleState, venue: VenueId) -> set[QuestionId]:
    """The questions whose key a venue's desk may have."""
    scopes = [scope for at, scope in state.collected if at == venue]
    return {state.plan.questions[position][1].id for scope in scopes for position in state.plan.scopes[scope]}


def leaks(owner: Mapping[str, QuestionId], state: BattleState) -> set[QuestionId]:
    """Questions whose solution somebody could read who may not."""
    public = {question for view in public_views(state) for question in told(owner, view)} - state.revealed
    desks = {
        question
        for venue in state.venues
        for view in desk_views(state, venue)
        for question in told(owner, view) - collected_questions(state, venue)
    }
    return public | desks

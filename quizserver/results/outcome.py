"""What a battle came to so far, as plain rows: who stands where, with what, round by round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from quizserver.battle.masks import mask
from quizserver.battle.phases import Phase
from quizserver.battle.questions import POINT
from quizserver.battle.sheet_numbers import SheetNumber
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState, Place, Team
from quizserver.battle.views.pages import shown_name
from quizserver.battle.views.screen import figures
from quizserver.words import local, title_of


@dataclass(frozen=True, slots=True)
class Result:
    """One team. Points as decimals, None for a round of which nothing is revealed. `best` to `worst`: where it may come to stand.
    `venue` and its `city`: "" where there is none, or nobody has said. `sheets`: the number of its sheet of each round, "" for a
    team on phones. `masks`: by round, as battle/masks.py has them. `people`: how many it is, 0 if nobody has said."""

    place: int
    best: int
    worst: int
    team: str
    name: str
    venue: str
    city: str
    points: Decimal
    rounds: tuple[Decimal | None, ...]
    sheets: tuple[str, ...]
    masks: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Results:
    """`provisional`: something may still change. `at_ms`: the battle time of the last thing that happened."""

    battle: str
    pin: str
    title: str
    language: str
    provisional: bool
    at_ms: int
    rounds: tuple[str, ...]
    teams: tuple[Result, ...]
    figures: Mapping[str, int]


def results_of(state: BattleState) -> Results:
    """Names are those that everybody may see."""
    places, language = standing(state), state.settings.language
    return Results(
        battle=state.battle,
        pin=state.pin,
        title=title_of(state),
        language=language,
        provisional=is_provisional(state, places),
        at_ms=state.at_ms,
        rounds=tuple(local(playing.title, language) for playing in state.pack.rounds),
        teams=tuple(_result(state, row) for row in places),
        figures=figures(state),
    )


def is_provisional(state: BattleState, places: Sequence[Place]) -> bool:
    """False once the battle has ended and nothing of anybody's is missing."""
    return state.phase is not Phase.FINISHED or any(row.pending or row.possible is not None for row in places)


def sheet_number(team: Team, playing: int) -> str:
    """Of its sheet of this round, from 1; "" if it has none."""
    return str(SheetNumber(playing, team.sheets[0])) if team.sheets else ""


def _result(state: BattleState, row: Place) -> Result:
    team, rounds = state.teams[row.team], state.pack.rounds
    best, worst = (row.possible.best, row.possible.worst) if row.possible else (row.place, row.place)
    played = [any(question.id in state.revealed for question in playing.questions) for playing in rounds]
    venue = state.venues.get(team.venue) if team.venue is not None else None
    own = zip(row.rounds, played, strict=True)
    return Result(
        place=row.place,
        best=best,
        worst=worst,
        team=row.team,
        name=shown_name(team),
        venue=venue.name if venue else "",
        city=venue.city if venue else "",
        points=decimal(row.points),
        rounds=tuple(decimal(points) if is_played else None for points, is_played in own),
        sheets=tuple(sheet_number(team, n) for n in range(1, len(rounds) + 1)),
        masks=tuple(mask(state, row.team, playing) for playing in rounds),
        people=team.people,
    )


def decimal(hundredths: int) -> Decimal:
    """Points as they are written: 1, 1.5, -0.25."""
    whole = Decimal(hundredths) / POINT
    return whole.quantize(Decimal(1)) if whole == whole.to_integral() else whole.normalize()

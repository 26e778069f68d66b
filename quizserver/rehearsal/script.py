"""A whole evening out of one seed. Each team draws its own lots, so that one more team changes nothing for the others."""

from collections import defaultdict
from dataclasses import dataclass
from random import Random

from quizserver.rehearsal.evening import Collecting, Evening, OnlineTeam, PaperTeam, PlayedRound, Sheet, Turn, Value
from quizserver.rehearsal.expected import right_teams
from quizserver.rehearsal.names import team_names, venue_names
from quizserver.rehearsal.sheets import BLANK, sheet
from quizserver.rehearsal.turns import Table, turn
from quizserver.rehearsal.values import some_value

TABLE_SIZES = (5, 6, 7, 8, 9)
SECOND_DEVICE_SHARE = 0.2
BLANK_SHARE = 0.08
LATE_SHEET_SHARE, LATE_SHEET_MS = 0.1, 20_000
SOONEST_COLLECTED_MS, LATEST_COLLECTED_MS = 1_000, 8_000
VENUES_FOR_A_LATE_ONE = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be rehearsed. `online` and `paper` count teams."""

    pack: str
    online: int
    paper: int
    venues: int
    seed: int
    edge: bool = False


def evening(wish: Wish, rounds: tuple[PlayedRound, ...]) -> Evening:
    """The same for the same wish and pack, whenever and wherever it is asked."""
    names = team_names(Random(f"{wish.seed} names"), wish.online + wish.paper)
    online, paper = names[: wish.online], names[wish.online :]
    return Evening(
        seed=wish.seed,
        pack=wish.pack,
        online_only=not wish.paper,
        rounds=rounds,
        venues=venue_names(wish.venues),
        online=tuple(_online_team(wish, rounds, name, at) for at, name in enumerate(online)),
        paper=_paper_teams(wish, rounds, paper),
        collecting=tuple(_collecting(wish, at) for at in range(len(rounds))),
    )


def _online_team(wish: Wish, rounds: tuple[PlayedRound, ...], name: str, at: int) -> OnlineTeam:
    rng = Random(f"{wish.seed} online {at}")
    people, devices = rng.choice(TABLE_SIZES), 1 + (rng.random() < SECOND_DEVICE_SHARE)
    joins, knowing = rng.random(), rng.uniform(0.3, 0.9)
    turns = tuple(_turns(rng, played, devices, knowing, wish.edge) for played in rounds)
    return OnlineTeam(name, people, devices, joins, turns)


def _turns(rng: Random, played: PlayedRound, devices: int, knowing: float, edge: bool) -> tuple[Turn, ...]:
    return tuple(turn(Table(rng, asked, played, devices, knowing), edge) for asked in played.questions)


def _paper_teams(wish: Wish, rounds: tuple[PlayedRound, ...], names: list[str]) -> tuple[PaperTeam, ...]:
    venues = {name: at % wish.venues for at, name in enumerate(names)}
    places = [_places_on_tables(wish, at_round, venues) for at_round in range(len(rounds))]
    return tuple(_paper_team(wish, rounds, name, venues[name], [place[name] for place in places]) for name in names)


def _places_on_tables(wish: Wish, at_round: int, venues: dict[str, int]) -> dict[str, int]:
    """In which order the sheets of a venue are typed: never that of the teams."""
    shuffled, counted, places = list(venues), defaultdict[int, int](int), {}
    Random(f"{wish.seed} sheets {at_round}").shuffle(shuffled)
    for name in shuffled:
        places[name] = counted[venues[name]]
        counted[venues[name]] += 1
    return places


def _paper_team(wish: Wish, rounds: tuple[PlayedRound, ...], name: str, venue: int, places: list[int]) -> PaperTeam:
    rng = Random(f"{wish.seed} paper {name}")
    knowing, people = rng.uniform(0.3, 0.9), rng.choice(TABLE_SIZES)
    sheets = tuple(_sheet(rng, played, name, knowing, nth) for played, nth in zip(rounds, places, strict=True))
    return PaperTeam(name, people, venue, sheets)


def _sheet(rng: Random, played: PlayedRound, name: str, knowing: float, nth: int) -> Sheet:
    written = tuple(None if rng.random() < BLANK_SHARE else some_value(rng, asked, knowing) for asked in played.questions)
    marks = tuple(_mark(played, at, name, value) for at, value in enumerate(written))
    late_ms = LATE_SHEET_MS if rng.random() < LATE_SHEET_SHARE else 0
    return sheet(rng, written, marks, nth, late_ms)


def _mark(played: PlayedRound, at: int, name: str, value: Value | None) -> str:
    """What a scorekeeper enters; the number itself where the nearest wins."""
    asked = played.questions[at]
    if value is None:
        return BLANK
    if asked.mode == "nearest":
        return str(value)
    return "1" if name in right_teams(asked, {name: value}) else "0"


def _collecting(wish: Wish, at_round: int) -> tuple[Collecting, ...]:
    """One venue of three or more says it only after the round's end."""
    rng = Random(f"{wish.seed} collecting {at_round}")
    late = rng.randrange(wish.venues) if wish.venues >= VENUES_FOR_A_LATE_ONE and wish.paper >= wish.venues else -1
    moments = [rng.randint(SOONEST_COLLECTED_MS, LATEST_COLLECTED_MS) for _ in range(wish.venues)]
    return tuple(Collecting(at_ms, venue == late) for venue, at_ms in enumerate(moments))

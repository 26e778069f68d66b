"""What everybody should have in the end, reckoned from the script alone. Imports nothing of the battle and is kept short,
so that one can see at a glance that it is right: the server's standing is held against it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from quizserver.rehearsal.evening import Asked, Evening, Value


class Row(NamedTuple):
    place: int
    name: str
    venue: str
    points: int
    rounds: tuple[int, ...]


def right_teams(asked: Asked, said: Mapping[str, Value]) -> set[str]:
    """The names whose value is right; all at once, since the nearest number depends on the others."""
    if asked.kind == "number":
        return _right_numbers(asked, {team: abs(Decimal(str(value)) - Decimal(asked.number)) for team, value in said.items()})
    if asked.kind == "text":
        variants = {text.casefold() for text in asked.right}
        return {team for team, value in said.items() if str(value).casefold() in variants}
    return {team for team, value in said.items() if set((value,) if isinstance(value, str) else value) == set(asked.right)}


def _right_numbers(asked: Asked, away: Mapping[str, Decimal]) -> set[str]:
    allowed = Decimal(0)
    if asked.mode == "nearest":
        allowed = min(away.values(), default=allowed)
    elif asked.tolerance:
        share = Decimal(asked.tolerance.rstrip("%"))
        allowed = abs(Decimal(asked.number)) * share / 100 if asked.tolerance.endswith("%") else share
    return {team for team, distance in away.items() if distance <= allowed}


def said_in(evening: Evening, at_round: int, at: int) -> dict[str, Value]:
    """What every team has said in the end, online and on paper; silent teams are absent."""
    said = {team.name: team.turns[at_round][at].final for team in evening.online}
    said |= {team.name: team.sheets[at_round].written[at] for team in evening.paper}
    return {team: value for team, value in said.items() if value is not None}


def expected(evening: Evening) -> list[Row]:
    """The whole standing by (place, name); ties share a place, 1-2-2-4."""
    venues = {team.name: "" for team in evening.online} | {team.name: evening.venues[team.venue] for team in evening.paper}
    points = {team: [0] * len(evening.rounds) for team in venues}
    for at_round, played in enumerate(evening.rounds):
        for at, asked in enumerate(played.questions):
            said = said_in(evening, at_round, at)
            right = right_teams(asked, said)
            for team in said:
                points[team][at_round] += asked.points if team in right else -asked.penalty
    sums = {team: sum(rounds) for team, rounds in points.items()}
    place_of = {mine: place for place, mine in reversed(list(enumerate(sorted(sums.values(), reverse=True), 1)))}
    return sorted(Row(place_of[sums[team]], team, venues[team], sums[team], tuple(points[team])) for team in venues)

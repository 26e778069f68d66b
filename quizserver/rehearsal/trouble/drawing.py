"""Draws the trouble of an evening from its seed. Its lots are its own: what stands on paper does not depend on them."""

from collections.abc import Callable, Sequence
from random import Random

from quizserver.rehearsal.evening import Evening, PaperTeam
from quizserver.rehearsal.sheets import slipped
from quizserver.rehearsal.trouble.plan import Extra, Loss, Moment, Outage, Trouble, VenueTrouble, Why

MESSAGES = 40  # of a desk whose fate is drawn
TORN_SHARE, UNHEARD_SHARE = 0.12, 0.2
SHORTEST_MS, LONGEST_MS = 30_000, 180_000
SOON_MS = 20_000
ONE_DESK_LATER_MS = 15_000
NO_MARK = "2"
PLAIN = ("0", "1")

Outages = tuple[Outage, ...]


def trouble(evening: Evening) -> Trouble:
    """The same for the same evening, whenever and wherever it is asked. The first venue drawn never has a network again, the second
    has none all evening, the third's sheets of a round pass their gate; all others have some minutes without."""
    venues = sorted({team.venue for team in evening.paper})
    order = Random(f"{evening.seed} trouble").sample(venues, len(venues))
    fates = {venue: _FATES[min(at, len(_FATES) - 1)] for at, venue in enumerate(order)}
    return Trouble(tuple(_venue(evening, venue, fates[venue], venue == order[-1]) for venue in venues))


def _venue(evening: Evening, venue: int, fate: "Fate", mistypes: bool) -> VenueTrouble:
    """`mistypes`: one thing is typed here that is no mark at all."""
    rng = Random(f"{evening.seed} trouble {venue}")
    carried = rng.choice((Moment.FINAL, Moment.END)) if fate is _for_good else None
    outages = fate(rng, len(evening.rounds), 0), fate(rng, len(evening.rounds), 1)
    losses = _losses(rng, Loss.UNHEARD), _losses(rng, Loss.TORN)
    return VenueTrouble(venue, outages, losses, tuple(_extras(rng, evening, venue, outages[0], mistypes)), carried)


# --- networks ---


def _for_good(rng: Random, rounds: int, person: int) -> Outages:
    """From the second round on, or a later one."""
    at = rng.randrange(1, rounds) if rounds > 1 else 0
    return (Outage(at, rng.randint(SOON_MS, 2 * SOON_MS), back=Moment.NEVER),)


def _all_evening(rng: Random, rounds: int, person: int) -> Outages:
    return (Outage(0, 0, back=Moment.END, back_ms=person * ONE_DESK_LATER_MS),)


def _past_a_gate(rng: Random, rounds: int, person: int) -> Outages:
    """From one round over the end of the next, where there is one after that; and from the last one until the podium."""
    last = Outage(rounds - 1, rng.randint(SOON_MS, 2 * SOON_MS), back=Moment.FINAL, back_ms=rng.randint(0, SOON_MS))
    if rounds <= 2:
        return (last,)
    at = rng.randrange(rounds - 2)
    return Outage(at, rng.randint(0, SOON_MS), back=Moment.ROUND_OVER, back_round=at + 1), last


def _some_minutes(rng: Random, rounds: int, person: int) -> Outages:
    found = [Outage(at, rng.randint(0, LONGEST_MS), rng.randint(SHORTEST_MS, LONGEST_MS)) for at in range(rounds)]
    return tuple(sorted(rng.sample(found, rng.randint(1, rounds)), key=lambda each: each.at_round))


Fate = Callable[[Random, int, int], Outages]
_FATES: tuple[Fate, ...] = (_for_good, _all_evening, _past_a_gate, _some_minutes)


def _losses(rng: Random, first: Loss) -> tuple[Loss, ...]:
    """Each sort comes in every evening in which anything is sent."""
    shares = (1 - TORN_SHARE - UNHEARD_SHARE, TORN_SHARE, UNHEARD_SHARE)
    return first, *rng.choices(tuple(Loss), shares, k=MESSAGES - 1)


# --- what is typed beside the sheets ---


def _extras(rng: Random, evening: Evening, venue: int, outages: Outages, mistypes: bool) -> list[Extra]:
    teams = [team for team in evening.paper if team.venue == venue]
    last = len(evening.rounds) - 1
    extras = [_extra(rng, alone, at, at, Why.SECOND_OPINION) for at in range(last + 1) if (alone := _of_one_person(teams, at))]
    if outages[-1].back is not None:  # nothing of this desk arrives between its last round and the podium
        extras.append(_extra(rng, teams, rng.randint(0, last), last, Why.TOO_LATE))
        extras += _slip_and_mended(rng, teams, max(0, outages[-1].at_round - 1), last)
    if mistypes:
        extras += _no_mark(rng, evening, teams)
    return extras


def _of_one_person(teams: Sequence[PaperTeam], at_round: int) -> list[PaperTeam]:
    """Whose sheet one person types. Of two one may be mistaken already, and nobody would know it if the other were too."""
    return [team for team in teams if all(entry.person == 0 for entry in team.sheets[at_round].entries)]


def _slip_and_mended(rng: Random, teams: Sequence[PaperTeam], at_round: int, last: int) -> list[Extra]:
    """A slip in a round whose sheets arrive before the last outage, of a mark that gives points or takes them, if any."""
    sheets = [(team.name, team.sheets[at_round].marks) for team in teams]
    plain = [(name, at, mark) for name, marks in sheets for at, mark in enumerate(marks) if mark in PLAIN]
    return [
        extra
        for name, at, right in rng.sample(plain, min(1, len(plain)))
        for extra in (
            Extra(0, name, at_round, at, slipped(right), at_round, Why.SLIP),
            Extra(0, name, at_round, at, right, last, Why.MENDED),
        )
    ]


def _extra(rng: Random, teams: Sequence[PaperTeam], at_round: int, after_round: int, why: Why) -> Extra:
    team = rng.choice(teams)
    marks = team.sheets[at_round].marks
    at = rng.randrange(len(marks))
    person = 1 if why is Why.SECOND_OPINION else 0
    return Extra(person, team.name, at_round, at, slipped(marks[at]), after_round, why)


def _no_mark(rng: Random, evening: Evening, teams: Sequence[PaperTeam]) -> list[Extra]:
    """Where the nearest number wins any number is a mark, so not there; none if there is nothing else."""
    asked = [(at_round, at, each) for at_round, one in enumerate(evening.rounds) for at, each in enumerate(one.questions)]
    fit = [(at_round, at) for at_round, at, each in asked if each.mode != "nearest"]
    found = rng.sample(fit, min(1, len(fit)))
    return [Extra(0, rng.choice(teams).name, at_round, at, NO_MARK, at_round, Why.NO_MARK) for at_round, at in found]

"""From a battle to what shall be on paper. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.questions import Question, Round
from quizserver.battle.settings import Source
from quizserver.battle.sheet_numbers import SheetNumber
from quizserver.battle.state import BattleState, Team
from quizserver.printing.job import Card, Job, Line, Listed, RoundOnPaper, Sheet, VenueList
from quizserver.words import local, title_of


def sheets(state: BattleState, venues: Iterable[VenueId], playing: int | None, spares: int) -> Job:
    """Round by round, as they are handed out: in each the teams of these venues that play it on paper, and `spares` free ones a
    venue as far as there are some. `playing`: only this round (an index)."""
    wanted = [playing] if playing is not None else [*range(len(state.pack.rounds))]
    rounds = tuple(_round(state, at) for at in wanted)
    laid = (sheet for venue in venues for at, n in enumerate(wanted) for sheet in _of_round(state, venue, at, n, spares))
    return _job(state, rounds=rounds, sheets=tuple(laid))


def lists(state: BattleState, venues: Iterable[VenueId]) -> Job:
    """A list a venue: its teams by number, those on phones by name, its free spares."""
    return _job(state, lists=tuple(_list(state, venue) for venue in venues))


def cards(state: BattleState, codes: Mapping[TeamId, str], where: str) -> Job:
    """A card for each of these teams, by name. `where`: the origin that people are told."""
    teams = sorted((state.teams[team] for team in codes), key=lambda team: (team.name.text.casefold(), team.id))
    laid = (Card(_name(team), codes[team.id], f"{where}/j/{state.pin}#{codes[team.id]}") for team in teams)
    return _job(state, cards=tuple(laid), where=where.partition("://")[2])


def online_teams(state: BattleState, venue: VenueId | None) -> list[TeamId]:
    """Teams on phones: of a venue, or all of them."""
    return [team.id for team in state.teams.values() if team.plays is Source.ONLINE and venue in (None, team.venue)]


def _job(
    state: BattleState,
    rounds: tuple[RoundOnPaper, ...] = (),
    sheets: tuple[Sheet, ...] = (),
    lists: tuple[VenueList, ...] = (),
    cards: tuple[Card, ...] = (),
    where: str = "",
) -> Job:
    language = state.settings.language
    return Job(language, title_of(state), state.pin, len(state.pack.rounds), rounds, sheets, lists, cards, where)


def _round(state: BattleState, at: int) -> RoundOnPaper:
    playing, language = state.pack.rounds[at], state.settings.language
    return RoundOnPaper(at + 1, local(playing.title, language), tuple(_line(each, language) for each in playing.questions))


def _line(question: Question, language: str) -> Line:
    unit = question.parts.get("unit")
    return Line(question.kind, local(unit, language) if isinstance(unit, Mapping) else "")


def _of_round(state: BattleState, venue: VenueId, at: int, n: int, spares: int) -> Iterable[Sheet]:
    name = state.venues[venue].name
    for team in _on_paper(state, venue, state.pack.rounds[n]):
        yield Sheet(name, at, str(SheetNumber(n + 1, team.sheets[0])), _name(team))
    for number in _spares(state, venue)[:spares]:
        yield Sheet(name, at, str(SheetNumber(n + 1, number)))


def _on_paper(state: BattleState, venue: VenueId, playing: Round) -> Sequence[Team]:
    """By number. Who plays but one question of the round on paper needs a sheet too."""
    at = [state.plan.positions[question.id] for question in playing.questions]
    return sorted((team for team in state.paper_teams(*at) if team.venue == venue), key=lambda team: team.sheets)


def _list(state: BattleState, venue: VenueId) -> VenueList:
    here = state.venues[venue]
    return VenueList(here.name, _listed(state, venue), ", ".join(word for word in (here.city, here.starts) if word))


def _listed(state: BattleState, venue: VenueId) -> tuple[Listed, ...]:
    here = [team for team in state.teams.values() if team.venue == venue]
    paper = sorted((team for team in here if team.sheets), key=lambda team: team.sheets)
    phones = sorted((team for team in here if not team.sheets), key=lambda team: (team.name.text.casefold(), team.id))
    free = (Listed((number,)) for number in _spares(state, venue))
    return (*(Listed(team.sheets, _name(team), team.people) for team in (*paper, *phones)), *free)


def _spares(state: BattleState, venue: VenueId) -> list[int]:
    return sorted(number for number, where in state.spares.items() if where == venue)


def _name(team: Team) -> str:
    """A name that was erased is told by its id, as on screens."""
    return team.name.text or f"№ {team.id[:4]}"

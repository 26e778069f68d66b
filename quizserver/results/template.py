"""The file that a venue fills in, instead of sitting at its desk: its teams on paper by number, a round a tab."""

from collections.abc import Iterator, Sequence

from quizserver.battle.ids import VenueId
from quizserver.battle.questions import Round
from quizserver.battle.state import BattleState, Team
from quizserver.battle.views.pages import shown_name
from quizserver.results.outcome import sheet_number
from quizserver.results.words import words
from quizserver.spreadsheets.csv_out import written_csv
from quizserver.spreadsheets.table import Cell, Leaf
from quizserver.spreadsheets.xlsx_out import written_xlsx
from quizserver.words import local, title_of

FORMATS = ("xlsx", "csv")


def template(state: BattleState, venue: VenueId, form: str) -> bytes:
    """Nothing is filled in."""
    return _xlsx(state, venue) if form == "xlsx" else _csv(state, venue)


def _xlsx(state: BattleState, venue: VenueId) -> bytes:
    """A tab a round: what it is, how to fill it in, the head, a row a team."""
    say = words(state.settings.language)
    leaves = []
    for n, playing in enumerate(state.pack.rounds, 1):
        title = f"{say['round']} {n}. {local(playing.title, state.settings.language)}"
        where = f"{title_of(state)}. {state.venues[venue].name}. {title}"
        head: Sequence[Cell] = [say["number"], say["team"], *_questions(playing), say["total"]]
        rows = [[sheet_number(team, n), shown_name(team)] for team in _teams(state, venue, playing)]
        wide = (14, 40, *(5 for _ in playing.questions), 8)
        leaves.append(Leaf(title, [[where], [say["fill"]], head, *rows], 2, wide))
    return written_xlsx(leaves)


def _csv(state: BattleState, venue: VenueId) -> bytes:
    """A row a team and round. Rounds are not equally long: a shorter one leaves its last questions empty."""
    say, longest = words(state.settings.language), max(state.pack.rounds, key=lambda playing: len(playing.questions))
    head: Sequence[Cell] = [say["round"], say["number"], say["team"], *_questions(longest), say["total"]]
    empty: Sequence[Cell] = [None] * (len(longest.questions) + 1)
    rows = [
        [n, sheet_number(team, n), shown_name(team), *empty]
        for n, playing in enumerate(state.pack.rounds, 1)
        for team in _teams(state, venue, playing)
    ]
    return written_csv([head, *rows])


def _questions(playing: Round) -> Iterator[Cell]:
    yield from range(1, len(playing.questions) + 1)


def _teams(state: BattleState, venue: VenueId, playing: Round) -> list[Team]:
    """Who plays a question of it on paper here, by number."""
    at = [state.plan.positions[question.id] for question in playing.questions]
    return sorted((team for team in state.paper_teams(*at) if team.venue == venue), key=lambda team: team.sheets)

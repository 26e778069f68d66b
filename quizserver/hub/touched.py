"""Whom a step of the ledger concerns: which rooms must look again, how soon, and which teams' own documents changed."""

from collections.abc import Iterable, Iterator
from itertools import product

from quizserver.battle import events as did
from quizserver.battle.ids import QuestionId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.settings import Source
from quizserver.battle.sheets import TOTAL, CellKey
from quizserver.battle.standings import shown_standing
from quizserver.battle.state import BattleState
from quizserver.battle.typed import text_of
from quizserver.services.battles import News

UNSEEN_BY_TEAMS: tuple[type[did.Event], ...] = (
    did.TeamsJoined,
    did.SeatsTaken,
    did.TokensOffered,
    did.TokensUsed,
    did.VenueAdded,
    did.VenueRenamed,
    did.VenueDescribed,
    did.RegistrationOpened,
    did.PeopleCounted,
    did.TeamsMerged,
    did.TeamRenamed,
    did.TeamMuted,
    did.TeamsApproved,
    did.TeamMoved,
    did.SparesReserved,
    did.SpareAssigned,
    did.LobbyLocked,
    did.StaffAdmitted,
    did.StaffRevoked,
    did.ScorekeeperNamed,
    did.AnswersRecorded,
    did.StandingFrozen,
    did.PointsAdjusted,
    did.TimeGiven,
)
"""What changes nothing in the room of teams: it is not even looked at, however many join."""

_LETS_IN = did.VenueCollected | did.MarksAccepted
_SHOWS_PLACES = did.StandingShown | did.PodiumShown
_PLACES_ARE_OUT = (Phase.FINAL, Phase.FINISHED)
_ONE_TEAM = did.TeamRenamed | did.TeamMoved | did.SourceChanged | did.PointsAdjusted

CHANGES_THE_EVENING: tuple[type[did.Event], ...] = (
    did.AnswerRuled,
    did.QuestionVoided,
    did.SourceChanged,
    did.SpareAssigned,
    did.TeamMoved,
    did.TeamRenamed,
)
"""What makes another evening of the one that a desk keeps, beside a team that comes with paper."""


def changes_the_evening(news: News) -> bool:
    """True if the sheets or the sealed keys of desks are not what they were."""
    comes = any(join.plays is Source.PAPER for event in news.events if isinstance(event, did.TeamsJoined) for join in event.joins)
    return comes or any(isinstance(event, CHANGES_THE_EVENING) for event in news.events)


def teams_may_see(news: News) -> bool:
    """False if the room of teams is sure to look as before."""
    amended = news.before is not None and news.before.amended_ms != news.after.amended_ms
    return amended or any(not isinstance(event, UNSEEN_BY_TEAMS) for event in news.events)


def is_urgent(news: News) -> bool:
    """True if the evening took a step, or the stage or the clock changed: nobody waits for that."""
    before, after = news.before, news.after
    return before is None or _moment(before) != _moment(after)


def _moment(state: BattleState) -> tuple[object, ...]:
    return (state.step, state.stage, state.standing_which, state.break_until_ms, state.clock, state.paused_at_ms, state.epoch)


def brings_results(news: News) -> bool:
    """True if every team's own document goes with it: a solution was revealed, the host shows the standing or the podium, or
    something moved in the standing after that, when nothing else would bring it any more."""
    revealed = any(isinstance(event, did.SolutionRevealed) and not event.again for event in news.events)
    return revealed or any(isinstance(event, _SHOWS_PLACES) for event in news.events) or _moves_the_last_places(news)


def _moves_the_last_places(news: News) -> bool:
    """Also what may still become of a place is told anew; one more team is nothing to the others."""
    if news.before is None or news.after.phase not in _PLACES_ARE_OUT:
        return False
    before, after = shown_standing(news.before), shown_standing(news.after)
    if before is after:  # remembered, for nothing it is made of has changed
        return False
    rows = {row.team: row for row in after}
    return any(rows.get(row.team) != row for row in before)


def teams_touched(news: News) -> set[TeamId]:
    """Teams whose own marks, points, name or venue changed. A place moved by another team's does not count."""
    named = {event.team for event in news.events if isinstance(event, _ONE_TEAM)}
    named |= {team for team, _, question in cells_touched(news) if question == TOTAL or question in news.after.revealed}
    named |= {team for event in news.events if isinstance(event, _LETS_IN) for team in _with_totals(news.after, event.venue)}
    return named.union(*(_differ(news, question) for question in news.after.revealed), *_missed(news.events))


def _differ(news: News, question: QuestionId) -> Iterator[TeamId]:
    """Teams whose mark of a question is another one. Marks that no event touched are the very same map."""
    before = news.before.marks.get(question, {}) if news.before else {}
    after = news.after.marks.get(question, {})
    if before is not after:
        yield from (team for team in {*before, *after} if before.get(team) != after.get(team))


def _with_totals(state: BattleState, venue: VenueId) -> Iterator[TeamId]:
    """Teams of whose sheets this venue wrote a total, which gives points and no marks."""
    totals = ((team, known.values()) for (team, _, question), known in state.cells.items() if question == TOTAL)
    return (team for team, operations in totals if any(operation.venue == venue for operation in operations))


def _missed(events: Iterable[did.Event]) -> Iterator[set[TeamId]]:
    return ({event.row.team} for event in events if isinstance(event, did.MissedAdmitted))


def cells_touched(news: News) -> list[CellKey]:
    """Cells of which something came in, was let in or was turned away with this step, each once."""
    cells: dict[CellKey, None] = {}
    for event in news.events:
        match event:
            case did.MarksEntered():
                cells.update((each.cell, None) for each in event.operations)
            case did.LateJudged():
                late = news.after.late
                cells.update((late[name], None) for name in event.verdict.operations if name in late)
    return list(cells)


def texts_judged(news: News) -> Iterator[CellKey]:
    """Cells with a typed text of which more is known since this step: a ruling was made on it, or its venue has collected."""
    state = news.after
    for event in news.events:
        match event:
            case did.AnswerRuled():
                yield from _typed(state, [event.question], state.teams)
            case did.VenueCollected():
                asked = [state.plan.questions[at][1].id for at in state.plan.scopes[event.scope]]
                yield from _typed(state, asked, [each.id for each in state.teams.values() if each.venue == event.venue])


def _typed(state: BattleState, questions: Iterable[QuestionId], teams: Iterable[TeamId]) -> Iterator[CellKey]:
    for question, team in product(questions, teams):
        playing, _ = state.plan.questions[state.plan.positions[question]]
        key = (team, playing.id, question)
        if any(text_of(each.value) is not None for each in state.cells.get(key, {}).values()):
            yield key


def heads_changed(news: News) -> list[TeamId]:
    """Teams whose points come from elsewhere since this step, or who have taken spare sheets."""
    return [event.team for event in news.events if isinstance(event, did.SourceChanged | did.SpareAssigned)]


def scopes_of(state: BattleState, key: CellKey) -> list[str]:
    """The sheets a cell stands on: a total stands on each sheet of its round."""
    _, round_id, question = key
    playing = next(each for each in state.pack.rounds if each.id == round_id)
    if question == TOTAL:
        return sorted({state.scope(playing, each.id) for each in playing.questions})
    return [state.scope(playing, question)]

"""Who plays on paper, and the sheets with a spare number."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.ids import VenueId
from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState, collects

MOST_SPARES = 50  # free ones of one venue: a thicker stack is a mistake, or a second venue


def paper_refused(state: BattleState) -> Refused | None:
    """A round without a moment to collect paper could not be started with this team, so it is better not to have it."""
    to_come = (each for each in state.pack.rounds if each.id not in state.ended)
    return None if all(map(collects, to_come)) else not_now("paper_needs_slips")


@rule(ask.ChangeSource)
def _change_source(state: BattleState, command: ask.ChangeSource, now_ms: int) -> Outcome:
    team = state.teams.get(command.team)
    if team is None:
        return wrong("unknown_team")
    if not command.reason.strip():
        return wrong("reason_needed")
    position = state.plan.positions.get(command.question)
    if position is None or state.plan.questions[position][0].id != command.round:
        return wrong("unknown_question")
    venue = command.venue or team.venue or next(iter(state.venues))
    if venue not in state.venues:
        return wrong("unknown_venue")
    changed = did.SourceChanged(
        by=command.by,
        team=team.id,
        round=command.round,
        question=command.question,
        source=command.source,
        only_this_round=command.only_this_round,
        reason=command.reason.strip(),
        venue=venue if command.source is Source.PAPER else team.venue,
    )
    return (changed, *_let_in(state, venue, command)) if command.source is Source.PAPER else (changed,)


def _let_in(state: BattleState, venue: VenueId, command: ask.ChangeSource) -> tuple[did.Event, ...]:
    """Marks for what was revealed without this venue count: the host has just said that they shall."""
    start, row = state.plan.positions[command.question], state.plan.questions
    changed = {
        state.scope(playing, question.id): None
        for playing, question in row[start:]
        if not command.only_this_round or playing.id == command.round
    }
    settled = state.waiting | {here for here in ((venue, scope) for scope in changed) if state.marks_count(*here)}
    let_in = [scope for scope in changed if state.is_revealed(scope) and (venue, scope) not in settled]
    return tuple(did.MarksAccepted(by=command.by, venue=venue, scope=scope) for scope in let_in)


@rule(ask.ReserveSpares)
def _reserve_spares(state: BattleState, command: ask.ReserveSpares, now_ms: int) -> Outcome:
    if command.venue not in state.venues:
        return wrong("unknown_venue")
    if not 1 <= command.count <= MOST_SPARES:
        return wrong("bad_spares", str(MOST_SPARES))
    missing = command.count - sum(1 for venue in state.spares.values() if venue == command.venue)
    return (did.SparesReserved(by=command.by, venue=command.venue, count=missing),) if missing > 0 else ()


@rule(ask.AssignSpare)
def _assign_spare(state: BattleState, command: ask.AssignSpare, now_ms: int) -> Outcome:
    team = state.teams.get(command.team)
    if team is None:
        return wrong("unknown_team")
    if command.spare in team.sheets:
        return ()
    if not team.sheets:
        return wrong("not_on_paper")
    if command.spare not in state.spares:
        return _no_spare(state, command.spare)
    return (did.SpareAssigned(by=command.by, team=team.id, spare=command.spare),)


def spare_refused(state: BattleState, command: ask.JoinTeam) -> Refused | None:
    """Sheets do not travel: a number from another venue's stack was written down wrongly."""
    if not command.spare:
        return None
    holder = state.spares.get(command.spare)
    if holder is None:
        return _no_spare(state, command.spare)
    return None if holder == command.venue else wrong("spare_of_another_venue", state.venues[holder].name)


def _no_spare(state: BattleState, number: int) -> Refused:
    owner = next((team for team in state.teams.values() if number in team.sheets), None)
    return wrong("no_such_spare") if owner is None else wrong("spare_taken", owner.name.text)

"""How teams come in, what they are called, and where they sit."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve.changes import at_venue, with_news, with_team
from quizserver.battle.evolve.effect import effect
from quizserver.battle.evolve.paper import numbered, spare_taken
from quizserver.battle.ids import TeamId
from quizserver.battle.names import skeleton
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState, Merged, SeatKey, Team


@effect(did.TeamsJoined)
def _joined(state: BattleState, event: did.TeamsJoined) -> BattleState:
    teams = {join.team: at_venue(_named(state, join), join.venue) for join in event.joins}
    seats = {join.token_hash: SeatKey(join.team, join.seat, state.at_ms) for join in event.joins if join.seat is not None}
    looks = {skeleton(join.name.text): join.team for join in event.joins if join.name.text}
    all_looks = with_news(state.skeletons, looks)
    state = replace(state, teams=with_news(state.teams, teams), seats=with_news(state.seats, seats), skeletons=all_looks)
    for join in event.joins:
        if join.plays is Source.PAPER:
            state = spare_taken(state, join.team, join.spare) if join.spare else numbered(state, join.team)
    return state


def _named(state: BattleState, join: did.Join) -> Team:
    """A team on paper was named by the host."""
    return Team(join.team, join.name, join.plays, approved=join.plays is Source.PAPER or not state.settings.approval)


@effect(did.RegistrationOpened)
def _registration_opened(state: BattleState, event: did.RegistrationOpened) -> BattleState:
    return replace(state, registration_open=event.opened)


@effect(did.LobbyLocked)
def _lobby_locked(state: BattleState, event: did.LobbyLocked) -> BattleState:
    return replace(state, lobby_locked=event.locked)


@effect(did.TeamRenamed)
def _renamed(state: BattleState, event: did.TeamRenamed) -> BattleState:
    looks = {look: team for look, team in state.skeletons.items() if team != event.team}
    if event.name.text:
        looks[skeleton(event.name.text)] = event.team
    return replace(with_team(state, event.team, name=event.name, approved=True), skeletons=looks)


@effect(did.TeamMuted)
def _muted(state: BattleState, event: did.TeamMuted) -> BattleState:
    return with_team(state, event.team, muted=event.muted)


@effect(did.TeamsApproved)
def _approved(state: BattleState, event: did.TeamsApproved) -> BattleState:
    return replace(state, teams=with_news(state.teams, {team: replace(state.teams[team], approved=True) for team in event.teams}))


@effect(did.PeopleCounted)
def _counted(state: BattleState, event: did.PeopleCounted) -> BattleState:
    return with_team(state, event.team, people=event.people)


@effect(did.TeamMoved)
def _moved_to(state: BattleState, event: did.TeamMoved) -> BattleState:
    return replace(state, teams=with_news(state.teams, {event.team: at_venue(state.teams[event.team], event.venue)}))


@effect(did.TeamsMerged)
def _merged(state: BattleState, event: did.TeamsMerged) -> BattleState:
    """The one that stays keeps its name, its venue and its own sheets first; who said how many they are is believed."""
    gone, stays = state.teams[event.team], state.teams[event.into]
    both = replace(
        stays,
        sheets=(*stays.sheets, *gone.sheets),
        been_at=stays.been_at | gone.been_at,
        people=stays.people or gone.people,
    )
    row = Merged(event.into, state.ever_joined().index(event.team))
    return replace(
        state,
        teams=with_news({team: each for team, each in state.teams.items() if team != event.team}, {event.into: both}),
        merged=with_news(state.merged, {event.team: row}),
        seats={token: key._replace(team=_one_of(key.team, event)) for token, key in state.seats.items()},
        skeletons={look: team for look, team in state.skeletons.items() if team != event.team},
        adjustments=tuple((_one_of(team, event), points, why) for team, points, why in state.adjustments),
    )


def _one_of(team: TeamId, event: did.TeamsMerged) -> TeamId:
    return event.into if team == event.team else team

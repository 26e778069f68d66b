"""How teams come in, what they are called, and where they sit."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.paper import paper_refused, spare_refused
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.decide.seats import MOST_SEATS
from quizserver.battle.events import Name
from quizserver.battle.ids import TeamId
from quizserver.battle.names import clean_name, skeleton
from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState

MOST_TEAMS = 20_000
MOST_PEOPLE = 99  # of one team; a class of thirty is one, a hall is a mistake
MOST_UNAPPROVED = 300  # names that wait for the host; nobody reads more between two questions


def checked_name(state: BattleState, name: Name, team: TeamId | None = None) -> Name | Refused:
    """The cleaned name, or why it cannot be one: empty, too long, or taken by a name that looks the same."""
    try:
        text = clean_name(name.text)
    except ValueError as problem:
        return wrong(str(problem))
    holder = state.skeletons.get(skeleton(text))
    return wrong("name_taken", text) if holder not in (None, team) else Name(text, name.salt)


@rule(ask.JoinTeam)
def _join(state: BattleState, command: ask.JoinTeam, now_ms: int) -> Outcome:
    if command.team in state.teams or command.team in state.merged:
        return ()
    if (refused := _no_room(state, command)) is not None:
        return refused
    name = checked_name(state, command.name)
    if isinstance(name, Refused):
        return name
    if not 0 <= command.people <= MOST_PEOPLE:
        return wrong("bad_people", str(MOST_PEOPLE))
    join = did.Join(command.team, name, command.plays, command.venue, command.seat, command.token_hash, command.spare)
    joined = did.TeamsJoined(by=command.by, joins=(join,))
    counted = did.PeopleCounted(by=command.by, team=command.team, people=command.people)
    return (joined, counted) if command.people else (joined,)


def _no_room(state: BattleState, command: ask.JoinTeam) -> Refused | None:
    if command.seat is not None and state.lobby_locked:
        return not_now("lobby_locked")
    if len(state.teams) >= MOST_TEAMS:
        return not_now("battle_is_full")
    if command.seat is not None and _too_many_wait(state):
        return Refused("too_many_waiting", temporary=True)
    if command.venue is not None and command.venue not in state.venues:
        return wrong("unknown_venue")
    if command.plays is Source.PAPER:
        return wrong("venue_needed") if command.venue is None else paper_refused(state) or spare_refused(state, command)
    return wrong("not_on_paper") if command.spare else None


def _too_many_wait(state: BattleState) -> bool:
    return state.settings.approval and sum(team.awaits_approval for team in state.teams.values()) >= MOST_UNAPPROVED


@rule(ask.OpenRegistration)
def _open_registration(state: BattleState, command: ask.OpenRegistration, now_ms: int) -> Outcome:
    opened = did.RegistrationOpened(by=command.by, opened=command.opened)
    return () if state.registration_open is command.opened else (opened,)


@rule(ask.LockLobby)
def _lock(state: BattleState, command: ask.LockLobby, now_ms: int) -> Outcome:
    return () if state.lobby_locked is command.locked else (did.LobbyLocked(by=command.by, locked=command.locked),)


@rule(ask.RenameTeam)
def _rename(state: BattleState, command: ask.RenameTeam, now_ms: int) -> Outcome:
    if command.team not in state.teams:
        return wrong("unknown_team")
    name = checked_name(state, command.name, command.team)
    return name if isinstance(name, Refused) else (did.TeamRenamed(by=command.by, team=command.team, name=name),)


@rule(ask.MuteTeam)
def _mute(state: BattleState, command: ask.MuteTeam, now_ms: int) -> Outcome:
    if command.team not in state.teams:
        return wrong("unknown_team")
    if state.teams[command.team].muted is command.muted:
        return ()
    return (did.TeamMuted(by=command.by, team=command.team, muted=command.muted),)


@rule(ask.ApproveTeams)
def _approve(state: BattleState, command: ask.ApproveTeams, now_ms: int) -> Outcome:
    if any(team not in state.teams for team in command.teams):
        return wrong("unknown_team")
    news = tuple(team for team in dict.fromkeys(command.teams) if not state.teams[team].approved)
    return (did.TeamsApproved(by=command.by, teams=news),) if news else ()


@rule(ask.CountPeople)
def _count_people(state: BattleState, command: ask.CountPeople, now_ms: int) -> Outcome:
    if command.team not in state.teams:
        return wrong("unknown_team")
    if not 0 <= command.people <= MOST_PEOPLE:
        return wrong("bad_people", str(MOST_PEOPLE))
    counted = did.PeopleCounted(by=command.by, team=command.team, people=command.people)
    return () if state.teams[command.team].people == command.people else (counted,)


@rule(ask.MoveTeam)
def _move(state: BattleState, command: ask.MoveTeam, now_ms: int) -> Outcome:
    if command.team not in state.teams:
        return wrong("unknown_team")
    if command.venue is not None and command.venue not in state.venues:
        return wrong("unknown_venue")
    team = state.teams[command.team]
    if command.venue is None and any(team.source(at) is Source.PAPER for at in range(len(state.plan.questions))):
        return wrong("venue_needed")
    return () if team.venue == command.venue else (did.TeamMoved(by=command.by, team=team.id, venue=command.venue),)


@rule(ask.MergeTeams)
def _merge(state: BattleState, command: ask.MergeTeams, now_ms: int) -> Outcome:
    if command.team in state.merged and state.team_now(command.team) == command.into:
        return ()
    if command.team not in state.teams or command.into not in state.teams:
        return wrong("unknown_team")
    if command.team == command.into:
        return wrong("one_team")
    return _unmergeable(state, command) or (did.TeamsMerged(by=command.by, team=command.team, into=command.into),)


def _unmergeable(state: BattleState, command: ask.MergeTeams) -> Refused | None:
    """Once something was asked, both have answers that count, and no rule says which."""
    if not state.is_before_play:
        return not_now("merge_before_play")
    if state.teams[command.team].sheets and not state.teams[command.into].sheets:
        return wrong("merge_into_paper", state.teams[command.team].name.text)
    seats = sum(key.team in (command.team, command.into) for key in state.seats.values())
    return not_now("too_many_devices") if seats > MOST_SEATS else None

"""Venues, teams and their devices."""

import re

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.events import Name
from quizserver.battle.ids import TeamId, VenueId
from quizserver.battle.names import clean_name, skeleton
from quizserver.battle.refusals import Refused, not_now, wrong
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState, collects

TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
MOST_TEAMS = 20_000
MOST_SEATS = 12  # devices of one team; more is a class, not a table
MOST_VENUES = 500
MOST_SPARES = 50  # free ones of one venue: a thicker stack is a mistake, or a second venue
MOST_PEOPLE = 99  # of one team; a class of thirty is one, a hall is a mistake
FARTHEST_EAST_MIN, FARTHEST_WEST_MIN = 14 * 60, -12 * 60  # of all time zones there are
MOST_UNAPPROVED = 300  # names that wait for the host; nobody reads more between two questions
RENEWED_AFTER_MS = 3_600_000
"""How long a device keeps one token: shorter than an evening, so that one that was copied at its start is of no use at its end; and
longer than any outage, so that a hall that comes back at once was mostly given its tokens a while ago, and writes nothing."""


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
        return wrong("venue_needed") if command.venue is None else _paper_refused(state) or _spare_refused(state, command)
    return wrong("not_on_paper") if command.spare else None


def _too_many_wait(state: BattleState) -> bool:
    return state.settings.approval and sum(team.awaits_approval for team in state.teams.values()) >= MOST_UNAPPROVED


def _paper_refused(state: BattleState) -> Refused | None:
    """A round without a moment to collect paper could not be started with this team, so it is better not to have it."""
    to_come = (each for each in state.pack.rounds if each.id not in state.ended)
    return None if all(map(collects, to_come)) else not_now("paper_needs_slips")


def _spare_refused(state: BattleState, command: ask.JoinTeam) -> Refused | None:
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


@rule(ask.TakeSeat)
def _take_seat(state: BattleState, command: ask.TakeSeat, now_ms: int) -> Outcome:
    if command.team not in state.teams:
        return wrong("unknown_team")
    if command.token_hash in state.seats:
        return ()
    if sum(1 for key in state.seats.values() if key.team == command.team) >= MOST_SEATS:
        return not_now("too_many_devices")
    return (did.SeatsTaken(by=command.by, seats=(did.Seat(command.team, command.seat, command.token_hash),)),)


@rule(ask.OfferToken)
def _offer_token(state: BattleState, command: ask.OfferToken, now_ms: int) -> Outcome:
    known = command.token_hash in state.seats or command.token_hash in state.successors
    if known or not is_old(state, command.before, now_ms):
        return ()
    return (did.TokensOffered(by=command.by, offers=(did.Offer(command.before, command.token_hash),)),)


@rule(ask.UseToken)
def _use_token(state: BattleState, command: ask.UseToken, now_ms: int) -> Outcome:
    used = did.TokensUsed(by=command.by, token_hashes=(command.token_hash,))
    return (used,) if command.token_hash in state.successors else ()


def is_old(state: BattleState, token_hash: str, now_ms: int) -> bool:
    """True if this token opens a seat and it is time for another."""
    key = state.seats.get(token_hash)
    return key is not None and now_ms - key.since_ms >= RENEWED_AFTER_MS


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


@rule(ask.CountPeople)
def _count_people(state: BattleState, command: ask.CountPeople, now_ms: int) -> Outcome:
    if command.team not in state.teams:
        return wrong("unknown_team")
    if not 0 <= command.people <= MOST_PEOPLE:
        return wrong("bad_people", str(MOST_PEOPLE))
    counted = did.PeopleCounted(by=command.by, team=command.team, people=command.people)
    return () if state.teams[command.team].people == command.people else (counted,)


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


@rule(ask.AddVenue)
def _add_venue(state: BattleState, command: ask.AddVenue, now_ms: int) -> Outcome:
    if command.venue in state.venues:
        return ()
    if len(state.venues) >= MOST_VENUES:
        return not_now("battle_is_full")
    name = _venue_name(state, command.name, command.venue)
    return name if isinstance(name, Refused) else (did.VenueAdded(by=command.by, venue=command.venue, name=name),)


@rule(ask.RenameVenue)
def _rename_venue(state: BattleState, command: ask.RenameVenue, now_ms: int) -> Outcome:
    if command.venue not in state.venues:
        return wrong("unknown_venue")
    name = _venue_name(state, command.name, command.venue)
    return name if isinstance(name, Refused) else (did.VenueRenamed(by=command.by, venue=command.venue, name=name),)


def _venue_name(state: BattleState, raw: str, venue: VenueId) -> str | Refused:
    try:
        name = clean_name(raw)
    except ValueError as problem:
        return wrong(str(problem))
    taken = any(each.id != venue and skeleton(each.name) == skeleton(name) for each in state.venues.values())
    return wrong("name_taken", name) if taken else name


@rule(ask.DescribeVenue)
def _describe(state: BattleState, command: ask.DescribeVenue, now_ms: int) -> Outcome:
    venue = state.venues.get(command.venue)
    if venue is None:
        return wrong("unknown_venue")
    try:
        city = clean_name(command.city) if command.city.strip() else ""
    except ValueError as problem:
        return wrong(str(problem))
    if command.starts and not TIME_OF_DAY.fullmatch(command.starts):
        return wrong("bad_time")
    if not FARTHEST_WEST_MIN <= command.zone_min <= FARTHEST_EAST_MIN:
        return wrong("bad_time")
    if (venue.city, venue.starts, venue.zone_min) == (city, command.starts, command.zone_min):
        return ()
    news = did.VenueDescribed(by=command.by, venue=venue.id, city=city, starts=command.starts, zone_min=command.zone_min)
    return (news,)


@rule(ask.OpenRegistration)
def _open_registration(state: BattleState, command: ask.OpenRegistration, now_ms: int) -> Outcome:
    opened = did.RegistrationOpened(by=command.by, opened=command.opened)
    return () if state.registration_open is command.opened else (opened,)


@rule(ask.LockLobby)
def _lock(state: BattleState, command: ask.LockLobby, now_ms: int) -> Outcome:
    return () if state.lobby_locked is command.locked else (did.LobbyLocked(by=command.by, locked=command.locked),)


@rule(ask.AdmitStaff)
def _admit(state: BattleState, command: ask.AdmitStaff, now_ms: int) -> Outcome:
    if command.role not in ("desk", "screen"):
        return wrong("unknown_role")
    if command.venue is not None and command.venue not in state.venues:
        return wrong("unknown_venue")
    if command.role == "desk" and command.venue is None:
        return wrong("venue_needed")
    if command.token_hash in state.staff:
        return ()
    return (did.StaffAdmitted(by=command.by, role=command.role, token_hash=command.token_hash, venue=command.venue),)


@rule(ask.RevokeStaff)
def _revoke(state: BattleState, command: ask.RevokeStaff, now_ms: int) -> Outcome:
    revoked = did.StaffRevoked(by=command.by, token_hash=command.token_hash)
    return (revoked,) if command.token_hash in state.staff else wrong("unknown_key")

"""state + event -> state. Never refuses, never decides: what stands in the ledger has happened. One small function an event."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from quizserver.battle import events as did
from quizserver.battle.answers import with_rows
from quizserver.battle.ids import QuestionId, TeamId, VenueId
from quizserver.battle.marking import mark_question
from quizserver.battle.names import skeleton
from quizserver.battle.phases import Phase
from quizserver.battle.settings import Source
from quizserver.battle.sheets import TOTAL, CellKey, merged
from quizserver.battle.standings import STANDINGS, standing
from quizserver.battle.state import (
    BattleState,
    Box,
    Clock,
    Merged,
    Plan,
    Scorekeeper,
    SeatKey,
    SourceChange,
    StaffKey,
    Stage,
    Team,
    Venue,
)
from quizserver.battle.verdicts import kept_out

K = TypeVar("K")
V = TypeVar("V")
E = TypeVar("E", bound=did.Event)


class NotABattle(ValueError):
    """A ledger that does not begin with its battle's creation: a broken ledger."""


def evolve(state: BattleState | None, event: did.Event, at_ms: int) -> BattleState:
    """The state after `event`, which happened at battle time `at_ms`. Every event is one version."""
    if isinstance(event, did.BattleCreated):
        return _created(event, at_ms)
    if state is None:
        raise NotABattle(f"the ledger begins with {type(event).__name__}")
    after: BattleState = _EVOLVE[type(event)](replace(state, version=state.version + 1, at_ms=at_ms), event)
    touched = {each: mark_question(after, each) for each in _touched(after, event)}
    after = replace(after, marks=_with(after.marks, touched)) if touched else after
    return _amended(state, after) if isinstance(event, _MENDS) else after


_MENDS = (
    did.MarksEntered,
    did.MarksAccepted,
    did.LateJudged,
    did.SourceChanged,
    did.QuestionVoided,
    did.AnswerRuled,
    did.MissedAdmitted,
    did.PointsAdjusted,
)
"""What may change the standing of a battle that is over."""


def _amended(before: BattleState, after: BattleState) -> BattleState:
    """Whoever saw the last standing shall see that it is another one now."""
    if before.phase is not Phase.FINISHED or _rows(before) == _rows(after):
        return after
    return replace(after, amended_ms=(*after.amended_ms, after.at_ms))


def _rows(state: BattleState) -> list[tuple[TeamId, int, int]]:
    return [(row.team, row.place, row.points) for row in standing(state)]


def fold(history: Iterable[tuple[did.Event, int]]) -> BattleState:
    """The state after a whole ledger of (event, at_ms). Raises NotABattle for an empty one."""
    state: BattleState | None = None
    for event, at_ms in history:
        state = evolve(state, event, at_ms)
    if state is None:
        raise NotABattle("the ledger is empty")
    return state


def _created(event: did.BattleCreated, at_ms: int) -> BattleState:
    venue = Venue(event.venue, event.venue_name)
    return BattleState(
        event.battle,
        event.pin,
        event.pack,
        event.settings,
        version=1,
        at_ms=at_ms,
        venues={venue.id: venue},
        plan=Plan.of(event.pack),
    )


def _with(known: Mapping[K, V], news: Mapping[K, V]) -> Mapping[K, V]:
    return {**known, **news}


def _step(state: BattleState, phase: Phase, **changes: Any) -> BattleState:
    """A step of the evening: a new phase, and the stage is the play's again."""
    return replace(_come_to(state, phase), stage=Stage.PLAY, **changes)


def _come_to(state: BattleState, phase: Phase) -> BattleState:
    """A phase that nobody pressed a key for: a break or a standing that the host put on the stage stays there."""
    return replace(state, phase=phase, step=state.step + 1)


def _touched(state: BattleState, event: did.Event) -> Iterable[QuestionId]:
    """Questions whose marks an event may change; all others keep theirs. Before its first seal a question has none."""
    return (each for each in _concerned(state, event) if any(state.sealed_boxes(each)))


def _concerned(state: BattleState, event: did.Event) -> Iterable[QuestionId]:
    match event:
        case did.BoxSealed() | did.QuestionVoided() | did.AnswerRuled() | did.MissedAdmitted():
            return (event.question,)
        case did.MarksEntered():
            return _questions_of(state, (each.cell for each in event.operations))
        case did.LateJudged():
            return _questions_of(state, (state.late[each] for each in event.verdict.operations if each in state.late))
        case did.MarksAccepted() | did.VenueCollected():
            at = state.plan.scopes[event.scope][0]
            return (each.id for each in state.plan.questions[at][0].questions)  # a sheet's total needs all slips of its round
        case did.SourceChanged():
            return state.plan.positions
        case did.TeamsJoined():
            return state.plan.positions if state.voided or any(join.plays is Source.PAPER for join in event.joins) else ()
    return ()


def _questions_of(state: BattleState, cells: Iterable[CellKey]) -> Iterable[QuestionId]:
    """The questions whose cells these are; where a sheet has a total, each mark says something of its whole round."""
    touched: dict[QuestionId, None] = {}
    for team, round, question in cells:
        if (team, round, TOTAL) in state.cells:
            touched.update((each.id, None) for playing, each in state.plan.questions if playing.id == round)
        else:
            touched[question] = None
    return touched


# --- people --------------------------------------------------------------------------------------------------------------


def _joined(state: BattleState, event: did.TeamsJoined) -> BattleState:
    teams = {join.team: _at(_named(state, join), join.venue) for join in event.joins}
    seats = {join.token_hash: SeatKey(join.team, join.seat, state.at_ms) for join in event.joins if join.seat is not None}
    looks = {skeleton(join.name.text): join.team for join in event.joins if join.name.text}
    all_looks = _with(state.skeletons, looks)
    state = replace(state, teams=_with(state.teams, teams), seats=_with(state.seats, seats), skeletons=all_looks)
    for join in event.joins:
        if join.plays is Source.PAPER:
            state = _spare_taken(state, join.team, join.spare) if join.spare else _numbered(state, join.team)
    return state


def _numbered(state: BattleState, team: TeamId) -> BattleState:
    """First on paper, a team is given the next number of all; it keeps the one it has."""
    if state.teams[team].sheets:
        return state
    return replace(_team(state, team, sheets=(state.last_sheet + 1,)), last_sheet=state.last_sheet + 1)


def _spare_taken(state: BattleState, team: TeamId, spare: int) -> BattleState:
    free = {number: venue for number, venue in state.spares.items() if number != spare}
    return replace(_team(state, team, sheets=(*state.teams[team].sheets, spare)), spares=free)


def _spares_reserved(state: BattleState, event: did.SparesReserved) -> BattleState:
    last = state.last_sheet + event.count
    news = dict.fromkeys(range(state.last_sheet + 1, last + 1), event.venue)
    return replace(state, last_sheet=last, spares=_with(state.spares, news))


def _named(state: BattleState, join: did.Join) -> Team:
    """A team on paper was named by the host."""
    return Team(join.team, join.name, join.plays, approved=join.plays is Source.PAPER or not state.settings.approval)


def _approved(state: BattleState, event: did.TeamsApproved) -> BattleState:
    return replace(state, teams=_with(state.teams, {team: replace(state.teams[team], approved=True) for team in event.teams}))


def _seated(state: BattleState, event: did.SeatsTaken) -> BattleState:
    taken = {seat.token_hash: SeatKey(seat.team, seat.seat, state.at_ms) for seat in event.seats}
    return replace(state, seats=_with(state.seats, taken))


def _token_offered(state: BattleState, event: did.TokensOffered) -> BattleState:
    seats, successors = dict(state.seats), dict(state.successors)
    for offer in event.offers:
        key = seats[offer.before]
        seats[offer.before] = key._replace(since_ms=state.at_ms, offered=(*key.offered, offer.token_hash))
        successors[offer.token_hash] = offer.before
    return replace(state, seats=seats, successors=successors)


def _token_used(state: BattleState, event: did.TokensUsed) -> BattleState:
    """With the token before it go all its other successors."""
    seats, successors = dict(state.seats), dict(state.successors)
    for token in event.token_hashes:
        before = seats.pop(successors[token])
        seats[token] = SeatKey(before.team, before.seat, state.at_ms)
        for offered in before.offered:
            del successors[offered]
    return replace(state, seats=seats, successors=successors)


def _venue(state: BattleState, event: did.VenueAdded | did.VenueRenamed) -> BattleState:
    before = state.venues.get(event.venue, Venue(event.venue, event.name))
    return replace(state, venues=_with(state.venues, {event.venue: replace(before, name=event.name)}))


def _described(state: BattleState, event: did.VenueDescribed) -> BattleState:
    venue = replace(state.venues[event.venue], city=event.city, starts=event.starts, zone_min=event.zone_min)
    return replace(state, venues=_with(state.venues, {event.venue: venue}))


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
        teams=_with({team: each for team, each in state.teams.items() if team != event.team}, {event.into: both}),
        merged=_with(state.merged, {event.team: row}),
        seats={token: key._replace(team=_one_of(key.team, event)) for token, key in state.seats.items()},
        skeletons={look: team for look, team in state.skeletons.items() if team != event.team},
        adjustments=tuple((_one_of(team, event), points, why) for team, points, why in state.adjustments),
    )


def _one_of(team: TeamId, event: did.TeamsMerged) -> TeamId:
    return event.into if team == event.team else team


def _at(team: Team, venue: VenueId | None) -> Team:
    return replace(team, venue=venue, been_at=team.been_at if venue is None else team.been_at | {venue})


def _moved_to(state: BattleState, event: did.TeamMoved) -> BattleState:
    return replace(state, teams=_with(state.teams, {event.team: _at(state.teams[event.team], event.venue)}))


def _team(state: BattleState, team: TeamId, **changes: Any) -> BattleState:
    return replace(state, teams=_with(state.teams, {team: replace(state.teams[team], **changes)}))


def _renamed(state: BattleState, event: did.TeamRenamed) -> BattleState:
    looks = {look: team for look, team in state.skeletons.items() if team != event.team}
    if event.name.text:
        looks[skeleton(event.name.text)] = event.team
    return replace(_team(state, event.team, name=event.name, approved=True), skeletons=looks)


def _source_changed(state: BattleState, event: did.SourceChanged) -> BattleState:
    start = state.plan.positions[event.question]
    last = max(at for at, (playing, _) in enumerate(state.plan.questions) if playing.id == event.round)
    change = SourceChange(start, last + 1 if event.only_this_round else None, event.source)
    team = _at(state.teams[event.team], event.venue)
    changed = replace(state, teams=_with(state.teams, {team.id: replace(team, changes=(*team.changes, change))}))
    return _numbered(changed, team.id) if event.source is Source.PAPER else changed


def _admitted(state: BattleState, event: did.StaffAdmitted) -> BattleState:
    return replace(state, staff=_with(state.staff, {event.token_hash: StaffKey(event.role, event.venue, state.at_ms)}))


def _revoked(state: BattleState, event: did.StaffRevoked) -> BattleState:
    return replace(state, staff={key: staff for key, staff in state.staff.items() if key != event.token_hash})


# --- the evening's steps -------------------------------------------------------------------------------------------------


def _round_started(state: BattleState, event: did.RoundStarted) -> BattleState:
    at = next(at for at, playing in enumerate(state.pack.rounds) if playing.id == event.round)
    return _step(state, Phase.ROUND_INTRO, round=at, question=None, clock=None)


def _index(state: BattleState, question: QuestionId) -> int:
    questions = state.pack.rounds[state.round].questions
    return next(at for at, each in enumerate(questions) if each.id == question)


def _shown(state: BattleState, event: did.QuestionShown) -> BattleState:
    phase = Phase.OPEN if event.again else Phase.SHOWN
    return _step(state, phase, question=_index(state, event.question), clock=None, shows_at_ms=event.shows_at_ms)


def _opened(state: BattleState, event: did.AnswersOpened) -> BattleState:
    playing = state.pack.rounds[state.round]
    announced_ms = max(0, event.opens_at_ms - state.at_ms)
    box = Box(
        event.question,
        event.opening,
        event.counts,
        event.opens_at_ms,
        event.deadline_ms,
        event.cut_off_ms,
        announced_ms=announced_ms,
    )
    clock = Clock(state.version, event.opens_at_ms, event.deadline_ms, playing.grace_ms, event.cut_off_ms is not None)
    scope = state.scope(playing, event.question)
    return _step(
        state,
        Phase.OPEN,
        clock=clock,
        question=_index(state, event.question),
        boxes=_with(state.boxes, {(box.question, box.opening): box}),
        openings=_with(state.openings, {event.question: event.opening}),
        # whoever was gone over before is asked again after this opening
        collection_ended=state.collection_ended - {scope},
        waiting=frozenset(each for each in state.waiting if each[1] != scope),
    )


def _boxes(state: BattleState, boxes: Iterable[Box], **changes: Any) -> BattleState:
    return replace(state, boxes=_with(state.boxes, {(box.question, box.opening): replace(box, **changes) for box in boxes}))


def _last_call(state: BattleState, event: did.LastCallStarted) -> BattleState:
    playing = state.pack.rounds[state.round]
    clock = Clock(state.version, state.at_ms, event.deadline_ms, playing.grace_ms, closes=True)
    cut = _boxes(state, state.open_boxes, cut_off_ms=event.cut_off_ms, deadline_ms=event.deadline_ms)
    return _step(cut, Phase.LAST_CALL, clock=clock)


def _last_call_withdrawn(state: BattleState, event: did.LastCallWithdrawn) -> BattleState:
    return _step(_boxes(state, state.open_boxes, cut_off_ms=None), Phase.OPEN, clock=None)


def _closed(state: BattleState, event: did.QuestionClosed) -> BattleState:
    box = state.boxes[event.question, event.opening]
    return _step(
        _boxes(state, [box], closed=True, early=event.early, cut_off_ms=event.cut_off_ms),
        Phase.CLOSED,
        clock=None,
        ran_out=state.clock,
    )


def _round_closed(state: BattleState, event: did.RoundClosed) -> BattleState:
    cut = _boxes(state, state.open_boxes, closed=True, early=event.early, cut_off_ms=event.cut_off_ms)
    return _step(cut, Phase.ROUND_CLOSED, clock=None, ran_out=state.clock)


def _recorded(state: BattleState, event: did.AnswersRecorded) -> BattleState:
    box = state.boxes[event.question, event.opening]
    return _boxes(state, [box], answers=with_rows(box.answers, event.rows))


def _box_sealed(state: BattleState, event: did.BoxSealed) -> BattleState:
    """Sealed is a question when each of its openings is."""
    sealed = _boxes(state, [state.boxes[event.question, event.opening]], sealed=True, digest=event.digest)
    done = all(box.sealed for box in sealed.boxes_of(event.question))
    return _come_to(sealed, Phase.SEALED) if done and state.phase is Phase.CLOSED else sealed


def _collected(state: BattleState, event: did.VenueCollected) -> BattleState:
    here = {(event.venue, event.scope)}
    waiting = state.waiting | (here - state.accepted) if event.late else state.waiting - here
    return replace(state, collected=state.collected | here, waiting=waiting)


def _collection_ended(state: BattleState, event: did.CollectionEnded) -> BattleState:
    waiting = state.waiting | {(venue, event.scope) for venue in event.over}
    ended = replace(state, collection_ended=state.collection_ended | {event.scope}, waiting=waiting)
    return _come_to(ended, Phase.COLLECTED) if state.phase is Phase.ROUND_CLOSED else ended


def _revealed(state: BattleState, event: did.SolutionRevealed) -> BattleState:
    return _step(state, Phase.REVEALED, question=_index(state, event.question), revealed=state.revealed | {event.question})


def _round_ended(state: BattleState, event: did.RoundEnded) -> BattleState:
    if event.again:
        return _step(state, Phase.ROUND_END)
    places = {row.team: row.place for row in standing(state)}
    ended = (*state.ended, event.round)
    return _step(state, Phase.ROUND_END, ended=ended, places=places, places_before=state.places, restored={})


def _went_back(state: BattleState, event: did.WentBack) -> BattleState:
    return _step(state, Phase(event.phase), round=event.round, question=event.question, clock=None, shows_at_ms=0)


# --- the clock and the stage ---------------------------------------------------------------------------------------------


def _moved(state: BattleState, by_ms: int) -> BattleState:
    """Every running clock and every open box moves by the same time."""
    clock = state.clock and replace(state.clock, id=state.version, deadline_ms=state.clock.deadline_ms + by_ms)
    boxes = {(box.question, box.opening): _later(box, by_ms) for box in state.open_boxes}
    return replace(state, clock=clock, boxes=_with(state.boxes, boxes))


def _later(box: Box, by_ms: int) -> Box:
    cut_off_ms = None if box.cut_off_ms is None else box.cut_off_ms + by_ms
    return replace(box, deadline_ms=box.deadline_ms + by_ms, cut_off_ms=cut_off_ms)


def _paused(state: BattleState, event: did.Paused) -> BattleState:
    return replace(_boxes(state, state.open_boxes, paused=True), paused_at_ms=state.at_ms)


def _resumed(state: BattleState, event: did.Resumed) -> BattleState:
    began_ms, moved = state.at_ms - event.by_ms, _moved(state, event.by_ms)
    boxes = {(box.question, box.opening): _goes_on(box, began_ms, event.by_ms) for box in moved.open_boxes}
    clock = moved.clock
    if clock and clock.opens_at_ms > began_ms:
        clock = replace(clock, opens_at_ms=clock.opens_at_ms + event.by_ms)
    shows_at_ms = state.shows_at_ms + event.by_ms if state.shows_at_ms > began_ms else state.shows_at_ms
    return replace(moved, clock=clock, boxes=_with(moved.boxes, boxes), paused_at_ms=None, shows_at_ms=shows_at_ms)


def _goes_on(box: Box, began_ms: int, by_ms: int) -> Box:
    """What had not begun when it was paused begins later by as much; what had begun keeps the pause apart."""
    if box.opens_at_ms > began_ms:
        return replace(box, paused=False, opens_at_ms=box.opens_at_ms + by_ms)
    return replace(box, paused=False, pauses=(*box.pauses, (began_ms, by_ms)))


def _time_given(state: BattleState, event: did.TimeGiven) -> BattleState:
    box = state.boxes[event.question, event.opening]
    return _boxes(state, [box], given=_with(box.given, event.given))


def _marks_accepted(state: BattleState, event: did.MarksAccepted) -> BattleState:
    here = {(event.venue, event.scope)}
    return replace(state, accepted=state.accepted | here, waiting=state.waiting - here)


def _frozen(state: BattleState, event: did.StandingFrozen) -> BattleState:
    return replace(state, frozen={which: standing(state, which) for which in STANDINGS} if event.frozen else None)


# --- marks and corrections -----------------------------------------------------------------------------------------------


def _marks_entered(state: BattleState, event: did.MarksEntered) -> BattleState:
    """An operation that came in time once is in time, however often and late it comes again."""
    cells, late = dict(state.cells), dict(state.late)
    for operation in event.operations:
        key, name = operation.cell, operation.name
        cells[key] = merged(cells.get(key, {}), [operation])
        if name not in event.late:
            late.pop(name, None)
        elif name not in state.entered:
            late[name] = key
    entered = _with({operation.name: state.at_ms for operation in event.operations}, state.entered)
    return _judged(replace(state, cells=cells, entered=entered, late=late if late or state.late else state.late))


def _judged(state: BattleState) -> BattleState:
    """Which late operations do not count is a function of the two sets alone: late operations, and verdicts."""
    out = kept_out(state.verdicts, state.late)
    return state if out == state.kept_out else replace(state, kept_out=out)


def _late_judged(state: BattleState, event: did.LateJudged) -> BattleState:
    verdict = event.verdict
    entered = _with({verdict.name: state.at_ms}, state.entered)
    return _judged(replace(state, verdicts=merged(state.verdicts, [verdict]), entered=entered))


def _scorekeeper(state: BattleState, event: did.ScorekeeperNamed) -> BattleState:
    known = state.scorekeepers
    people = {each.person: each for each in known.values() if each.venue == event.venue}
    number = people[event.person].number if event.person in people else len(people) + 1
    sits = Scorekeeper(event.scorekeeper, event.venue, event.name, event.person, number)
    return replace(state, scorekeepers=_with(known, {sits.id: sits}))


def _voided(state: BattleState, event: did.QuestionVoided) -> BattleState:
    voided = {each: why for each, why in state.voided.items() if each != event.question}
    return replace(state, voided=_with(voided, {event.question: event.reason}) if event.voided else voided)


def _ruled(state: BattleState, event: did.AnswerRuled) -> BattleState:
    rulings = {said: verdict for said, verdict in state.rulings.get(event.question, {}).items() if said != event.said}
    if event.accepted is not None:
        rulings[event.said] = event.accepted
    return replace(state, rulings=_with(state.rulings, {event.question: rulings}))


def _missed_admitted(state: BattleState, event: did.MissedAdmitted) -> BattleState:
    box = state.boxes[event.question, event.opening]
    return _boxes(state, [box], answers=with_rows(box.answers, [event.row]))


def _ticked(state: BattleState, event: did.AnswerTicked) -> BattleState:
    ticked = state.ticked.get(event.question, frozenset())
    now = ticked | {event.said} if event.shown else ticked - {event.said}
    return replace(state, ticked=_with(state.ticked, {event.question: now}))


def _adjusted(state: BattleState, event: did.PointsAdjusted) -> BattleState:
    return replace(state, adjustments=(*state.adjustments, (event.team, event.points, event.reason)))


_EVOLVE: Mapping[type[did.Event], Callable[[BattleState, Any], BattleState]] = {
    did.TeamsJoined: _joined,
    did.SeatsTaken: _seated,
    did.TokensOffered: _token_offered,
    did.TokensUsed: _token_used,
    did.VenueAdded: _venue,
    did.VenueRenamed: _venue,
    did.VenueDescribed: _described,
    did.RegistrationOpened: lambda state, event: replace(state, registration_open=event.opened),
    did.PeopleCounted: lambda state, event: _team(state, event.team, people=event.people),
    did.TeamsMerged: _merged,
    did.TeamRenamed: _renamed,
    did.TeamMuted: lambda state, event: _team(state, event.team, muted=event.muted),
    did.TeamsApproved: _approved,
    did.TeamMoved: _moved_to,
    did.SourceChanged: _source_changed,
    did.SparesReserved: _spares_reserved,
    did.SpareAssigned: lambda state, event: _spare_taken(state, event.team, event.spare),
    did.LobbyLocked: lambda state, event: replace(state, lobby_locked=event.locked),
    did.StaffAdmitted: _admitted,
    did.StaffRevoked: _revoked,
    did.RoundStarted: _round_started,
    did.QuestionShown: _shown,
    did.AnswersOpened: _opened,
    did.LastCallStarted: _last_call,
    did.LastCallWithdrawn: _last_call_withdrawn,
    did.QuestionClosed: _closed,
    did.RoundClosed: _round_closed,
    did.AnswersRecorded: _recorded,
    did.BoxSealed: _box_sealed,
    did.VenueCollected: _collected,
    did.CollectionEnded: _collection_ended,
    did.SolutionRevealed: _revealed,
    did.RoundEnded: _round_ended,
    did.WentBack: _went_back,
    did.PodiumShown: lambda state, event: _step(state, Phase.FINAL, final_shown=True),
    did.BattleFinished: lambda state, event: _step(state, Phase.FINISHED),
    did.Paused: _paused,
    did.Resumed: _resumed,
    did.ClockExtended: lambda state, event: _moved(state, event.by_ms),
    did.TimeGiven: _time_given,
    did.StandingShown: lambda state, event: replace(state, stage=Stage.STANDING, standing_which=event.which),
    did.PlayShown: lambda state, event: replace(state, stage=Stage.PLAY),
    did.StandingFrozen: _frozen,
    did.BreakStarted: lambda state, event: replace(state, stage=Stage.BREAK, break_until_ms=event.until_ms),
    did.MarksEntered: _marks_entered,
    did.MarksAccepted: _marks_accepted,
    did.LateJudged: _late_judged,
    did.ScorekeeperNamed: _scorekeeper,
    did.QuestionVoided: _voided,
    did.AnswerRuled: _ruled,
    did.AnswerTicked: _ticked,
    did.MissedAdmitted: _missed_admitted,
    did.PointsAdjusted: _adjusted,
    did.Restored: lambda state, event: replace(state, epoch=event.epoch, restored=event.lost),
}

"""The steps from a round's beginning to its boxes' seals."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.answers import canonical, digest_of_rows, parts
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Question, Round
from quizserver.battle.refusals import not_now
from quizserver.battle.state import BattleState, reveals_at_end, uses_slips


def playing_round(state: BattleState) -> Round:
    """The round being played; only asked in phases that have one."""
    return state.pack.rounds[state.round]


@rule(ask.StartRound)
def _start_round(state: BattleState, command: ask.StartRound, now_ms: int) -> Outcome:
    if state.round + 1 >= len(state.pack.rounds):
        return not_now("no_more_rounds")
    coming = state.pack.rounds[state.round + 1]
    if state.paper_without_slips(coming):
        return not_now("paper_needs_slips")
    return (did.RoundStarted(by=command.by, round=coming.id),)


@rule(ask.ShowQuestion)
def _show_question(state: BattleState, command: ask.ShowQuestion, now_ms: int) -> Outcome:
    playing, at = playing_round(state), 0 if state.question is None else state.question + 1
    if state.paused_at_ms is not None:
        return not_now("paused")
    if state.phase in (Phase.OPEN, Phase.REVEALED) and reveals_at_end(playing) is (state.phase is Phase.REVEALED):
        return not_now("not_in_this_phase", state.phase.value)
    if at >= len(playing.questions):
        return not_now("no_more_questions")
    question = playing.questions[at]
    if question.id in state.revealed:
        return (did.SolutionRevealed(by=command.by, question=question.id, again=True),)
    if state.openings.get(question.id):
        return (did.QuestionShown(by=command.by, question=question.id, again=True),)
    ahead_ms = state.settings.ahead_ms
    seen_ms = now_ms + ahead_ms
    shown = did.QuestionShown(by=command.by, question=question.id, shows_at_ms=seen_ms if ahead_ms else 0)
    if playing.reading_ms is None:
        return (shown,)
    return shown, opening_of(state, playing, question, seen_ms + state.settings.paced_ms(playing.reading_ms), command.by)


@rule(ask.OpenAnswers)
def _open_answers(state: BattleState, command: ask.OpenAnswers, now_ms: int) -> Outcome:
    """Never before everybody sees it, however quick the host's hand is."""
    playing = playing_round(state)
    opens_at_ms = max(now_ms, state.shows_at_ms)
    return (opening_of(state, playing, playing.questions[state.question or 0], opens_at_ms, command.by),)


def opening_of(state: BattleState, playing: Round, question: Question, opens_at_ms: int, by: str) -> did.AnswersOpened:
    """The next opening of a question: its own cut-off where it closes by itself, none where the round's end closes it."""
    deadline = opens_at_ms + state.settings.open_ms(question.seconds * 1000)
    return did.AnswersOpened(
        by=by,
        question=question.id,
        opening=state.openings.get(question.id, 0) + 1,
        opens_at_ms=opens_at_ms,
        deadline_ms=deadline,
        cut_off_ms=None if reveals_at_end(playing) else deadline + playing.grace_ms,
        counts=playing.counts,
    )


@rule(ask.CallLast)
def _call_last(state: BattleState, command: ask.CallLast, now_ms: int) -> Outcome:
    playing = playing_round(state)
    if state.paused_at_ms is not None:
        return not_now("paused")
    if not reveals_at_end(playing):
        return not_now("not_in_this_phase", state.phase.value)
    if any(question.id not in state.openings for question in playing.questions):
        return not_now("questions_left")
    return (last_call_of(state, playing, now_ms, command.by),)


def last_call_of(state: BattleState, playing: Round, now_ms: int, by: str) -> did.LastCallStarted:
    """The shared clock of a round that is revealed at its end; never before its last question's reading time is over."""
    begins = max([now_ms, *(box.opens_at_ms for box in state.round_boxes(playing))])
    deadline = begins + state.settings.open_ms(playing.last_call_seconds * 1000)
    return did.LastCallStarted(by=by, round=playing.id, deadline_ms=deadline, cut_off_ms=deadline + playing.grace_ms)


@rule(ask.CloseAnswers)
def _close_answers(state: BattleState, command: ask.CloseAnswers, now_ms: int) -> Outcome:
    if state.phase is Phase.OPEN and reveals_at_end(playing_round(state)):
        return not_now("not_in_this_phase", state.phase.value)
    if state.paused_at_ms is not None:
        return not_now("paused")
    cut_off_ms = min([now_ms, *(box.cut_off_ms for box in state.open_boxes if box.cut_off_ms is not None)])
    early = any(now_ms < box.deadline_ms for box in state.open_boxes)
    return _close(state, max(cut_off_ms, command.greatest_stamp_ms), early, command.by)


@rule(ask.TimeUp)
def _time_up(state: BattleState, command: ask.TimeUp, now_ms: int) -> Outcome:
    clock = state.clock
    if clock is None or clock.id != command.clock or not clock.closes:
        return ()
    if state.paused_at_ms is not None or now_ms < clock.cut_off_ms:
        return not_now("not_yet")
    return _close(state, max(clock.cut_off_ms, command.greatest_stamp_ms), False, command.by)


def _close(state: BattleState, cut_off_ms: int, early: bool, by: str) -> Outcome:
    """A cut-off never moves later than the one people saw, unless an answer behind it was already acknowledged."""
    playing = playing_round(state)
    closed: did.Event
    if state.phase is Phase.LAST_CALL:
        closed = did.RoundClosed(by=by, round=playing.id, cut_off_ms=cut_off_ms, early=early)
        return (closed, *collection_after(state, playing.id))
    question = playing.questions[state.question or 0].id
    closed = did.QuestionClosed(by=by, question=question, opening=state.openings[question], cut_off_ms=cut_off_ms, early=early)
    return (closed, *collection_after(state, question)) if uses_slips(playing) else (closed,)


def collection_after(state: BattleState, scope: str) -> tuple[did.Event, ...]:
    """With nobody on paper there is nothing to collect."""
    return () if state.missing_venues(scope) else (did.CollectionEnded(scope=scope),)


@rule(ask.SealBox)
def _seal_box(state: BattleState, command: ask.SealBox, now_ms: int) -> Outcome:
    box = state.boxes.get((command.question, command.opening))
    if box is None or not box.closed:
        return not_now("not_closed")
    if box.sealed:
        return ()
    rows, where = canonical(command.rows), {"question": command.question, "opening": command.opening}
    recorded = [did.AnswersRecorded(by=command.by, rows=part, **where) for part in parts(rows)]  # type: ignore[arg-type]
    return *recorded, did.BoxSealed(by=command.by, count=len(rows), digest=digest_of_rows(rows), **where)  # type: ignore[arg-type]


@rule(ask.GoBack)
def _go_back(state: BattleState, command: ask.GoBack, now_ms: int) -> Outcome:
    playing, at = playing_round(state), state.question
    if state.paused_at_ms is not None:
        return not_now("paused")
    match state.phase:
        case Phase.LAST_CALL:
            return (did.LastCallWithdrawn(by=command.by, round=playing.id),)
        case Phase.OPEN if at and reveals_at_end(playing):
            return (did.QuestionShown(by=command.by, question=playing.questions[at - 1].id, again=True),)
    target = _before(state, playing)
    if target is None:
        return not_now("nothing_before")
    phase, round_at, question = target
    return (did.WentBack(by=command.by, phase=phase.value, round=round_at, question=question),)


def _before(state: BattleState, playing: Round) -> tuple[Phase, int, int | None] | None:
    """The phase that stood on the stage before this one, where going there changes nothing that counts."""
    at, end = state.question, len(playing.questions) - 1
    match state.phase:
        case Phase.ROUND_INTRO:
            before = state.round - 1
            return (
                (Phase.ROUND_END, before, len(state.pack.rounds[before].questions) - 1) if before >= 0 else (Phase.LOBBY, -1, None)
            )
        case Phase.SHOWN:
            if not at:
                return Phase.ROUND_INTRO, state.round, None
            return (Phase.OPEN if reveals_at_end(playing) else Phase.REVEALED), state.round, at - 1
        case Phase.REVEALED if at:
            return Phase.REVEALED, state.round, at - 1
        case Phase.ROUND_END:
            return Phase.REVEALED, state.round, end
        case Phase.FINAL:
            return Phase.ROUND_END, state.round, end
    return None


@rule(ask.Reopen)
def _reopen(state: BattleState, command: ask.Reopen, now_ms: int) -> Outcome:
    """A new opening beside the old one, whose answers stay; impossible once any desk holds the key."""
    playing = playing_round(state)
    question = playing.questions[state.question or 0]
    if any(scope == state.scope(playing, question.id) for _, scope in state.collected):
        return not_now("key_is_out")
    if not reveals_at_end(playing):
        return (opening_of(state, playing, question, now_ms, command.by),)
    opened = tuple(opening_of(state, playing, each, now_ms, command.by) for each in playing.questions)
    return *opened, last_call_of(state, playing, now_ms, command.by)

"""The steps from a round's beginning to its boxes' seals."""

from quizserver.battle import events as did
from quizserver.battle.answers import with_rows
from quizserver.battle.evolve.changes import come_to, index_of, step, with_boxes, with_news
from quizserver.battle.evolve.effect import effect
from quizserver.battle.phases import Phase
from quizserver.battle.state import BattleState, Box, Clock


@effect(did.RoundStarted)
def _round_started(state: BattleState, event: did.RoundStarted) -> BattleState:
    at = next(at for at, playing in enumerate(state.pack.rounds) if playing.id == event.round)
    return step(state, Phase.ROUND_INTRO, round=at, question=None, clock=None)


@effect(did.QuestionShown)
def _shown(state: BattleState, event: did.QuestionShown) -> BattleState:
    phase = Phase.OPEN if event.again else Phase.SHOWN
    return step(state, phase, question=index_of(state, event.question), clock=None, shows_at_ms=event.shows_at_ms)


@effect(did.AnswersOpened)
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
    return step(
        state,
        Phase.OPEN,
        clock=clock,
        question=index_of(state, event.question),
        boxes=with_news(state.boxes, {(box.question, box.opening): box}),
        openings=with_news(state.openings, {event.question: event.opening}),
        # whoever was gone over before is asked again after this opening
        collection_ended=state.collection_ended - {scope},
        waiting=frozenset(each for each in state.waiting if each[1] != scope),
    )


@effect(did.LastCallStarted)
def _last_call(state: BattleState, event: did.LastCallStarted) -> BattleState:
    playing = state.pack.rounds[state.round]
    clock = Clock(state.version, state.at_ms, event.deadline_ms, playing.grace_ms, closes=True)
    cut = with_boxes(state, state.open_boxes, cut_off_ms=event.cut_off_ms, deadline_ms=event.deadline_ms)
    return step(cut, Phase.LAST_CALL, clock=clock)


@effect(did.LastCallWithdrawn)
def _last_call_withdrawn(state: BattleState, event: did.LastCallWithdrawn) -> BattleState:
    return step(with_boxes(state, state.open_boxes, cut_off_ms=None), Phase.OPEN, clock=None)


@effect(did.QuestionClosed)
def _closed(state: BattleState, event: did.QuestionClosed) -> BattleState:
    box = state.boxes[event.question, event.opening]
    return step(
        with_boxes(state, [box], closed=True, early=event.early, cut_off_ms=event.cut_off_ms),
        Phase.CLOSED,
        clock=None,
        ran_out=state.clock,
    )


@effect(did.RoundClosed)
def _round_closed(state: BattleState, event: did.RoundClosed) -> BattleState:
    cut = with_boxes(state, state.open_boxes, closed=True, early=event.early, cut_off_ms=event.cut_off_ms)
    return step(cut, Phase.ROUND_CLOSED, clock=None, ran_out=state.clock)


@effect(did.AnswersRecorded)
def _recorded(state: BattleState, event: did.AnswersRecorded) -> BattleState:
    box = state.boxes[event.question, event.opening]
    return with_boxes(state, [box], answers=with_rows(box.answers, event.rows))


@effect(did.BoxSealed)
def _box_sealed(state: BattleState, event: did.BoxSealed) -> BattleState:
    """Sealed is a question when each of its openings is."""
    sealed = with_boxes(state, [state.boxes[event.question, event.opening]], sealed=True, digest=event.digest)
    done = all(box.sealed for box in sealed.boxes_of(event.question))
    return come_to(sealed, Phase.SEALED) if done and state.phase is Phase.CLOSED else sealed


@effect(did.WentBack)
def _went_back(state: BattleState, event: did.WentBack) -> BattleState:
    return step(state, Phase(event.phase), round=event.round, question=event.question, clock=None, shows_at_ms=0)

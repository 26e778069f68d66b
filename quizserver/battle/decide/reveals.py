"""Collecting, revealing, and the ends of round and battle."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.flow import playing_round
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.ids import QuestionId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Round
from quizserver.battle.refusals import not_now, wrong
from quizserver.battle.standings import digest, standing
from quizserver.battle.state import BattleState, collects, reveals_at_end


@rule(ask.ConfirmCollected)
def _confirm(state: BattleState, command: ask.ConfirmCollected, now_ms: int) -> Outcome:
    if command.venue not in state.venues or command.scope not in state.plan.scopes:
        return wrong("unknown_venue")
    if (command.venue, command.scope) in state.collected:
        return ()
    if not scope_is_closed(state, command.scope):
        return not_now("not_closed")
    late = state.is_revealed(command.scope)
    confirmed = did.VenueCollected(by=command.by, venue=command.venue, scope=command.scope, late=late)
    if late or command.scope in state.collection_ended or state.missing_venues(command.scope) - {command.venue}:
        return (confirmed,)
    return confirmed, did.CollectionEnded(by=command.by, scope=command.scope)


def scope_is_closed(state: BattleState, scope: str) -> bool:
    """True when no team can write any more: every question of it was opened, and every opening is closed."""
    row = state.plan.questions
    boxes = [state.box(row[position][1].id) for position in state.plan.scopes[scope]]
    return all(box is not None and box.closed for box in boxes)


@rule(ask.GoOnUncollected)
def _go_on(state: BattleState, command: ask.GoOnUncollected, now_ms: int) -> Outcome:
    playing = playing_round(state)
    if not collects(playing):
        return not_now("nothing_to_collect")
    scope = state.scope(playing, playing.questions[state.question or 0].id)
    if scope in state.collection_ended:
        return ()
    return (did.CollectionEnded(by=command.by, scope=scope, over=tuple(sorted(state.missing_venues(scope)))),)


@rule(ask.Reveal)
def _reveal(state: BattleState, command: ask.Reveal, now_ms: int) -> Outcome:
    playing = playing_round(state)
    at = state.question or 0
    if reveals_at_end(playing):
        at = at + 1 if state.phase is Phase.REVEALED else 0
    elif state.phase is Phase.REVEALED:
        return not_now("not_in_this_phase", state.phase.value)
    if at >= len(playing.questions):
        return not_now("no_more_questions")
    question = playing.questions[at].id
    if (unready := _not_ready(state, playing, question)) is not None:
        return not_now(unready)
    return (did.SolutionRevealed(by=command.by, question=question, again=question in state.revealed),)


def _not_ready(state: BattleState, playing: Round, question: QuestionId) -> str | None:
    """Nothing is revealed before every box it could help is sealed, and no paper team can write."""
    if any(not box.sealed for box in state.round_boxes(playing)):
        return "not_sealed"
    return "not_collected" if collects(playing) and state.scope(playing, question) not in state.collection_ended else None


@rule(ask.EndRound)
def _end_round(state: BattleState, command: ask.EndRound, now_ms: int) -> Outcome:
    playing = playing_round(state)
    if any(question.id not in state.revealed for question in playing.questions):
        return not_now("questions_left")
    return (did.RoundEnded(by=command.by, round=playing.id, standing=digest(standing(state)), again=playing.id in state.ended),)


@rule(ask.ShowPodium)
def _show_podium(state: BattleState, command: ask.ShowPodium, now_ms: int) -> Outcome:
    return (did.PodiumShown(by=command.by),)


@rule(ask.Finish)
def _finish(state: BattleState, command: ask.Finish, now_ms: int) -> Outcome:
    return (did.BattleFinished(by=command.by, standing=digest(standing(state))),)

"""The one step the host's key would do now, and what it waits for. The console shows it in words; Space does it."""

from dataclasses import dataclass

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Round
from quizserver.battle.state import BattleState, Stage, collects, reveals_at_end


@dataclass(frozen=True, slots=True)
class Primary:
    """`command`: a command's class name, or "" with `waits` saying for what. The page's words are `primary.<command>`."""

    command: str
    waits: str = ""


_SIMPLE: dict[Phase, type[ask.Command]] = {
    Phase.ROUND_INTRO: ask.ShowQuestion,
    Phase.SHOWN: ask.OpenAnswers,
    Phase.LAST_CALL: ask.CloseAnswers,
    Phase.FINAL: ask.Finish,
}


def primary(state: BattleState) -> Primary:
    """The evening's next step from here."""
    if state.paused_at_ms is not None:
        return Primary(ask.Resume.__name__)
    if state.stage is Stage.BREAK or (state.stage is Stage.STANDING and state.phase is not Phase.ROUND_END):
        return Primary(ask.ShowPlay.__name__)
    match state.phase:
        case Phase.LOBBY:
            return _next_round(state)
        case Phase.FINISHED:
            return Primary("", "finished")
        case Phase.ROUND_END:
            # the standing comes first, then the next round or the podium
            return Primary(ask.ShowStanding.__name__) if state.stage is not Stage.STANDING else _next_round(state)
    return Primary(_SIMPLE[state.phase].__name__) if state.phase in _SIMPLE else _in_round(state)


def _next_round(state: BattleState) -> Primary:
    if state.round + 1 >= len(state.pack.rounds):
        return Primary(ask.ShowPodium.__name__)
    if state.paper_without_slips(state.pack.rounds[state.round + 1]):
        return Primary("", "paper_needs_slips")
    return Primary(ask.StartRound.__name__)


def _in_round(state: BattleState) -> Primary:
    playing = state.pack.rounds[state.round]
    last = state.question == len(playing.questions) - 1
    match state.phase:
        case Phase.OPEN if reveals_at_end(playing):
            return Primary((ask.CallLast if last else ask.ShowQuestion).__name__)
        case Phase.OPEN:
            return Primary(ask.CloseAnswers.__name__)
        case Phase.CLOSED:
            return Primary("", "sealing")
        case Phase.REVEALED if last:
            return Primary(ask.EndRound.__name__)
        case Phase.REVEALED:
            return Primary((ask.Reveal if reveals_at_end(playing) else ask.ShowQuestion).__name__)
    return _before_reveal(state, playing)


def _before_reveal(state: BattleState, playing: Round) -> Primary:
    shown = playing.questions[state.question or 0].id
    scope = state.scope(playing, shown)
    if collects(playing) and scope not in state.collection_ended:
        return Primary("", "collecting") if state.missing_venues(scope) else Primary(ask.GoOnUncollected.__name__)
    sealed = all(box.sealed for box in state.round_boxes(playing))
    return Primary(ask.Reveal.__name__) if sealed else Primary("", "sealing")

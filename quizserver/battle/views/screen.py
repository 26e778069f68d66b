"""What a projector shows: the room of screens. Names only as few as fit, wrong texts only after the host's tick."""

from quizserver.battle.champion import champion_is_certain
from quizserver.battle.marking import sheet_is_in
from quizserver.battle.phases import Phase
from quizserver.battle.settings import Source
from quizserver.battle.state import BattleState
from quizserver.battle.views.parts import (
    amended_part,
    battle_part,
    clock_part,
    distribution_part,
    question_part,
    round_part,
    shows_part,
    solution_part,
    stage_part,
)
from quizserver.battle.views.patch import View

ENDS = (Phase.ROUND_END, Phase.FINAL, Phase.FINISHED)
LATEST_NAMES = 8  # that drift in on the lobby's screen


def screen_view(state: BattleState, head: str = "") -> View:
    """The room of screens. `head`: the ledger's head hash, of which a round's end shows the first 8 letters."""
    view: View = {
        "battle": battle_part(state),
        "phase": state.phase.value,
        "stage": stage_part(state),
        "counts": counts_part(state),
    }
    view |= amended_part(state)
    if playing := round_part(state):
        view["round"] = playing
    if state.paused_at_ms is not None:
        view["paused"] = True
    elif clock := clock_part(state.clock):
        view["clock"] = clock
    if state.phase is Phase.LOBBY:
        view["latest"] = latest_names(state)
    if state.phase in ENDS:
        view["head"] = head[:8]
    if state.current_question and state.paused_at_ms is None and state.phase not in ENDS:
        view["question"] = question_part(state, state.current_question)
        view |= shows_part(state)
        if state.current_question.id in state.revealed and state.phase is Phase.REVEALED:
            fell = distribution_part(state, state.current_question)
            view["solution"] = {**solution_part(state, state.current_question), "fell": fell}
    if state.frozen is None:
        return view | champion_part(state)
    return {**view, "frozen": True}  # what came after that moment is told to nobody


def champion_part(state: BattleState) -> View:
    """Whether it is certain who has won, once that is asked: when a round has ended."""
    return {"champion": "certain" if champion_is_certain(state) else "open"} if state.phase in ENDS else {}


def figures(state: BattleState) -> View:
    """As the evening's news states them: teams in all, on paper in venues, online; people, as far as teams have said."""
    teams = state.teams.values()
    paper = sum(1 for team in teams if team.plays is Source.PAPER)
    people = sum(team.people for team in teams)
    return {"teams": len(teams), "paper": paper, "online": len(teams) - paper, "people": people}


def counts_part(state: BattleState) -> View:
    """The evening in figures; venues; devices; sheets of the current round that are in."""
    counts: View = {**figures(state), "venues": len(state.venues), "seats": len(state.seats)}
    if playing := state.current_round:
        positions = [state.plan.positions[question.id] for question in playing.questions]
        read = [sheet_is_in(state, team.id, playing) for team in state.paper_teams(*positions)]
        counts["sheets"] = {"in": sum(read), "of": len(read)}
    return counts


def latest_names(state: BattleState) -> list[str]:
    """The last few teams that joined and may be shown, newest last."""
    names: list[str] = []
    for team in reversed(list(state.teams.values())):
        if team.name_is_shown:
            names.append(team.name.text)
        if len(names) == LATEST_NAMES:
            break
    return names[::-1]

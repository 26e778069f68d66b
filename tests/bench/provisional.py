"""What a provisional standing of very many teams costs: `python -m tests.bench.provisional [teams]`.

Six rounds of nine questions, five of them revealed; a quarter of the teams is on paper, and of the fifth round none of their sheets
is in. Milliseconds of processor time, the least of several; each time one mark has just come in.
"""

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TypeVar

from quizserver.battle.champion import champion_is_certain
from quizserver.battle.events import Name
from quizserver.battle.ids import BattleId, QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.possible import possible_places
from quizserver.battle.questions import Counts, Pack, Question, Round, Solution
from quizserver.battle.scoring import scores
from quizserver.battle.settings import BattleSettings, Source
from quizserver.battle.standings import standing
from quizserver.battle.state import BattleState, Box, Mark, Marked, Plan, Team

ROUNDS, QUESTIONS = 6, 9
TIMES = 5
R = TypeVar("R")
RIGHT, WRONG, PENDING = Marked(Mark.RIGHT, 100), Marked(Mark.WRONG), Marked(Mark.PENDING)


def state_of(teams: int) -> BattleState:
    """The battle after its fifth round."""
    lots, everybody = Random(1), {each.id: each for each in map(_team, range(teams))}
    rounds = tuple(_round(number) for number in range(ROUNDS))
    revealed = [question.id for playing in rounds[:-1] for question in playing.questions]
    waiting = {question.id for question in rounds[-2].questions}

    def mark(team: Team, question: QuestionId) -> Marked:
        return PENDING if question in waiting and team.plays is Source.PAPER else lots.choice((RIGHT, WRONG))

    solutions = {each: Solution(each, {"right": ("a",)}) for each in revealed}
    pack = Pack("many", {}, ("en",), rounds, solutions)
    return BattleState(
        BattleId("many"),
        "123456",
        pack,
        BattleSettings(),
        round=ROUNDS - 2,
        teams=everybody,
        plan=Plan.of(pack),
        revealed=frozenset(revealed),
        openings=dict.fromkeys(revealed, 1),
        boxes={(each, 1): Box(each, 1, Counts.LAST, 0, 1, 1, closed=True, sealed=True) for each in revealed},
        marks={each: {team.id: mark(team, each) for team in everybody.values()} for each in revealed},
    )


def _team(number: int) -> Team:
    plays = Source.ONLINE if number % 4 else Source.PAPER
    return Team(TeamId(f"t{number}"), Name(f"Team {number}", ""), plays, None if number % 4 else VenueId("hall"))


def _round(number: int) -> Round:
    questions = tuple(Question(QuestionId(f"{number}-{at}"), "one", {}, 30) for at in range(QUESTIONS))
    return Round(RoundId(f"r{number}"), {}, questions)


def main(teams: int) -> None:
    state = state_of(teams)
    paper = next(each.id for each in state.teams.values() if each.plays is Source.PAPER)
    asked = state.pack.rounds[-2].questions[0].id
    took: dict[str, list[float]] = {}
    standing(state)
    for at in range(TIMES):
        marks = {**state.marks[asked], paper: (RIGHT, WRONG)[at % 2]}
        state = replace(state, marks={**state.marks, asked: marks})
        table = _timed(took, "the scores", lambda state=state: scores(state))  # type: ignore[misc]
        _timed(took, "possible places, beside the scores", lambda state=state, table=table: possible_places(state, table))  # type: ignore[misc]
        _timed(took, "the whole standing with them", lambda state=state: standing(state))  # type: ignore[misc]
        _timed(took, "whether the champion is certain", lambda state=state: champion_is_certain(state))  # type: ignore[misc]
    for name, times in took.items():
        print(f"{teams} teams, {name}: {min(times):.0f} ms")


def _timed(took: dict[str, list[float]], name: str, step: Callable[[], R]) -> R:
    gc.collect()
    began = time.process_time()
    result = step()
    took.setdefault(name, []).append(1000 * (time.process_time() - began))
    return result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

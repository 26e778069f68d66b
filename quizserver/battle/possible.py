"""The two provisional standings: what the places of this moment may become once everything that is revealed is known, and what they
may be at the end, when all questions to come have brought their least or their most."""

from collections.abc import Mapping

from quizserver.battle.ids import TeamId
from quizserver.battle.ranges import ranges_of
from quizserver.battle.scoring import Score, scores
from quizserver.battle.state import BattleState, Range
from quizserver.battle.unknown import NONE, Slack, Slacks, slack, slack_to_come


def possible_places(state: BattleState, table: Mapping[TeamId, Score]) -> Mapping[TeamId, Range]:
    """What may become of the teams in the standing of these scores, which are the state's; of whom nothing can, is absent."""
    ranges = _ranges(state, table, NONE, slack(state))
    return {team: each for team, each in ranges.items() if each.best < each.worst or each.least < each.most}


def possible_at_the_end(state: BattleState) -> Mapping[TeamId, Range]:
    """The same of the battle's last standing, and of every team; {} where that is this one."""
    everybody, some = slack_to_come(state)
    here = slack(state)
    both = {team: _plus(here.get(team, NONE), some.get(team, NONE)) for team in {*here, *some}}
    return _ranges(state, scores(state), everybody, both)


def _ranges(state: BattleState, table: Mapping[TeamId, Score], everybody: Slack, some: Slacks) -> Mapping[TeamId, Range]:
    if not any(everybody) and not some:
        return {}
    own = {team: _plus(everybody, each) for team, each in some.items()}
    spans = {
        team: (score.points + down, score.points + up) for team, score in table.items() for down, up in (own.get(team, everybody),)
    }
    ranges = ranges_of(spans.values(), state.settings.ties, broken=bool(state.settings.tie_breaks))
    return {team: ranges[span] for team, span in spans.items()}


def _plus(one: Slack, other: Slack) -> Slack:
    return Slack(one.down + other.down, one.up + other.up)

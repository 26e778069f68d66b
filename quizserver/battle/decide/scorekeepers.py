"""Who sits at a venue's desk. A name typed on two devices is one person; who is called otherwise is another."""

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.rule import Outcome, rule
from quizserver.battle.events import Name
from quizserver.battle.names import clean_name, skeleton
from quizserver.battle.refusals import not_now, wrong
from quizserver.battle.state import BattleState

MOST_SCOREKEEPERS = 60  # of one venue, devices counted; more is somebody who draws ids


@rule(ask.NameScorekeeper)
def _name(state: BattleState, command: ask.NameScorekeeper, now_ms: int) -> Outcome:
    if command.venue not in state.venues:
        return wrong("unknown_venue")
    if (known := state.scorekeepers.get(command.scorekeeper)) is not None:
        return () if known.venue == command.venue else wrong("not_your_venue")
    try:
        text = clean_name(command.name.text)
    except ValueError as problem:
        return wrong(str(problem))
    here = [each for each in state.scorekeepers.values() if each.venue == command.venue]
    if len(here) >= MOST_SCOREKEEPERS:
        return not_now("too_many_scorekeepers")
    called_so = (each.person for each in here if each.name.text and skeleton(each.name.text) == skeleton(text))
    sits, name = command.scorekeeper, Name(text, command.name.salt)
    person = next(called_so, sits)
    return (did.ScorekeeperNamed(by=command.by, scorekeeper=sits, venue=command.venue, name=name, person=person),)

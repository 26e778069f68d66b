"""What several commands together make of a state. Pure: no store, no clock of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.commands import CloseAnswers, Command, TimeUp
from quizserver.battle.decide import decide
from quizserver.battle.evolve import evolve
from quizserver.battle.refusals import Refused
from quizserver.battle.state import BattleState
from quizserver.services.entries import Happened

Done = tuple[did.Event, ...] | Refused
"""What became of a command: what it made happen (nothing: it had happened already), or why not."""


def decide_together(state: BattleState | None, commands: Sequence[Command], now_ms: int) -> tuple[list[Done], list[Happened]]:
    """Each command on the state that the ones before it leave behind; and all that happens, joins that follow each other as one.

    All of it happens at one moment, never before the last entry's."""
    at_ms = max(now_ms, state.at_ms if state else 0)
    outcomes: list[Done] = []
    events: list[did.Event] = []
    for command in commands:
        outcome = decide(state, command, at_ms)
        outcomes.append(outcome)
        for event in () if isinstance(outcome, Refused) else outcome:
            state = evolve(state, event, at_ms)
            events.append(event)
    return outcomes, [(event, at_ms) for event in merged(events)]


def merged(events: Iterable[did.Event]) -> list[did.Event]:
    """The same happenings with neighbouring joins (and seats, and tokens) of one origin in one entry."""
    result: list[did.Event] = []
    for event in events:
        last = result[-1] if result else None
        match last, event:
            case did.TeamsJoined(), did.TeamsJoined() if last.by == event.by:
                result[-1] = replace(last, joins=last.joins + event.joins)
            case did.SeatsTaken(), did.SeatsTaken() if last.by == event.by:
                result[-1] = replace(last, seats=last.seats + event.seats)
            case did.TokensOffered(), did.TokensOffered() if last.by == event.by:
                result[-1] = replace(last, offers=last.offers + event.offers)
            case did.TokensUsed(), did.TokensUsed() if last.by == event.by:
                result[-1] = replace(last, token_hashes=last.token_hashes + event.token_hashes)
            case _:
                result.append(event)
    return result


def with_stamp(command: Command, greatest_stamp_ms: int) -> Command:
    """The same command, if it closes answers, with the greatest stamp that was accepted."""
    return replace(command, greatest_stamp_ms=greatest_stamp_ms) if isinstance(command, CloseAnswers | TimeUp) else command

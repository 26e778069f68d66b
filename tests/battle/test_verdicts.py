"""What becomes of a late mark is a function of the sets of operations and verdicts: order, repeats and losses are forgiven."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle import events as did
from quizserver.battle.evolve import evolve
from quizserver.battle.ids import QuestionId, RoundId, ScorekeeperId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.sheets import CellState, Operation, cell, merged
from quizserver.battle.state import BattleState
from quizserver.battle.verdicts import Outcome, Verdict, outcome
from tests.support.battles import HALL, Evening, a_round

NAMES = [f"x:{at}" for at in range(6)]
WORDS = [f"v{at}" for at in range(5)]
some = st.sampled_from


def verdict(name: str, operations: Iterable[str], accepted: bool, over: Iterable[str] = ()) -> Verdict:
    return Verdict(name, tuple(operations), accepted, "why", "host", tuple(over))


VERDICTS = st.lists(
    st.builds(
        verdict,
        name=some(WORDS),
        operations=st.lists(some(NAMES), min_size=1, max_size=3, unique=True),
        accepted=st.booleans(),
        over=st.lists(some(WORDS), max_size=2, unique=True),
    ),
    max_size=6,
)


def known(*verdicts: Verdict) -> Mapping[str, Verdict]:
    return merged({}, verdicts)


@given(VERDICTS, VERDICTS, VERDICTS)
def test_verdicts_merge_commutatively_associatively_and_idempotently(a: list[Verdict], b: list[Verdict], c: list[Verdict]) -> None:
    assert known(*a, *b) == known(*b, *a)
    assert merged(known(*a), known(*b, *c).values()) == merged(known(*a, *b), c)
    assert known(*a, *a) == known(*a)


@given(VERDICTS, st.sampled_from(NAMES), st.booleans())
def test_a_word_over_all_that_were_seen_is_the_outcome(verdicts: list[Verdict], name: str, accepted: bool) -> None:
    last = verdict("last", [name], accepted, over=WORDS)
    expected = Outcome.ACCEPTED if accepted else Outcome.REFUSED
    assert outcome(known(*verdicts, last), name) is expected


@given(VERDICTS, st.sampled_from(NAMES))
def test_a_word_that_the_last_one_did_not_see_and_that_differs_opens_it_again(verdicts: list[Verdict], name: str) -> None:
    last = verdict("last", [name], True, over=WORDS)
    assert outcome(known(*verdicts, last, verdict("unseen", [name], False)), name) is Outcome.WAITS
    assert outcome(known(*verdicts, last, verdict("unseen", [name], True)), name) is Outcome.ACCEPTED


def test_a_word_replaces_another_only_where_both_speak() -> None:
    both = known(verdict("v1", ["x:1", "x:2"], True), verdict("v2", ["x:1"], False, over=["v1"]))
    assert [outcome(both, name) for name in ("x:1", "x:2", "x:3")] == [Outcome.REFUSED, Outcome.ACCEPTED, Outcome.WAITS]


def test_a_verdict_replaces_none_unless_it_says_so() -> None:
    first, second = (Verdict(name, ("x:1",), accepted, "why", "host") for name, accepted in (("v1", True), ("v2", False)))
    assert outcome(known(first), "x:1") is Outcome.ACCEPTED
    assert outcome(known(first, second), "x:1") is Outcome.WAITS


# --- the same through a ledger: facts in any order, some of them twice, some of them lost ---

TEAM, ROUND, ASKED = TeamId("P"), RoundId("r1"), (QuestionId("r1-one"), QuestionId("r1-tf"), QuestionId("total"))


def operation(at: int, asked: QuestionId, who: str, value: str, over: Iterable[str]) -> Operation:
    return Operation("x", at, HALL, TEAM, ROUND, asked, ScorekeeperId(who), value, tuple(over))


PEOPLE = some(["Anna", "Boris"])
FACTS = st.tuples(
    st.lists(
        st.tuples(PEOPLE, some(["1", "0", "-", ""]), st.lists(some(NAMES), max_size=2), st.booleans(), some(ASKED)),
        min_size=1,
        max_size=len(NAMES),
    ),
    VERDICTS,
)
Drawn = tuple[list[tuple[str, str, list[str], bool, QuestionId]], list[Verdict]]


def facts(drawn: Drawn) -> list[did.Event]:
    """One event an operation and one a verdict; no two of a name that say different things, since none is entered twice."""
    entered: list[did.Event] = []
    for at, (who, value, over, late, asked) in enumerate(drawn[0]):
        mark = operation(at, asked, who, value, over)
        entered.append(did.MarksEntered(operations=(mark,), late=(mark.name,) if late else ()))
    return [*entered, *(did.LateJudged(verdict=each) for each in known(*drawn[1]).values())]


@cache
def ended() -> BattleState:
    """Played once, and not at import: whatever runs there makes each of its mutants import everything anew (tests/mutants)."""
    evening = Evening(a_round("r1", "one", "tf"))
    evening.join_paper(TEAM)
    for who in ("Anna", "Boris"):
        evening.sits(who)
    evening.until(Phase.ROUND_END)
    return evening.state


def told(happened: Sequence[did.Event]) -> BattleState:
    state = ended()
    for event in happened:
        state = evolve(state, event, state.at_ms)
    return state


def says(state: BattleState) -> tuple[object, ...]:
    """All that facts of paper decide."""
    cells = {key: cell(state.counting(key)) for key in state.cells}
    return dict(state.cells), dict(state.late), dict(state.verdicts), state.kept_out, dict(state.marks), cells


@given(FACTS, st.randoms())
def test_neither_order_nor_repeats_change_anything(drawn: Drawn, shuffled: Random) -> None:
    happened = facts(drawn)
    again = happened * 2
    shuffled.shuffle(again)
    assert says(told(again)) == says(told(happened))


@given(FACTS, st.data())
def test_what_was_lost_and_comes_later_makes_it_the_same(drawn: Drawn, data: st.DataObject) -> None:
    happened = facts(drawn)
    lost = data.draw(st.lists(st.sampled_from(happened), max_size=4))
    state = told([event for event in happened if event not in lost])
    for event in lost:
        state = evolve(state, event, state.at_ms)
    assert says(state) == says(told(happened))


@given(FACTS)
def test_a_mark_that_came_in_time_once_is_in_time(drawn: Drawn) -> None:
    happened = [each for each in facts(drawn) if isinstance(each, did.MarksEntered)]
    both = [each for event in happened for each in (event, did.MarksEntered(operations=event.operations))]
    assert told(both).late == told([*reversed(both)]).late == {}


@given(FACTS)
def test_only_what_is_in_time_or_let_in_says_anything(drawn: Drawn) -> None:
    happened = facts(drawn)
    whole, state = told(happened), ended()
    for event in happened:
        if not isinstance(event, did.MarksEntered) or event.operations[0].name not in whole.kept_out:
            state = evolve(state, event, state.at_ms)
    assert {key: cell(whole.counting(key)) for key in whole.cells if whole.counting(key)} == {
        key: cell(state.counting(key)) for key in state.cells
    }
    assert dict(state.marks) == dict(whole.marks)


@given(FACTS)
def test_a_settlement_of_what_counts_settles_it_and_a_late_mark_let_in_opens_it_again(drawn: Drawn) -> None:
    asked = ASKED[0]
    state = told(facts(drawn))
    seen = [each.name for each in cell(state.counting((TEAM, ROUND, asked))).present]
    settled = operation(90, asked, "Boris", "1", [*seen])
    late = operation(91, asked, "Anna", "0", [])
    state = evolve(state, did.MarksEntered(operations=(settled,)), state.at_ms)
    said = cell(state.counting((TEAM, ROUND, asked)))
    assert (said.state, said.value) == (CellState.MARKED, "1")
    state = evolve(state, did.MarksEntered(operations=(late,), late=(late.name,)), state.at_ms)
    assert cell(state.counting((TEAM, ROUND, asked))) == said
    state = evolve(state, did.LateJudged(verdict=verdict("let in", [late.name], True)), state.at_ms)
    assert cell(state.counting((TEAM, ROUND, asked))).state is CellState.DISPUTED

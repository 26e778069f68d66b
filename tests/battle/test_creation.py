"""How a battle begins, and how it is told once more from its ledger."""

from dataclasses import replace
from typing import Any

import pytest

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide import decide
from quizserver.battle.evolve import NotABattle, evolve, fold
from quizserver.battle.ids import BattleId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Pack, Round
from quizserver.battle.refusals import Fault, Refused
from quizserver.battle.settings import BattleSettings
from tests.support.battles import HALL, Evening, a_pack, a_round


def wish(pack: Pack, **changes: Any) -> ask.CreateBattle:
    command = ask.CreateBattle(
        battle=BattleId("b1"), pin="1", pack=pack, settings=BattleSettings(), venue=HALL, venue_name="Hall", by="host"
    )
    return replace(command, **changes)


def test_a_battle_begins_in_its_lobby_with_one_venue() -> None:
    state = Evening().state
    assert (state.phase, state.version, list(state.venues)) == (Phase.LOBBY, 1, [HALL])
    assert state.current_round is None
    assert state.current_question is None


def test_creating_the_same_battle_again_is_no_news() -> None:
    assert decide(Evening().state, wish(a_pack(a_round())), 0) == ()


def test_another_battle_cannot_be_created_in_its_ledger() -> None:
    assert decide(Evening().state, wish(a_pack(a_round()), battle=BattleId("b2")), 0) == Refused("battle_exists")


def test_nothing_can_be_asked_of_a_battle_that_does_not_exist() -> None:
    assert decide(None, ask.StartRound(), 0) == Refused("no_battle", Fault.SENDER)


@pytest.mark.parametrize("rounds", [(), (a_round("r1"), Round(a_round("r2").id, {}, ()))], ids=["no round", "an empty round"])
def test_a_pack_with_nothing_to_play_is_refused(rounds: tuple[Round, ...]) -> None:
    assert decide(None, wish(a_pack(*rounds)), 0) == Refused("pack_is_empty", Fault.SENDER)


def test_the_first_entry_says_who_asked_for_what() -> None:
    (created,) = decide(None, wish(a_pack(a_round())), 0)  # type: ignore[misc]
    assert isinstance(created, did.BattleCreated)
    assert (created.by, created.pin, created.venue_name) == ("host", "1", "Hall")


def test_a_ledger_without_entries_is_no_battle() -> None:
    with pytest.raises(NotABattle, match="empty"):
        fold([])


def test_a_ledger_that_begins_with_anything_else_is_no_battle() -> None:
    with pytest.raises(NotABattle, match="PodiumShown"):
        evolve(None, did.PodiumShown(), 0)


def test_an_evening_across_midnight_is_an_evening_like_any_other() -> None:
    """Battle time counts milliseconds; a day's end is nothing to it."""
    midnight = 1_800_000_000_000 // 86_400_000 * 86_400_000
    late, noon = (Evening(a_round("r1", "one"), now_ms=at) for at in (midnight - 20_000, midnight - 43_200_000))
    for evening in (late, noon):
        team = evening.join("A")
        evening.until(Phase.OPEN)
        evening.answer(team, "r1-one-b")
        evening.until(Phase.LAST_CALL)
        evening.time_up()
        evening.until(Phase.FINISHED)
    assert late.now_ms > midnight
    assert late.standing() == noon.standing() == [(1, "A", 1)]


def test_events_do_not_depend_on_when_they_are_folded() -> None:
    evening = Evening()
    evening.until(Phase.FINISHED)
    assert fold(evening.history) == evening.state

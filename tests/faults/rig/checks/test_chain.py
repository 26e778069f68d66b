"""The ledger is one chain, and nothing is appended but to its end."""

from dataclasses import replace

from quizserver.battle import events as did
from quizserver.battle.evolve import fold
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.views import mine_view
from quizserver.services.entries import chained, encode, link
from quizserver.services.ports import Entry, Head
from tests.faults.rig.checker import check
from tests.faults.rig.evidence import Evidence
from tests.faults.rig.honest import history_of, only, says, with_line


def test_an_honest_game_is_clean(honest: Evidence) -> None:
    assert check(honest) == []


def test_a_hole_in_the_ledger_is_found(honest: Evidence) -> None:
    only(replace(honest, ledger=[*honest.ledger[:4], *honest.ledger[5:]]), "I1", "entry 4 is followed by entry 6")


def test_an_altered_entry_is_found(honest: Evidence) -> None:
    altered = replace(honest.ledger[4], body=honest.ledger[5].body)
    only(replace(honest, ledger=[*honest.ledger[:4], altered]), "I1", "hash of entry 5")


def test_an_entry_that_cannot_be_read_is_found(honest: Evidence) -> None:
    body = b"{}"
    only(replace(honest, ledger=[Entry(1, body, link("", body))]), "I1", "entry 1 cannot")


def test_no_ledger_at_all_is_found(honest: Evidence) -> None:
    only(replace(honest, ledger=[]), "I1", "the ledger is empty")


def test_an_epoch_that_no_restore_raised_is_found(honest: Evidence) -> None:
    only(replace(honest, epochs=1), "I1", "the ledger's epoch is 1")


def test_a_client_that_falls_back_into_an_older_epoch_is_found(honest: Evidence) -> None:
    later = with_line(honest, "ant", "team", "room", **{"epoch": 1, "from": None, "to": 3, "view": "x"})
    earlier = with_line(later, "ant", "team", "room", **{"epoch": 0, "from": None, "to": 3, "view": "x"})
    says(earlier, "I1", "epoch 0 after epoch 1")


def test_two_entries_on_one_head_are_found(honest: Evidence) -> None:
    body, beside = encode(did.LobbyLocked(by="host", locked=True), 1_000_000)
    twin = Entry(5, body, link(honest.ledger[3].hash, body), beside)
    says(replace(honest, ledger=[*honest.ledger[:5], twin, *honest.ledger[5:]]), "I9", "where entry 5 was the last already")


def test_an_entry_of_somebody_who_slept_is_found(honest: Evidence) -> None:
    history = [*history_of(honest), (did.LobbyLocked(by="host", locked=True), 5)]
    entries = chained(Head(), history)
    only(replace(honest, ledger=entries, archive=entries), "I9", "older than the one before it")


def test_the_fold_of_the_evening_is_that_of_its_ledger(honest: Evidence) -> None:
    """The games of this file are what they say they are."""
    state = fold(history_of(honest))
    assert state.phase is Phase.ROUND_END and QuestionId("r1-text") in state.revealed
    assert mine_view(state, TeamId("ant"), {}, None, None)["marks"] == {}

"""The trouble of an evening is a function of its seed, and apart from what stands on paper."""

from collections import Counter
from pathlib import Path

import pytest

from quizserver.rehearsal.evening import Evening
from quizserver.rehearsal.known_pack import rounds_of
from quizserver.rehearsal.line import Refusal
from quizserver.rehearsal.many_rounds import all_packs, write_pack
from quizserver.rehearsal.script import Wish, evening
from quizserver.rehearsal.trouble.drawing import trouble
from quizserver.rehearsal.trouble.notebook import MOST, Notebook, name_of
from quizserver.rehearsal.trouble.plan import Loss, Moment, Why
from rounds.check import check
from rounds.library import load
from tests.rounds.small_pack import PACKS


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    pack = write_pack(tmp_path_factory.mktemp("pack"), all_packs())
    assert check(pack) == []
    return evening(Wish("evening", 175, 54, 6, 1), rounds_of(load(str(pack)), online_only=False))


def test_the_whole_evening_is_of_short_rounds_that_are_written_on_paper(scripted: Evening) -> None:
    assert [len(played.questions) for played in scripted.rounds] == [4, 3, 4, 4, 4]
    assert not any(played.reveals_each for played in scripted.rounds)


def test_the_same_seed_gives_the_same_trouble(scripted: Evening) -> None:
    assert trouble(scripted) == trouble(scripted)


def test_one_venue_never_has_a_network_again_one_has_none_all_evening_and_one_passes_a_gate(scripted: Evening) -> None:
    ends = Counter(each.outages[0][-1].back for each in trouble(scripted).venues)
    assert ends == {Moment.NEVER: 1, Moment.END: 1, Moment.FINAL: 1, None: 3}
    assert sum(each.carried is not None for each in trouble(scripted).venues) == 1


def test_the_minutes_without_a_network_end(scripted: Evening) -> None:
    outages = [each for venue in trouble(scripted).venues for each in venue.outages[1] if venue.outages[1][-1].back is None]
    assert outages and all(each.lasts_ms > 0 for each in outages)


def test_every_loss_and_every_reason_to_type_something_comes(scripted: Evening) -> None:
    plan = trouble(scripted)
    assert {loss for venue in plan.venues for losses in venue.losses for loss in losses} == set(Loss)
    assert all(plan.extras_of(why) for why in Why)
    assert {extra.person for extra in plan.extras_of(Why.SECOND_OPINION)} == {1}


def test_what_is_typed_beside_the_sheets_is_never_what_stands_on_paper_but_where_it_mends(scripted: Evening) -> None:
    marks = {(team.name, at): sheet.marks for team in scripted.paper for at, sheet in enumerate(team.sheets)}
    for why in Why:
        for extra in trouble(scripted).extras_of(why):
            assert (marks[extra.team, extra.at_round][extra.at] == extra.value) is (why is Why.MENDED)


def test_nobody_has_a_second_opinion_on_a_sheet_that_two_people_type(scripted: Evening) -> None:
    entries = {(team.name, at): sheet.entries for team in scripted.paper for at, sheet in enumerate(team.sheets)}
    opinions = trouble(scripted).extras_of(Why.SECOND_OPINION)
    assert opinions and all(entry.person == 0 for extra in opinions for entry in entries[extra.team, extra.at_round])


@pytest.mark.parametrize("most", [1, 2, 5])
def test_any_seed_has_its_trouble_in_any_evening(most: int, tmp_path: Path) -> None:
    rounds = rounds_of(load(str(write_pack(tmp_path, [PACKS / "small"], most))), online_only=False)
    for seed in range(50):
        for venues in (1, 2, 3):
            plan = trouble(evening(Wish("small", 0, venues, venues, seed), rounds))
            assert [each.venue for each in plan.venues] == list(range(venues))


def operations(count: int) -> list[dict[str, object]]:
    return [{"device": "desk-1", "counter": number} for number in range(count)]


def test_a_desk_sends_at_most_a_hundred_at_a_time_and_what_was_lost_again() -> None:
    book = Notebook()
    book.type(operations(MOST + 1))
    first = book.next_message()
    assert len(first) == MOST and not book.sent_again
    book.lost(first)
    assert book.next_message() == first and book.sent_again == MOST
    book.acked(first, late=[name_of(first[0])])
    assert book.late == {"desk-1:0"} and book.waiting == 1


def test_a_mark_that_is_refused_is_found_kept_and_takes_no_other_with_it() -> None:
    book = Notebook()
    book.type(operations(3))
    while batch := book.next_message():
        if any(each["counter"] == 1 for each in batch):
            book.not_taken(batch, Refusal("not_a_mark"))
        else:
            book.acked(batch, late=())
    assert (book.refused, book.waiting, len(book.typed)) == ({"desk-1:1": "not_a_mark"}, 0, 3)

"""Numbers of sheets: what a check digit finds, whose a number is, and that no number is given twice."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizserver.battle import commands as ask
from quizserver.battle import events as did
from quizserver.battle.decide.paper import MOST_SPARES
from quizserver.battle.events import Name
from quizserver.battle.evolve import fold
from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.phases import Phase
from quizserver.battle.refusals import Refused
from quizserver.battle.settings import Source
from quizserver.battle.sheet_numbers import SheetNumber, check_digit, code_words, read
from quizserver.battle.views.desk import desk_view
from quizserver.battle.views.host import host_view
from quizserver.battle.views.pages import sheet_page, team_page
from tests.support.battles import HALL, Evening, a_round

PIN = "418027"
NUMBERS = st.builds(SheetNumber, st.integers(1, 99), st.integers(1, 99_999))
DIGITS = st.text("0123456789", min_size=1, max_size=12)


def code(text: str) -> str:
    outcome = read(text, PIN)
    assert isinstance(outcome, Refused), f"{text} was read as {outcome}"
    return outcome.code


def joining(name: str, **changes: Any) -> ask.JoinTeam:
    fields: dict[str, Any] = {"plays": Source.PAPER, "venue": HALL, **changes}
    return ask.JoinTeam(team=TeamId(name), name=Name(name, "salt"), **fields)


def turning(team: TeamId, source: Source) -> ask.ChangeSource:
    asked = QuestionId("r1-one")
    return ask.ChangeSource(team=team, round=RoundId("r1"), question=asked, source=source, only_this_round=False, reason="Wi-Fi")


def numbers(evening: Evening) -> dict[str, tuple[int, ...]]:
    return {team.id: team.sheets for team in evening.state.teams.values()}


# --- reading ---


def test_the_check_digit_is_damms() -> None:
    assert check_digit("572") == 4  # the example that is told of it everywhere
    assert str(SheetNumber(4, 33)) == "4-033-7"
    assert str(SheetNumber(12, 1033)) == f"12-1033-{check_digit('121033')}"


@given(NUMBERS)
def test_a_number_is_read_as_it_was_written_and_so_is_the_code_beside_it(number: SheetNumber) -> None:
    assert read(str(number), PIN) == number == read(code_words(PIN, str(number)), PIN)


@given(DIGITS, st.data())
def test_every_wrong_digit_is_found(digits: str, data: st.DataObject) -> None:
    whole = f"{digits}{check_digit(digits)}"
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from(sorted(set("0123456789") - {whole[at]})))
    wrong = whole[:at] + other + whole[at + 1 :]
    assert check_digit(wrong[:-1]) != int(wrong[-1])


@given(DIGITS, st.data())
def test_every_pair_of_neighbours_that_changed_places_is_found(digits: str, data: st.DataObject) -> None:
    whole = f"{digits}{check_digit(digits)}"
    at = data.draw(st.integers(0, len(whole) - 2))
    swapped = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
    assert (check_digit(swapped[:-1]) == int(swapped[-1])) is (swapped == whole)


@pytest.mark.parametrize("text", ["4-033-7", " 4 033 7 ", "40337", "4\u2011033\u20117", "4 033-7", "418027 4-033-7"])
def test_a_number_is_read_however_it_is_typed(text: str) -> None:
    assert read(text, PIN) == SheetNumber(4, 33)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no_sheet_number"),
        ("4-033", "no_sheet_number"),
        ("Нержавейка", "no_sheet_number"),
        ("4-33-7", "no_sheet_number"),
        ("٤-٠٣٣-٧", "no_sheet_number"),
        ("1041177", "no_sheet_number"),  # a round of two digits, or a team of four
        (f"4-0033-{check_digit('40033')}", "no_sheet_number"),
        (f"04-033-{check_digit('04033')}", "no_sheet_number"),
        (f"0-033-{check_digit('0033')}", "no_sheet_number"),
        (f"4-000-{check_digit('4000')}", "no_sheet_number"),
        ("4-033-3", "wrong_check_digit"),
        ("4-303-7", "wrong_check_digit"),
        ("111111 4-033-7", "sheet_of_another_battle"),
    ],
)
def test_what_is_no_number_of_ours_is_refused_with_its_reason(text: str, why: str) -> None:
    assert code(text) == why


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(read(text, PIN), SheetNumber | Refused)


# --- who has which ---


def test_teams_have_numbers_in_the_order_in_which_they_came_to_paper() -> None:
    evening = Evening()
    evening.join_paper("A")
    evening.join("phones")
    evening.join_paper("B")
    assert numbers(evening) == {"A": (1,), "phones": (), "B": (2,)}


def test_a_team_that_turns_to_paper_gets_a_number_and_keeps_it_for_good() -> None:
    evening = Evening()
    team, other = evening.join("A"), evening.join_paper("B")
    for source in (Source.PAPER, Source.ONLINE, Source.PAPER):
        evening.do(turning(team, source))
    evening.do(ask.MoveTeam(team=team, venue=evening.add_venue("Калибр")), ask.RenameTeam(team=team, name=Name("Ил", "s")))
    assert numbers(evening) == {team: (2,), other: (1,)}


def test_a_team_that_never_leaves_its_phones_gets_none() -> None:
    evening = Evening()
    team = evening.join("A")
    evening.do(turning(team, Source.ONLINE))
    assert numbers(evening) == {team: ()}


# --- spares ---


def reserved(count: int = 3) -> Evening:
    """A (1), the hall's spares (2, 3, ...), B (the next)."""
    evening = Evening()
    evening.join_paper("A")
    evening.do(ask.ReserveSpares(venue=HALL, count=count))
    evening.join_paper("B")
    return evening


def test_spares_take_the_next_numbers_and_a_second_stack_has_the_same() -> None:
    evening = reserved()
    assert evening.state.spares == {2: HALL, 3: HALL, 4: HALL}
    assert numbers(evening)["B"] == (5,)
    for count in (2, 3):
        assert evening.do(ask.ReserveSpares(venue=HALL, count=count)) == ()
    assert evening.do(ask.ReserveSpares(venue=HALL, count=4)) == (did.SparesReserved(venue=HALL, count=1),)
    assert [*evening.state.spares] == [2, 3, 4, 6]


def test_each_venue_has_spares_of_its_own() -> None:
    evening = reserved(1)
    other = evening.add_venue("Калибр")
    evening.do(ask.ReserveSpares(venue=other, count=1))
    assert evening.state.spares == {2: HALL, 4: other}


@pytest.mark.parametrize("count", [0, -1, MOST_SPARES + 1])
def test_no_spares_and_a_stack_that_is_too_thick_are_refused(count: int) -> None:
    refused = reserved(MOST_SPARES).attempt(ask.ReserveSpares(venue=HALL, count=count))
    assert isinstance(refused, Refused) and (refused.code, refused.detail) == ("bad_spares", "50")


def test_spares_of_a_venue_that_is_not_there_are_refused() -> None:
    assert reserved().refused(ask.ReserveSpares(venue=VenueId("nowhere"), count=1)) == "unknown_venue"


def test_a_team_that_came_unannounced_has_the_number_of_the_spares_it_writes_on_and_no_other() -> None:
    evening = reserved()
    evening.do(joining("C", spare=3))
    assert numbers(evening)["C"] == (3,)
    assert evening.state.spares == {2: HALL, 4: HALL}
    evening.join_paper("D")
    assert numbers(evening)["D"] == (6,)


def test_a_team_that_lost_its_sheets_has_the_spares_beside_its_own() -> None:
    evening = reserved()
    assert evening.do(ask.AssignSpare(team=TeamId("A"), spare=3)) == (did.SpareAssigned(team=TeamId("A"), spare=3),)
    assert numbers(evening)["A"] == (1, 3)
    assert evening.do(ask.AssignSpare(team=TeamId("A"), spare=3)) == ()


def test_a_spare_is_good_once() -> None:
    evening = reserved()
    evening.do(ask.AssignSpare(team=TeamId("A"), spare=3))
    assert evening.refused(ask.AssignSpare(team=TeamId("B"), spare=3)) == "spare_taken"
    assert evening.refused(joining("C", spare=3)) == "spare_taken"
    assert evening.refused(joining("C", spare=5)) == "spare_taken"  # B's own number


@pytest.mark.parametrize(
    ("team", "spare", "why"), [("A", 9, "no_such_spare"), ("nobody", 2, "unknown_team"), ("phones", 2, "not_on_paper")]
)
def test_a_spare_needs_a_stack_it_is_from_and_a_team_on_paper(team: str, spare: int, why: str) -> None:
    evening = reserved()
    evening.join("phones")
    assert evening.refused(ask.AssignSpare(team=TeamId(team), spare=spare)) == why


def test_a_new_team_takes_spares_of_its_own_venue_only_and_only_on_paper() -> None:
    evening = reserved()
    other = evening.add_venue("Калибр")
    assert evening.refused(joining("C", spare=2, venue=other)) == "spare_of_another_venue"
    assert evening.refused(joining("C", spare=9)) == "no_such_spare"
    assert evening.refused(joining("C", spare=2, plays=Source.ONLINE, venue=None)) == "not_on_paper"
    assert "C" not in evening.state.teams


def test_a_spare_is_assigned_at_any_time_also_when_all_is_over() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join_paper("A")
    evening.do(ask.ReserveSpares(venue=HALL, count=1))
    evening.until(Phase.FINISHED)
    evening.do(ask.AssignSpare(team=TeamId("A"), spare=2))
    assert numbers(evening)["A"] == (1, 2)


DOINGS = st.lists(
    st.one_of(
        st.tuples(st.just("paper"), st.integers(0, 0)),
        st.tuples(st.just("online"), st.integers(0, 0)),
        st.tuples(st.just("reserve"), st.integers(1, 4)),
        st.tuples(st.just("new"), st.integers(1, 15)),
        st.tuples(st.just("assign"), st.integers(1, 15)),
        st.tuples(st.just("turn"), st.integers(0, 5)),
    ),
    max_size=25,
)


@given(DOINGS)
def test_no_number_is_given_twice_and_none_is_ever_taken_away(doings: list[tuple[str, int]]) -> None:
    evening = Evening()
    had: dict[str, tuple[int, ...]] = {}
    for at, (doing, n) in enumerate(doings):
        teams = [*evening.state.teams] or [TeamId("nobody")]
        team = teams[n % len(teams)]
        asked: dict[str, ask.Command] = {
            "paper": joining(f"p{at}"),
            "online": joining(f"o{at}", plays=Source.ONLINE, venue=None),
            "reserve": ask.ReserveSpares(venue=HALL, count=n),
            "new": joining(f"n{at}", spare=n),
            "assign": ask.AssignSpare(team=team, spare=n),
            "turn": turning(team, Source.PAPER),
        }
        evening.attempt(asked[doing])
        now = numbers(evening)
        assert all(now[each][: len(before)] == before for each, before in had.items())
        given = [number for each in now.values() for number in each] + [*evening.state.spares]
        assert sorted(given) == list(range(1, evening.state.last_sheet + 1))
        had = now
    assert numbers(evening) == {team.id: team.sheets for team in fold(evening.history).teams.values()}


# --- who sees them ---


def test_a_desk_sees_the_number_on_each_sheet_of_the_round() -> None:
    evening = reserved()
    evening.do(ask.AssignSpare(team=TeamId("A"), spare=3))
    rows = sheet_page(evening.state, HALL, "r1", 0, 100)["rows"]
    assert {row["team"]: row["sheets"] for row in rows} == {
        "A": [str(SheetNumber(1, 1)), str(SheetNumber(1, 3))],
        "B": [str(SheetNumber(1, 5))],
    }


def test_desk_and_console_see_how_many_spares_are_free() -> None:
    evening = reserved()
    assert desk_view(evening.state, HALL)["venue"]["spares"] == 3
    assert host_view(evening.state)["venues"][HALL]["spares"] == 3


def test_a_host_finds_a_team_by_the_number_on_any_of_its_sheets() -> None:
    evening = reserved()
    evening.do(ask.AssignSpare(team=TeamId("A"), spare=3))

    def found(text: str) -> list[str]:
        return [row["team"] for row in team_page(evening.state, 0, 100, text)["rows"]]

    assert found(str(SheetNumber(1, 3))) == found(f"123456 {SheetNumber(1, 1)}") == ["A"]
    assert found(f"1-003-{(SheetNumber(1, 3).team + 1) % 10}") == []

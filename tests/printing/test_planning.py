"""What is put on paper for whom: by venue, by round, by number; and nothing that nobody may read."""

from dataclasses import replace

from quizserver.battle import commands as ask
from quizserver.battle.events import Name
from quizserver.battle.ids import QuestionId, RoundId, TeamId, VenueId
from quizserver.battle.questions import Pack
from quizserver.battle.settings import Source
from quizserver.battle.sheet_numbers import SheetNumber
from quizserver.printing import planning
from quizserver.printing.job import JOB, Card, Job, Line, Listed
from tests.support.battles import HALL, Evening, a_pack, a_round, right_answer


def hall() -> Evening:
    """Two rounds; A (1) and B (2) on paper in the hall, C (3) in the club, spares 4 and 5 of the hall, D on phones in the hall."""
    evening = Evening(a_round("r1", "one", "number"), a_round("r2", "text"))
    evening.join_paper("A")
    evening.join_paper("B")
    evening.join_paper("C", evening.add_venue("club"))
    evening.do(ask.ReserveSpares(venue=HALL, count=2))
    evening.do(ask.MoveTeam(team=evening.join("D"), venue=HALL))
    evening.join("E")
    return evening


def on_paper(job: Job) -> list[tuple[int, str, str]]:
    return [(job.rounds[each.round].number, each.number, each.team) for each in job.sheets]


def number(playing: int, team: int) -> str:
    return str(SheetNumber(playing, team))


def test_sheets_lie_round_by_round_in_the_order_of_their_numbers_with_the_spares_below() -> None:
    assert on_paper(planning.sheets(hall().state, [HALL], None, 1)) == [
        *((1, number(1, 1), "A"), (1, number(1, 2), "B"), (1, number(1, 4), "")),
        *((2, number(2, 1), "A"), (2, number(2, 2), "B"), (2, number(2, 4), "")),
    ]


def test_one_round_of_all_venues_lies_venue_by_venue() -> None:
    state = hall().state
    job = planning.sheets(state, state.venues, 1, 0)
    assert [playing.number for playing in job.rounds] == [2]
    assert on_paper(job) == [(2, number(2, 1), "A"), (2, number(2, 2), "B"), (2, number(2, 3), "C")]
    assert [each.venue for each in job.sheets] == ["Зал", "Зал", "club"]


def test_no_more_spares_are_printed_than_there_are() -> None:
    assert sum(not each.team for each in planning.sheets(hall().state, [HALL], 0, 50).sheets) == 2


def test_who_plays_one_question_of_a_round_on_paper_has_a_sheet_of_that_round_and_keeps_the_number() -> None:
    evening = hall()
    turn = ask.ChangeSource(
        team=TeamId("D"),
        round=RoundId("r1"),
        question=QuestionId("r1-number"),
        source=Source.PAPER,
        only_this_round=True,
        reason="Wi-Fi",
        venue=HALL,
    )
    evening.do(turn)
    evening.do(ask.AssignSpare(team=TeamId("D"), spare=5), ask.RenameTeam(team=TeamId("D"), name=Name("Дельта", "s")))
    rows = on_paper(planning.sheets(evening.state, [HALL], None, 0))
    assert [row for row in rows if row[2] == "Дельта"] == [(1, number(1, 6), "Дельта")]


def test_a_venue_s_list_has_its_teams_by_number_then_those_on_phones_then_the_free_spares() -> None:
    evening = hall()
    evening.do(ask.AssignSpare(team=TeamId("A"), spare=5))
    evening.do(ask.DescribeVenue(venue=HALL, city="Омск", starts="19:30"), ask.CountPeople(team=TeamId("A"), people=6))
    (hall_list,) = planning.lists(evening.state, [HALL]).lists
    assert hall_list.about == "Омск, 19:30"
    assert hall_list.rows == (Listed((1, 5), "A", 6), Listed((2,), "B"), Listed((), "D"), Listed((4,)))


def test_cards_are_by_name_and_bring_a_phone_into_its_team() -> None:
    state = hall().state
    assert planning.online_teams(state, None) == ["D", "E"]
    assert planning.online_teams(state, HALL) == ["D"]
    assert planning.online_teams(state, VenueId("club")) == []
    job = planning.cards(state, {TeamId("E"): "ABC234", TeamId("D"): "XYZ567"}, "http://192.168.1.5:8000")
    assert job.cards[0] == Card("D", "XYZ567", "http://192.168.1.5:8000/j/123456#XYZ567")
    assert [card.team for card in job.cards] == ["D", "E"]
    assert job.where == "192.168.1.5:8000"


def test_a_line_says_what_belongs_on_it_in_the_language_of_the_battle() -> None:
    pack = a_pack(a_round("r1", "one", "number"))
    first, last = pack.rounds[0].questions
    last = replace(last, parts={"unit": {"en": "km", "ru": "км"}})
    playing = replace(pack.rounds[0], questions=(first, last), title={"ru": "Раунд", "en": "Round"})
    evening = Evening(pack=replace(pack, rounds=(playing,)), language="ru")
    job = planning.sheets(evening.state, [HALL], None, 0)
    assert job.rounds[0].title == "Раунд"
    assert job.rounds[0].lines == (Line("one"), Line("number", "км"))


def test_an_erased_name_is_told_by_the_team_s_id() -> None:
    evening = hall()
    state = evening.state
    nameless = replace(state, teams={team: replace(each, name=Name("", "")) for team, each in state.teams.items()})
    assert {each.team for each in planning.sheets(nameless, [HALL], 0, 0).sheets} == {"№ A", "№ B"}


def test_no_question_and_no_solution_is_on_any_paper() -> None:
    evening = hall()
    pack: Pack = evening.state.pack
    everything = b"".join(
        JOB.dump_json(job)
        for job in (
            planning.sheets(evening.state, evening.state.venues, None, 9),
            planning.lists(evening.state, evening.state.venues),
            planning.cards(evening.state, {TeamId("D"): "ABC234"}, "http://a"),
        )
    ).decode()
    for playing in pack.rounds:
        for question in playing.questions:
            assert question.id not in everything
            assert question.text["en"] not in everything
    assert str(right_answer("r1-number")) not in everything and str(right_answer("r2-text")) not in everything

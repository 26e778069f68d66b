"""A team's own document."""

import pytest

from quizserver.battle import commands as ask
from quizserver.battle.ids import QuestionId, TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.state import Place, Range
from quizserver.battle.views import mine_view
from quizserver.battle.views.patch import View
from tests.support.battles import Evening, a_round, each_round

A, P = TeamId("A"), TeamId("P")


def mine(evening: Evening, team: TeamId = A, place: Place | None = None, gap: int | None = None) -> View:
    return mine_view(evening.state, team, {QuestionId("r1-one"): {"value": "x", "revision": 2}}, place, gap)


def revealed() -> Evening:
    evening = Evening(a_round("r1", "one", "tf"))
    evening.join("A")
    evening.join_paper("P")
    evening.until(Phase.OPEN)
    evening.answer(A, "r1-one-a")
    evening.until(Phase.REVEALED)
    return evening


def test_a_team_sees_its_name_its_answers_and_where_its_points_come_from() -> None:
    evening = Evening(a_round("r1", "one"))
    evening.join("A")
    assert mine(evening) == {"team": A, "name": "A", "answers": {"r1-one": {"value": "x", "revision": 2}}, "marks": {}}
    evening.until(Phase.OPEN)
    assert mine(evening)["source"] == "online"


def test_a_team_at_a_venue_sees_its_venue() -> None:
    evening = revealed()
    assert mine(evening, P)["venue"] == "Зал"
    assert "venue" not in mine(evening)


def test_a_team_sees_its_marks_of_what_is_revealed_and_what_it_had_said() -> None:
    evening = revealed()
    assert mine(evening)["marks"] == {"r1-one": {"mark": "wrong", "points": 0, "said": "r1-one-a"}}
    evening.press()
    assert mine(evening)["marks"]["r1-tf"] == {"mark": "none", "points": 0}


def test_a_team_on_paper_sees_what_the_desk_entered() -> None:
    evening = revealed()
    assert mine(evening, P)["marks"] == {"r1-one": {"mark": "pending", "points": 0}}
    evening.mark(P, "r1-one", "1")
    assert mine(evening, P)["marks"] == {"r1-one": {"mark": "right", "points": 100, "said": "1"}}


def test_places_are_told_after_the_first_reveal() -> None:
    place = Place(2, A, 300, (300,), True)
    evening = Evening(each_round("r1", "one"))
    evening.join("A")
    evening.until(Phase.SEALED)
    assert "place" not in mine(evening, A, place, 100)
    evening.until(Phase.REVEALED)
    assert mine(evening, A, place, 100)["place"] == {"place": 2, "points": 300, "of": 1, "pending": True, "gap": 100}
    assert "gap" not in mine(evening, A, place)["place"]
    assert "best" not in mine(evening, A, place._replace(possible=Range(2, 2, 300, 400)))["place"]
    possible = mine(evening, A, place._replace(possible=Range(2, 5, 300, 400)))["place"]
    assert (possible["best"], possible["worst"]) == (2, 5)
    assert "place" not in mine(evening, A, None, 100)


@pytest.mark.parametrize("voided", [True, False])
def test_a_voided_question_is_removed_for_the_team(voided: bool) -> None:
    evening = revealed()
    evening.do(ask.VoidQuestion(question=QuestionId("r1-one"), voided=True, reason="a typo"))
    assert mine(evening)["marks"]["r1-one"]["mark"] == "removed"

"""The rehearsal's own reckoning, against sums made by hand; and that it owes nothing to the server."""

import ast
from pathlib import Path

import pytest

from quizserver.rehearsal import evening as evening_module
from quizserver.rehearsal import expected as expected_module
from quizserver.rehearsal.evening import Asked, Collecting, Evening, OnlineTeam, PaperTeam, PlayedRound, Sheet, Turn, Value
from quizserver.rehearsal.expected import Row, expected, right_teams

MOST_LINES = 60
ONE = Asked("one", 100, 0, options=("tin", "zinc"), right=("tin",))
SEVERAL = Asked("several", 200, 50, options=("sheep", "duck", "cat"), right=("sheep", "duck"))
NEAREST = Asked("number", 100, 0, number="540", mode="nearest")


def online(name: str, *finals: Value | None) -> OnlineTeam:
    return OnlineTeam(name, 5, 1, 0.0, (tuple(Turn((), final) for final in finals),))


def paper(name: str, *written: Value | None) -> PaperTeam:
    return PaperTeam(name, 5, 0, (Sheet(written, (), ()),))


def an_evening(*teams: OnlineTeam | PaperTeam) -> Evening:
    played = PlayedRound((ONE, SEVERAL, NEAREST), False, False, 300, 60_000)
    on_phones = tuple(team for team in teams if isinstance(team, OnlineTeam))
    on_paper = tuple(team for team in teams if isinstance(team, PaperTeam))
    return Evening(1, "small", False, (played,), ("Hall",), on_phones, on_paper, ((Collecting(0),),))


def test_points_penalties_and_the_nearest_number_of_all_teams_together() -> None:
    rows = expected(
        an_evening(
            online("all right", "tin", ("duck", "sheep"), "500"),
            online("all wrong", "zinc", ("duck",), "700"),
            online("silent", None, None, None),
            paper("nearest", "zinc", ("cat",), "541"),
        )
    )
    assert rows == [
        Row(1, "all right", "", 300, (300,)),
        Row(2, "nearest", "Hall", 50, (50,)),
        Row(3, "silent", "", 0, (0,)),
        Row(4, "all wrong", "", -50, (-50,)),
    ]


def test_ties_share_a_place_and_the_next_place_is_left_out() -> None:
    rows = expected(
        an_evening(*(online(name, value, None, None) for name, value in zip("abcd", ("zinc", "tin", "tin", None), strict=True)))
    )
    assert [(row.place, row.name) for row in rows] == [(1, "b"), (1, "c"), (3, "a"), (3, "d")]


@pytest.mark.parametrize(
    ("asked", "said", "is_right"),
    [
        (Asked("text", 100, 0, right=("Ту-104",)), "ТУ-104", True),
        (Asked("text", 100, 0, right=("Ту-104",), near=("Ту-114",)), "Ту-114", False),
        (Asked("number", 100, 0, number="8", mode="exact"), "8", True),
        (Asked("number", 100, 0, number="8", mode="exact"), "8.1", False),
        (Asked("number", 100, 0, number="100", mode="tolerance", tolerance="5%"), "95", True),
        (Asked("number", 100, 0, number="100", mode="tolerance", tolerance="5%"), "94.9", False),
        (Asked("number", 100, 0, number="-100", mode="tolerance", tolerance="3"), "-103", True),
        (SEVERAL, ("duck", "sheep"), True),
        (SEVERAL, ("duck", "sheep", "cat"), False),
    ],
)
def test_what_is_right(asked: Asked, said: Value, is_right: bool) -> None:
    assert right_teams(asked, {"a": said}) == ({"a"} if is_right else set())


def test_equally_near_numbers_are_both_right() -> None:
    assert right_teams(NEAREST, {"a": "539", "b": "541", "c": "542"}) == {"a", "b"}


def test_the_reckoning_is_short_and_imports_nothing_of_the_battle() -> None:
    for module in (expected_module, evening_module):  # the second is all that the first imports of ours
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        imported = [node.module or "" for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
        imported += [name.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for name in node.names]
        ours = {name for name in imported if name.split(".")[0] in ("quizserver", "rounds")}
        assert ours <= {"quizserver.rehearsal.evening"}
    assert len(Path(str(expected_module.__file__)).read_text(encoding="utf-8").splitlines()) <= MOST_LINES

"""What a rehearsal writes."""

import pytest

from quizserver.rehearsal.expected import Row
from quizserver.rehearsal.report import percentiles
from quizserver.rehearsal.standing import decimal, standing_file


@pytest.mark.parametrize(("hundredths", "text"), [(1200, "12"), (50, "0.5"), (-50, "-0.5"), (-125, "-1.25"), (0, "0"), (10, "0.1")])
def test_points_are_decimals_in_their_shortest_form(hundredths: int, text: str) -> None:
    assert decimal(hundredths) == text


def test_the_standing_file_is_compact_sorted_and_readable() -> None:
    rows = [Row(2, "Совы", "", 150, (100, 50)), Row(1, "Бобры", "Бар «Якорь»", 200, (100, 100))]
    assert standing_file("small", rows).decode() == (
        '{"pack":"small","teams":[{"name":"Бобры","place":1,"points":"2","rounds":["1","1"],"venue":"Бар «Якорь»"},'
        '{"name":"Совы","place":2,"points":"1.5","rounds":["1","0.5"],"venue":""}]}'
    )


def test_percentiles_are_values_that_were_measured() -> None:
    assert percentiles(map(float, range(1, 101))) == {"p50": 50.0, "p95": 95.0, "p99": 99.0}
    assert percentiles([3.0]) == {"p50": 3.0, "p95": 3.0, "p99": 3.0}
    assert percentiles([]) == {"p50": 0.0, "p95": 0.0, "p99": 0.0}

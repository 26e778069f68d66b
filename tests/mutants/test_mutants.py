"""The mistakes that are made are those meant, and whoever survives has a reason."""

import os
import sys
from types import ModuleType

import pytest

from tests.mutants.in_place import can_be_made, make
from tests.mutants.mutations import Mutant, mutants
from tests.mutants.survivors import PLACE, Book, share
from tests.mutants.trial import Fate, Trial, fates

SOURCE = '''
"""Says nothing."""
MOST = 3

def first(rows: list[int], least: int = 0) -> int:
    """Of those that count."""
    return next((row for row in rows if least <= row < MOST), -1)
'''


def made(source: str) -> list[Mutant]:
    return list(mutants("toy.py", source))


@pytest.mark.parametrize(
    ("statement", "others"),
    [
        ("return a < b", {"return a <= b", "return a >= b", "return None"}),
        ("return a and (not b)", {"return a or not b", "return a", "return not b", "return a and b", "return None"}),
        ("return a + 1", {"return a - 1", "return a + 2", "return a + 0", "return None"}),
        ("return max(a, key=b)", {"return min(a, key=b)", "return max(a)", "return None"}),
        ("return [x for x in a if x]", {"return [x for x in a]", "return None"}),
        ("return b if a else 'c'", {"return b", "return 'c'", "return b if a else 'c!'", "return None"}),
        ("a.add(b)", {"pass"}),
        ("a += b", {"a = b", "pass", "a -= b"}),
        ("if a:\n        f(b)", {"if True:\n        f(b)", "if False:\n        f(b)", "if a:\n        pass", "if a:\n        b"}),
        ("raise ValueError('a sentence for people')", {"pass", "raise 'a sentence for people'"}),
    ],
)
def test_one_mistake_is_made_at_a_time(statement: str, others: set[str]) -> None:
    head = "def f(a, b):\n    "
    assert {mutant.source for mutant in made(head + statement)} == {head + other for other in others}


def test_what_is_said_of_types_and_to_people_is_left_alone() -> None:
    assert made('import a\nKnown = Mapping[str, int]\n\n@cached(3)\ndef f(x: "int") -> int:\n    """Says 3."""\n') == []


def test_a_mutant_says_where_it_is_and_what_became_of_what() -> None:
    (mutant,) = [each for each in made(SOURCE) if "row <= MOST" in each.source]
    assert (mutant.function, list(mutant.lines)) == ("first", [7])
    assert "row < MOST" in mutant.before
    assert "row <= MOST" in mutant.after


def test_a_mistake_in_a_function_is_made_in_place_and_one_outside_is_not() -> None:
    toy = ModuleType("toy")
    exec(SOURCE, vars(toy))
    kept = toy.first
    sys.modules["toy"] = toy
    try:
        for mutant in made(SOURCE):
            assert can_be_made(mutant) is bool(mutant.function)
            if "row <= MOST" in mutant.source:
                make(mutant)
    finally:
        del sys.modules["toy"]
    assert kept([4, 3, 2]) == 3


def test_a_default_of_an_argument_is_no_part_of_the_function_s_body() -> None:
    assert [each.function for each in made(SOURCE) if "least: int=1" in each.source] == [""]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # the test command has threads; these forks use none
def test_a_mutant_is_killed_by_its_tests_or_by_its_time() -> None:
    plays = (lambda: 0, lambda: 1, lambda: 5, lambda: os._exit(3), endless)
    found = dict(fates([Trial(at, 0.2, play) for at, play in enumerate(plays)], processes=2))
    assert found == {0: Fate.SURVIVED, 1: Fate.KILLED, 2: Fate.SURVIVED, 3: Fate.KILLED, 4: Fate.TIMEOUT}


def endless() -> int:
    while True:
        pass


def test_every_survivor_has_a_verdict_and_they_are_few_enough() -> None:
    text = PLACE.read_text(encoding="utf-8")
    assert Book(text).faults == []


def test_a_verdict_is_kept_for_as_long_as_its_mutant_survives() -> None:
    mutant = next(each for each in made(SOURCE) if each.function)
    book = Book("")
    book.take("toy.py", [(mutant, Fate.SURVIVED), *[(mutant, Fate.KILLED)] * 19])
    assert [share(book.total), len(book.faults)] == [95, 1]
    judged = Book(book.text("today", 1).replace("not judged yet", "equivalent: it is a toy"))
    assert judged.faults == []
    judged.take("toy.py", [(mutant, Fate.SURVIVED)] * 2)
    assert judged.verdict(mutant.key) == "equivalent: it is a toy"
    assert len(judged.faults) == 2  # of all and of each file

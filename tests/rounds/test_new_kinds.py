"""A kind of question that is registered at run time can be written in a pack without a change to the format."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from quizserver.battle.ids import TeamId
from quizserver.battle.kinds import Kind, Problem, kinds, register
from quizserver.battle.kinds import kind as kind_register
from quizserver.battle.questions import Plain, Question, Solution
from rounds.check import check
from rounds.kinds import Other
from tests.rounds.freezing import PLAIN, frozen, questions, right_ones
from tests.rounds.spoiled import told, write


class Riddle(Kind):
    """A kind that nobody here knows."""

    name = "riddle"
    shuffles_options = True

    def problems(self, question: Question, solution: Solution) -> Iterator[Problem]:
        if not question.parts.get("lines"):
            yield Problem("parts", "has no lines")

    def read(self, question: Question, raw: object) -> Plain:
        raise NotImplementedError

    def right(self, question: Question, solution: Solution, values: Mapping[TeamId, Plain]) -> set[TeamId]:
        raise NotImplementedError

    def solution_view(self, question: Question, solution: Solution) -> Mapping[str, Plain]:
        raise NotImplementedError


@pytest.fixture
def riddle() -> Iterator[None]:
    register(Riddle())
    yield
    del kind_register._register["riddle"]
    assert "riddle" not in kinds()


RIDDLE = PLAIN.replace("kind: text", "kind: riddle")


@pytest.mark.usefixtures("riddle")
def test_kind_registered_at_run_time_is_written_with_parts_and_key(tmp_path: Path) -> None:
    extra = "    parts: {lines: [a, {b: [1, true, null]}]}\n    key: {word: x}\n    options: [{text: o, right: true}, {text: p}]\n"
    folder = write(tmp_path, RIDDLE + extra)
    assert told(folder) == []
    one = frozen(folder)
    question = questions(one)[0]
    assert question.parts == {"lines": ("a", {"b": (1, True, None)})}
    solution = one.pack.solutions[question.id]
    assert solution.key["word"] == "x" and right_ones(question, solution) == {"o"}


@pytest.mark.usefixtures("riddle")
def test_problems_of_a_kind_registered_at_run_time_stand_at_its_lines(tmp_path: Path) -> None:
    assert told(write(tmp_path, RIDDLE + "    key: {word: x}\n    parts: {}\n")) == [
        "pack.yaml:10: rounds[1].questions[1].parts: has no lines"
    ]
    assert told(write(tmp_path, RIDDLE + "    parts: {lines: 1}\n")) == ["pack.yaml:7: rounds[1].questions[1]: has no solution"]
    assert [finding.sentence for finding in check(write(tmp_path, RIDDLE + "    answer: 1\n"))] == [
        "is no field here; did you mean 'answer_picture'?"
    ]


@pytest.mark.usefixtures("riddle")
def test_floats_cannot_come_from_a_file_and_are_refused_from_elsewhere() -> None:
    written = Other.model_validate({"kind": "riddle", "ask": "?", "key": {"share": [0.5]}})
    with pytest.raises(TypeError):
        written.meaning(["ru"])

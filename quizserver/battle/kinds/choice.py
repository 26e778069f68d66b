"""Questions with options: one right, several right, true or false. Key: {"right": [option id, ...]}."""

from collections.abc import Iterator, Mapping

from quizserver.battle.ids import TeamId
from quizserver.battle.kinds.kind import Kind, Problem
from quizserver.battle.questions import Plain, Question, Solution

MOST_OPTIONS = 6  # one letter, shape and colour each, from a palette that colour-blind people can tell apart


def _right_ids(solution: Solution) -> frozenset[str]:
    right = solution.key.get("right", ())
    return frozenset(str(option) for option in right) if isinstance(right, tuple | list) else frozenset()


class OneChoice(Kind):
    """Exactly one option is right; an answer is one option id."""

    name = "one"
    shuffles_options = True
    fewest, most_right = 2, 1

    def problems(self, question: Question, solution: Solution) -> Iterator[Problem]:
        count = len(question.options)
        if not self.fewest <= count <= MOST_OPTIONS:
            yield Problem("options", f"has {count} options; give {self.fewest} to {MOST_OPTIONS}")
        right = _right_ids(solution)
        if not right:
            yield Problem("options", "has no right option; mark it with `right: true`")
        if len(right) > (self.most_right or count):
            yield Problem("options", f"has {len(right)} right options; this kind has {self.most_right}")
        if right - {option.id for option in question.options}:
            yield Problem("options", "names a right option that is not among the options")

    def read(self, question: Question, raw: object) -> Plain:
        if not isinstance(raw, str):
            raise ValueError("wrong_type")
        for option in question.options:
            if option.id == raw:
                return raw
        raise ValueError("no_such_option")

    def right(self, question: Question, solution: Solution, values: Mapping[TeamId, Plain]) -> set[TeamId]:
        right = _right_ids(solution)
        return {team for team, value in values.items() if self._chosen(value) == right}

    def solution_view(self, question: Question, solution: Solution) -> Mapping[str, Plain]:
        right = _right_ids(solution)
        return {"right": tuple(option.id for option in question.options if option.id in right)}

    def _chosen(self, value: Plain) -> frozenset[str]:
        return frozenset((str(value),))


class TrueOrFalse(OneChoice):
    """A statement; the two options keep their order, since everybody looks for "true" first."""

    name = "tf"
    shuffles_options = False

    def problems(self, question: Question, solution: Solution) -> Iterator[Problem]:
        yield from super().problems(question, solution)
        if len(question.options) != 2:
            yield Problem("options", "must be exactly two: true and false")


class SeveralChoices(OneChoice):
    """All right options and no other; an answer is the set of option ids, in the question's order."""

    name = "several"
    fewest, most_right = 3, 0

    def read(self, question: Question, raw: object) -> Plain:
        if not isinstance(raw, list | tuple) or not all(isinstance(one, str) for one in raw):
            raise ValueError("wrong_type")
        if not raw:
            raise ValueError("empty")
        chosen = set(raw)
        if len(chosen) != len(raw) or chosen - {option.id for option in question.options}:
            raise ValueError("no_such_option")
        return tuple(option.id for option in question.options if option.id in chosen)

    def said(self, question: Question, value: Plain) -> str:
        return " ".join(sorted(self._chosen(value)))

    def _chosen(self, value: Plain) -> frozenset[str]:
        return frozenset(str(one) for one in value) if isinstance(value, tuple | list) else frozenset()

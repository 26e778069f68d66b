"""A number. Key: {"value": "21242", "mode": "exact" | "tolerance" | "nearest", "tolerance": "5" or "5%"}.

Nearest wins: all teams whose number is nearest get the points, online and on paper together; the desk enters the number.
Parts: {"unit": {language: text}}.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from re import compile as pattern

from quizserver.battle.ids import TeamId
from quizserver.battle.kinds.kind import Kind, Problem
from quizserver.battle.questions import Plain, Question, Solution

MODES = ("exact", "tolerance", "nearest")
MOST_DIGITS = 30
_SPACES = {ord(space): None for space in " \t\u00a0\u2009\u202f'"}
_NUMBER = pattern(r"[+-]?\d+(?:\.\d+)?")


def canonical(raw: str) -> str:
    """A decimal in one form: "21 242,50" -> "21242.5"; Russian comma, thin spaces and the true minus are understood.

    Raises ValueError("wrong_type") where it is no number, ValueError("too_long") over 30 digits.
    """
    text = raw.strip().translate(_SPACES).replace("\u2212", "-").replace(",", ".")
    if len(text) > MOST_DIGITS:
        raise ValueError("too_long")
    if not _NUMBER.fullmatch(text) or not text.isascii():
        raise ValueError("wrong_type")
    whole, _, rest = text.lstrip("+-").partition(".")
    size = (whole.lstrip("0") or "0") + ("." + rest.rstrip("0") if rest.rstrip("0") else "")
    return "-" + size if text.startswith("-") and size != "0" else size


def _tolerance(solution: Solution) -> Fraction:
    text = str(solution.key.get("tolerance", "0"))
    if text.endswith("%"):
        return abs(_value(solution)) * Fraction(canonical(text[:-1])) / 100
    return Fraction(canonical(text))


def _value(solution: Solution) -> Fraction:
    return Fraction(canonical(str(solution.key.get("value", ""))))


class Number(Kind):
    """An answer is a decimal string in canonical form."""

    name = "number"
    takes_text = True

    def problems(self, question: Question, solution: Solution) -> Iterator[Problem]:
        mode = solution.key.get("mode", "exact")
        if mode not in MODES:
            yield Problem("mode", f"is {mode!r}; it must be one of {', '.join(MODES)}")
        try:
            _value(solution)
        except ValueError:
            yield Problem("value", "is not a number")
            return
        try:
            if _tolerance(solution) < 0:
                yield Problem("tolerance", "is below zero")
        except ValueError:
            yield Problem("tolerance", "is neither a number nor a percentage such as 5%")

    def read(self, question: Question, raw: object) -> Plain:
        if isinstance(raw, bool) or not isinstance(raw, str | int):
            raise ValueError("wrong_type")
        if isinstance(raw, int) and abs(raw) >= 10**MOST_DIGITS:
            raise ValueError("too_long")
        if isinstance(raw, str) and not raw.strip():
            raise ValueError("empty")
        return canonical(str(raw))

    def right(self, question: Question, solution: Solution, values: Mapping[TeamId, Plain]) -> set[TeamId]:
        target = _value(solution)
        away = {team: abs(Fraction(str(value)) - target) for team, value in values.items()}
        match solution.key.get("mode"):
            case "nearest":
                allowed = min(away.values(), default=Fraction(0))
            case "tolerance":
                allowed = _tolerance(solution)
            case _:
                allowed = Fraction(0)
        return {team for team, distance in away.items() if distance <= allowed}

    def solution_view(self, question: Question, solution: Solution) -> Mapping[str, Plain]:
        return {
            "value": canonical(str(solution.key["value"])),
            "mode": solution.key.get("mode", "exact"),
            "tolerance": solution.key.get("tolerance"),
        }

    def may_be_beaten(self, question: Question, solution: Solution, value: Plain) -> bool:
        return solution.key.get("mode") == "nearest" and Fraction(str(value)) != _value(solution)

    def paper_takes_value(self, question: Question, solution: Solution) -> bool:
        return solution.key.get("mode") == "nearest"

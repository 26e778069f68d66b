"""Free text with accepted variants. Key: {"accept": {language: [variant, ...]}, "reject": [...]}; the first variant is shown.

Two texts say the same when their folded forms are equal: case, ё=е, quotes, spaces, dashes and punctuation do not count. In a
word of more than four letters one typo (a letter wrong, missing, too many, or two swapped) is forgiven, but never in a digit,
and never when it leads to a variant the writer rejects.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from unicodedata import category, normalize

from quizserver.battle.ids import TeamId
from quizserver.battle.kinds.kind import Kind, Problem
from quizserver.battle.questions import Plain, Question, Solution

MOST_LETTERS = 200  # a long answer is a sentence already; Open-Quiz takes 256
TYPO_FROM_LETTERS = 5  # "one typo in words over four letters"
_PARTS_WORDS = "−_/⁄"  # beside all dashes and spaces
_APOSTROPHE = "ʼ"  # that is written as a letter


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """The form under which texts are compared: idempotent, lower case, words separated by one space."""
    bare = "".join(char for char in text if category(char) != "Sk")  # or ´ would become a space with an accent
    plain = normalize("NFKD", normalize("NFKD", bare).casefold())
    plain = normalize("NFC", "".join(map(_letter_or_space, plain)))
    while "ё" in plain:
        plain = normalize("NFC", plain.replace("ё", "е"))
    return " ".join(plain.split())


def _letter_or_space(char: str) -> str:
    """Letters, digits, accents and signs such as + or № stay; what parts words becomes a space; quotes and punctuation go."""
    kind = category(char)
    if kind == "Pd" or char in _PARTS_WORDS or char.isspace():
        return " "
    return char if kind[0] in "LNMS" and char != _APOSTROPHE else ""


def squeeze(folded: str) -> str:
    """A folded text without its spaces: «Ту 104», «Ту-104» and «Ту104» are one."""
    return folded.replace(" ", "")


def one_typo_apart(said: str, meant: str) -> bool:
    """True if one edit turns `said` into `meant`: replace, leave out, put in, or swap two neighbours. Digits are never typos."""
    if said == meant or abs(len(said) - len(meant)) > 1 or _digits(said) != _digits(meant):
        return False
    start = next((i for i, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(len(said), len(meant)))
    a, b = said[start:], meant[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:] and not _digits(a[:2])
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isnumeric())


def _word_matches(said: str, meant: str) -> bool:
    return said == meant or (len(meant) >= TYPO_FROM_LETTERS and one_typo_apart(said, meant))


def matches(said: str, meant: str) -> bool:
    """True if a folded text says what a folded variant says, typos in long words forgiven."""
    if squeeze(said) == squeeze(meant):
        return True
    said_words, meant_words = said.split(), meant.split()
    return len(said_words) == len(meant_words) and all(map(_word_matches, said_words, meant_words))


def variants(solution: Solution) -> list[str]:
    """All accepted variants of all languages, as written."""
    accept = solution.key.get("accept", {})
    lists = accept.values() if isinstance(accept, Mapping) else ()
    return [str(text) for texts in lists if isinstance(texts, tuple | list) for text in texts]


def rejected(solution: Solution) -> list[str]:
    """Variants that look close and are wrong («Ан-2» where «АНТ-2» is meant), as written."""
    reject = solution.key.get("reject", ())
    return [str(text) for text in reject] if isinstance(reject, tuple | list) else []


class FreeText(Kind):
    """An answer is a line of text, kept as it was typed (trimmed); it is folded only to be compared."""

    name = "text"
    is_judged = True
    takes_text = True

    def problems(self, question: Question, solution: Solution) -> Iterator[Problem]:
        accepted = [fold(text) for text in variants(solution)]
        if not accepted:
            yield Problem("accept", "has no accepted variant; give at least one")
        if "" in accepted:
            yield Problem("accept", "has a variant with no letter or digit in it")
        if set(map(squeeze, accepted)) & {squeeze(fold(text)) for text in rejected(solution)}:
            yield Problem("reject", "rejects a variant that is also accepted")

    def read(self, question: Question, raw: object) -> Plain:
        if not isinstance(raw, str):
            raise ValueError("wrong_type")
        if len(raw) > MOST_LETTERS:
            raise ValueError("too_long")
        if not fold(raw):
            raise ValueError("empty")
        return " ".join("".join(char if category(char)[0] != "C" else " " for char in raw).split())

    def right(self, question: Question, solution: Solution, values: Mapping[TeamId, Plain]) -> set[TeamId]:
        accepted = [fold(text) for text in variants(solution)]
        refused = {squeeze(fold(text)) for text in rejected(solution)}
        right = {
            said
            for said in {self.said(question, value) for value in values.values()}
            if squeeze(said) not in refused and any(matches(said, variant) for variant in accepted)
        }
        return {team for team, value in values.items() if self.said(question, value) in right}

    def solution_view(self, question: Question, solution: Solution) -> Mapping[str, Plain]:
        accept = solution.key.get("accept", {})
        return {"accept": accept if isinstance(accept, Mapping) else {}}

    def said(self, question: Question, value: Plain) -> str:
        return fold(str(value))

"""Whether what everybody sees says the answer: a question's words, a picture's description, its name and its words."""

from collections.abc import Iterator

from quizserver.battle.kinds.text import fold, squeeze
from rounds.asking import Asking
from rounds.kinds import Choice, Text
from rounds.picture import inside, words
from rounds.written import Written
from rounds.yaml_lines import Where

SHORTEST = 4  # shorter words stand inside too many others by chance


def giveaways(written: Written) -> Iterator[tuple[Where, str]]:
    """Where each public text stands that contains an answer, and a sentence. The pictures must have been found good."""
    for where, question in written.asked():
        answers = list(_answers(question))
        for place, text, name in _public(written, question):
            said = next((answer for answer in answers if _says(text, answer)), None)
            if said:
                yield (*where, *place), f"{name} the answer {said!r}"


def _answers(question: Asking) -> Iterator[str]:
    if isinstance(question, Text):
        yield from (variant for variants in question.accept.values() for variant in variants)
    if isinstance(question, Choice):
        yield from (text for option in question.options if option.right for text in option.text.values())


def _public(written: Written, question: Asking) -> Iterator[tuple[Where, str, str]]:
    if isinstance(question, Text):
        yield from ((("ask", one), text, "contains") for one, text in question.ask.items())
    if question.picture:
        yield from ((("picture", "alt", one), text, "contains") for one, text in question.picture.alt.items())
        drawn = words(inside(written.folder, question.picture.file))
        yield from ((("picture", "file"), text, "has, in its name or its words,") for text in drawn)


def _says(text: str, answer: str) -> bool:
    short = squeeze(fold(answer))
    if len(short) < SHORTEST or short.isdecimal():
        return f" {fold(answer)} " in f" {fold(text)} "
    return short in squeeze(fold(text))

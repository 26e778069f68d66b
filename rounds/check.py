"""Everything that is wrong with a pack, found before the evening: `check` never raises, whatever lies in the folder."""

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from pydantic import BaseModel

from quizserver.battle.kinds import kind_of
from quizserver.battle.questions import Collect, Reveal
from rounds.contrast import weak_pairs
from rounds.findings import Finding, PackError, format, has_errors
from rounds.freeze import freeze
from rounds.giveaways import giveaways
from rounds.picture import BadPicture, inside, problems
from rounds.words import missing
from rounds.written import Written, read
from rounds.yaml_lines import Where

__all__ = ["check", "format"]


def check(folder: Path) -> list[Finding]:
    """All findings about a pack's folder, in the order of its lines. An empty list is a pack that can be played."""
    try:
        written = read(folder)
    except PackError as wrong:
        return list(wrong.findings)
    found = [*_languages(written), *_theme(written), *_rules(written), *_pictures(written), *_name(written)]
    if not has_errors(found):  # a pack that cannot be frozen has no questions to look at yet
        found += [*_questions(written), *_giveaways(written)]
    return sorted(found, key=lambda finding: (finding.line, finding.field, finding.sentence))


def _languages(written: Written) -> Iterator[Finding]:
    first, known = written.pack.languages[0], written.pack.languages
    for where, words in _texts(written.pack, ()):
        lacking = missing(words, known)
        if first in lacking:
            yield written.lines.error(where, f"has no words in {first!r}, the pack's first language")
        elif lacking:
            none = ", ".join(map(repr, lacking))
            yield written.lines.warning(where, f"has no words in {none}; {first!r} is shown instead")
        for other in sorted(set(words) - {*known, "*"}):
            yield written.lines.warning((*where, other), "is a language the pack's `languages` do not name")


def _texts(part: object, where: Where) -> Iterator[tuple[Where, Mapping[str, object]]]:
    """Every map of languages in a written pack: the maps that are part of its models, but for parts and key."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in ("parts", "key"):
                yield from _texts(getattr(part, name), (*where, name))
    elif isinstance(part, list):
        for place, one in enumerate(part):
            yield from _texts(one, (*where, place))
    elif isinstance(part, dict):
        yield where, part


def _theme(written: Written) -> Iterator[Finding]:
    if written.pack.theme:
        yield from (written.lines.error(("theme", field), text) for field, text in weak_pairs(written.pack.theme))


def _rules(written: Written) -> Iterator[Finding]:
    for number, one in enumerate(written.pack.rounds):
        if one.reveal is Reveal.EACH and one.collect is Collect.ROUND:
            sentence = "is each, so teams on paper are refused unless the round has `collect: question`"
            yield written.lines.warning(("rounds", number, "reveal"), sentence)
        if one.reveal is Reveal.ROUND_END and one.collect is Collect.QUESTION:
            sentence = "is question, but slips after every question need `reveal: each`"
            yield written.lines.error(("rounds", number, "collect"), sentence)


def _pictures(written: Written) -> Iterator[Finding]:
    for where, file in _files(written):
        try:
            path = inside(written.folder, file)
        except BadPicture as wrong:
            yield written.lines.error(where, str(wrong))
        else:
            yield from (written.lines.finding(severity, where, text) for severity, text in problems(path))


def _files(written: Written) -> Iterator[tuple[Where, str]]:
    if written.pack.theme and written.pack.theme.art:
        yield ("theme", "art"), written.pack.theme.art
    for where, asked in written.asked():
        for name, picture in (("picture", asked.picture), ("answer_picture", asked.answer_picture)):
            if picture:
                yield (*where, name, "file"), picture.file


def _name(written: Written) -> Iterator[Finding]:
    folder = written.folder.resolve().name
    if written.pack.pack != folder:
        yield written.lines.warning(("pack",), f"is {written.pack.pack!r}, but it is found as {folder!r}, its folder")


def _questions(written: Written) -> Iterator[Finding]:
    """What the kinds themselves say of the questions, as a battle would get them."""
    names = count()
    pack = freeze(written, lambda: f"{next(names)}", lambda _: None, online_only=False).pack
    frozen = [question for one in pack.rounds for question in one.questions]
    for (where, _), question in zip(written.asked(), frozen, strict=True):
        solution = pack.solutions[question.id]
        if not solution.key:
            yield written.lines.error(where, "has no solution")
        for problem in kind_of(question).problems(question, solution):
            yield written.lines.error((*where, problem.field), problem.sentence)


def _giveaways(written: Written) -> Iterator[Finding]:
    yield from (written.lines.warning(where, text) for where, text in giveaways(written))

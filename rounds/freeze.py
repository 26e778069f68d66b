"""Freezes a written pack into what one battle is played with: random names, shuffled options, solutions apart.

No randomness of its own: names and order come in as arguments, so a test can freeze twice alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from quizserver.battle.ids import OptionId, QuestionId, RoundId
from quizserver.battle.kinds import kinds
from quizserver.battle.questions import LocalText, Media, Option, Pack, Plain, Question, Round, Solution, Theme
from rounds.asking import Asking, Picture
from rounds.pack import WrittenRound
from rounds.picture import inside, size
from rounds.words import in_every
from rounds.written import Written

NewId = Callable[[], str]
Shuffle = Callable[[list[Any]], None]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A pack as played, and the files behind the random names its pictures go by."""

    pack: Pack
    media: Mapping[str, Path]


def freeze(written: Written, new_id: NewId, shuffle: Shuffle, online_only: bool) -> Frozen:
    """Freezes for one battle.

    `new_id` must never repeat and mean nothing; `shuffle` works in place, as random.shuffle does.
    Raises BadPicture where a picture is missing: the checker finds that first.
    """
    return _Freezing(written, new_id, shuffle).frozen(online_only)


def digest(folder: Path) -> str:
    """The sha256 of all files of a folder with their names, in the order of their names; hidden files do not count."""
    total = sha256()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(files):
        if not any(part.startswith(".") for part in name.split("/")):
            data = files[name].read_bytes()
            total.update(f"{len(name.encode())} {len(data)} {name}".encode() + data)
    return total.hexdigest()


class _Freezing:
    def __init__(self, written: Written, new_id: NewId, shuffle: Shuffle) -> None:
        self._written, self._new_id, self._shuffle = written, new_id, shuffle
        self._languages = written.pack.languages
        self._solutions: dict[QuestionId, Solution] = {}
        self._media: dict[str, Path] = {}

    def frozen(self, online_only: bool) -> Frozen:
        written = self._written.pack
        rounds = tuple(self._round(one.rules(online_only)) for one in written.rounds)
        pack = Pack(written.pack, self._say(written.title), tuple(self._languages), rounds, self._solutions,
                    self._theme(), digest(self._written.folder))
        return Frozen(pack, self._media)

    def _round(self, one: WrittenRound) -> Round:
        reading_ms = None if one.reading_seconds == "by_hand" else one.reading_seconds * 1000
        id, questions = RoundId(self._new_id()), tuple(map(self._question, one.questions))
        return Round(id, self._say(one.title), questions, one.reveal, one.counts, one.collect, one.grace_ms, reading_ms,
                     one.last_call_seconds, self._say(one.intro))

    def _question(self, asked: Asking) -> Question:
        id, meaning = QuestionId(self._new_id()), asked.meaning(self._languages)
        options, right = self._options(asked.kind, list(meaning.options))
        key: dict[str, Plain] = {**({"right": right} if options else {}), **meaning.key}
        self._solutions[id] = Solution(id, key, self._say(asked.fun_fact), asked.source, self._say(asked.notes),
                                       self._picture(asked.answer_picture))
        return Question(id, asked.kind, self._say(asked.ask), asked.seconds, options, self._picture(asked.picture),
                        asked.points, asked.penalty, meaning.parts)

    def _options(self, kind: str, written: list[tuple[LocalText, bool]]) -> tuple[tuple[Option, ...], tuple[str, ...]]:
        if kinds()[kind].shuffles_options:
            self._shuffle(written)
        # ids come after the shuffle, so that even ids in a row would not tell the written order
        options = [(Option(OptionId(self._new_id()), text), right) for text, right in written]
        return tuple(option for option, _ in options), tuple(option.id for option, right in options if right)

    def _picture(self, picture: Picture | None) -> Media | None:
        if picture is None:
            return None
        return Media(self._file(picture.file), self._say(picture.alt), *size(self._written.folder / picture.file))

    def _file(self, file: str) -> str:
        path = inside(self._written.folder, file)
        name = self._new_id() + path.suffix.lower()
        self._media[name] = path
        return name

    def _theme(self) -> Theme:
        written = self._written.pack.theme
        if written is None:
            return Theme()
        colours = written.model_dump(exclude={"art"})
        tokens = {name.replace("_", "-"): value for name, value in colours.items()}
        return Theme(self._written.pack.pack, tokens, self._file(written.art) if written.art else "")

    def _say(self, words: Mapping[str, str] | None) -> LocalText:
        return in_every(words, self._languages) if words else {}

"""The pack as its writer knows it: questions with their solutions, read from disk and never from the server."""

from collections.abc import Sequence

from quizserver.rehearsal.evening import Asked, PlayedRound
from rounds.asking import Asking
from rounds.kinds import Number, Text
from rounds.pack import WrittenRound
from rounds.written import Written

SECOND_MS = 1000


class CannotBeRehearsed(Exception):
    """The script has no words for something in this pack; one sentence."""


def rounds_of(written: Written, online_only: bool) -> tuple[PlayedRound, ...]:
    """The rounds by the rules that hold with or without paper. Raises CannotBeRehearsed."""
    played = [one.rules(online_only) for one in written.pack.rounds]
    if not online_only and any(one.collect == "question" for one in played):
        raise CannotBeRehearsed(
            f"The pack {written.pack.pack} collects slips question by question, which no scorekeeper here plays."
        )
    return tuple(_round(one, written.pack.languages) for one in played)


def _round(one: WrittenRound, languages: Sequence[str]) -> PlayedRound:
    reading_s = 0 if one.reading_seconds == "by_hand" else one.reading_seconds
    clocks_s = sum(asked.seconds + reading_s for asked in one.questions) + one.last_call_seconds
    return PlayedRound(
        tuple(_asked(asked, languages) for asked in one.questions),
        reveals_each=one.reveal == "each",
        only_first_counts=one.counts == "first",
        grace_ms=one.grace_ms,
        length_ms=clocks_s * SECOND_MS,
    )


def _asked(asked: Asking, languages: Sequence[str]) -> Asked:
    meaning = asked.meaning(languages)
    options = [(text[languages[0]], right) for text, right in meaning.options]
    match asked:
        case Text():
            accepted = meaning.key["accept"]
            assert isinstance(accepted, dict)
            variants = tuple(str(text) for texts in accepted.values() for text in texts)
            return Asked(asked.kind, asked.points, asked.penalty, right=variants, near=tuple(asked.reject))
        case Number():
            tolerance = asked.tolerance or ""
            return Asked(asked.kind, asked.points, asked.penalty, number=asked.value, mode=asked.mode, tolerance=tolerance)
    if asked.kind not in ("one", "tf", "several"):
        raise CannotBeRehearsed(f"Nobody here knows how to answer a question of the kind {asked.kind}.")
    texts, right = tuple(text for text, _ in options), tuple(text for text, is_right in options if is_right)
    return Asked(asked.kind, asked.points, asked.penalty, options=texts, right=right)

"""Evenings at a moment of play, driven there."""

from collections.abc import Callable
from dataclasses import replace

from quizserver.battle import commands as ask
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Counts, Media, Pack
from tests.support.page_evenings import US, PageEvening, frozen

LONG = (
    "Этот самолёт, который конструкторское бюро построило в двух экземплярах, поднялся в воздух за несколько недель до срока, "
    "назначенного правительством, и в первом же полёте показал скорость, какой не было ни у одной другой машины своего класса. "
    "Лётчик, который его поднимал, потом вспоминал, что больше всего боялся не высоты и не скорости, а фотографа на крыле. "
    "Как называлась машина и кто её построил на самом деле?"
)


def at(phase: Phase, number: int = 1, wait_ms: int = 0, paper: bool = True, **more: object) -> Callable[[], PageEvening]:
    """The Tupolev evening at this phase of this question; we ourselves have not answered it."""

    def make() -> PageEvening:
        evening = PageEvening(paper=paper, **more)  # type: ignore[arg-type]
        evening.to(phase, number)
        evening.wait(wait_ms)
        return evening

    return make


def unsaid(phase: Phase, number: int, wait_ms: int = 8_000, paper: bool = True) -> Callable[[], PageEvening]:
    """The same; others have answered."""
    made = at(phase, number, wait_ms, paper)

    def make() -> PageEvening:
        evening = made()
        evening.everybody_answers(but=frozenset({US}))
        return evening

    return make


def after(make: Callable[[], PageEvening], *commands: ask.Command) -> Callable[[], PageEvening]:
    """The evening after these commands."""

    def made() -> PageEvening:
        evening = make()
        evening.do(*commands)
        return evening

    return made


def with_round(**rules: object) -> Pack:
    """The Tupolev pack with other rules in its round."""
    pack = frozen(online_only=True).pack
    return replace(pack, rounds=(replace(pack.rounds[0], **rules),))  # type: ignore[arg-type]


def with_first_question(**changes: object) -> Pack:
    """The Tupolev pack with another first question."""
    pack = frozen(online_only=True).pack
    first, *rest = pack.rounds[0].questions
    changed = replace(first, **changes)  # type: ignore[arg-type]
    return replace(pack, rounds=(replace(pack.rounds[0], questions=(changed, *rest)),))


def first_counts() -> PageEvening:
    evening = PageEvening(pack=with_round(counts=Counts.FIRST), paper=False)
    evening.to(Phase.OPEN)
    evening.wait(8_000)
    return evening


def marked(us_right: bool, number: int = 8) -> Callable[[], PageEvening]:
    """A revealed question of an online evening that we had right or wrong."""

    def make() -> PageEvening:
        evening = PageEvening(paper=False, many=20)
        evening.to(Phase.OPEN, number)
        asked = evening.state.current_question
        assert asked is not None
        evening.answer(US, evening.value(asked, right=us_right))
        evening.everybody_answers(but=frozenset({US}))
        evening.to(Phase.REVEALED, number)
        return evening

    return make


def ticked() -> PageEvening:
    evening = PageEvening(many=160)
    evening.to(Phase.REVEALED, 6)
    for said in ("ил 18", "ту 134"):
        evening.do(ask.TickAnswer(question=evening.shown, said=said, shown=True))
    return evening


def voided(make: Callable[[], PageEvening]) -> Callable[[], PageEvening]:
    """The host has taken the question on the stage out."""

    def made() -> PageEvening:
        evening = make()
        evening.do(ask.VoidQuestion(question=evening.shown, voided=True, reason="two answers are right"))
        return evening

    return made


def unanswered() -> PageEvening:
    """A revealed question to which we ourselves said nothing."""
    evening = unsaid(Phase.OPEN, 1, paper=False)()
    evening.to(Phase.REVEALED, 1)
    return evening


def come_late() -> PageEvening:
    """We have only just joined: the round is at its fifth question."""
    evening = at(Phase.OPEN, 5)()
    evening.wait(8_000)
    evening.join("Опоздавшие")
    return evening


def named(name: str, phase: Phase = Phase.OPEN) -> PageEvening:
    evening = PageEvening(paper=False)
    evening.join(name)
    evening.to(phase)
    return evening


def after_the_break() -> PageEvening:
    evening = after(at(Phase.ROUND_END, 12), ask.StartBreak(seconds=60))()
    evening.wait(61_000)
    return evening


def long_question(media: Media | None = None, options: bool = True) -> PageEvening:
    changes: dict[str, object] = {"text": {"ru": LONG[:400], "en": LONG[:400]}, "media": media}
    pack = with_first_question(**changes) if options else with_first_question(**changes, kind="text", options=())
    evening = PageEvening(pack=pack, paper=False)
    evening.to(Phase.OPEN)
    evening.wait(8_000)
    return evening


def long_options() -> PageEvening:
    pack = frozen(online_only=True).pack
    first = pack.rounds[0].questions[0]
    long = "Цельнометаллический свободнонесущий моноплан с низкорасположенным крылом и убирающимся шасси, построенный в 1934 году"
    options = tuple(
        replace(option, text={"ru": long[: 120 - at], "en": long[: 120 - at]}) for at, option in enumerate(first.options)
    )
    evening = PageEvening(pack=with_first_question(options=options, text={"ru": LONG[:180], "en": LONG[:180]}), paper=False)
    evening.to(Phase.OPEN)
    evening.wait(8_000)
    return evening


def portrait() -> Media:
    """The pack's own drawing, which is tall."""
    return Media(frozen().pack.theme.art, {"ru": "Чертёж самолёта", "en": "Drawing of an aircraft"}, 456, 812)


def band() -> Media:
    media = frozen().pack.rounds[0].questions[11].media
    assert media is not None
    return media

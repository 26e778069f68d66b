"""Every state of the public pages: the real views of an evening driven to it, and what the person at the page has done there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from playwright.async_api import Browser, BrowserContext, Page

from quizserver.battle import commands as ask
from quizserver.battle.ids import TeamId
from quizserver.battle.phases import Phase
from quizserver.battle.questions import Counts, Media, Pack
from tests.support.page_evenings import NAMES, ON_PAPER, US, PageEvening, frozen
from tests.support.page_server import CODE, PIN, PlayedHub

SETTLE_MS = 120
KEPT = {"quiz.screen": "x" * 24, f"quiz.team.{PIN}": "x" * 24, f"quiz.team.{PIN}.code": CODE, "quiz.pin": PIN}
"""What a device of an earlier visit has in its storage."""
LONG = (
    "Этот самолёт, который конструкторское бюро построило в двух экземплярах, поднялся в воздух за несколько недель до срока, "
    "назначенного правительством, и в первом же полёте показал скорость, какой не было ни у одной другой машины своего класса. "
    "Лётчик, который его поднимал, потом вспоминал, что больше всего боялся не высоты и не скорости, а фотографа на крыле. "
    "Как называлась машина и кто её построил на самом деле?"
)
WIDE_NAME = "Ш" * 40


@dataclass(frozen=True)
class Scene:
    """`make`: an evening at the state; `act`: what happens on the page then; `link`: the address's end."""

    name: str
    make: Callable[[], PageEvening]
    act: Callable[[Page, PlayedHub], Awaitable[None]] | None = None
    role: str = "team"
    team: TeamId = US
    link: str = "/"
    acks: bool = True

    @property
    def is_screen(self) -> bool:
        return self.link.startswith("/screen")


async def show(scene: Scene, context: BrowserContext, url: str, language: str = "ru") -> tuple[Page, PlayedHub]:
    """A page of its own that stands in this state."""
    page = await context.new_page()
    hub = hub_of(scene)
    await page.route_web_socket("**/ws", hub.connected)
    await page.add_init_script(f"for (const [name, value] of Object.entries({kept_for(scene)})) localStorage.setItem(name, value)")
    await stand(page, hub, scene, url, language)
    return page, hub


def hub_of(scene: Scene) -> PlayedHub:
    hub = PlayedHub(scene.make(), scene.role, scene.team)
    hub.acks = scene.acks
    return hub


def kept_for(scene: Scene) -> dict[str, str]:
    """What the device has in its storage."""
    return {} if scene.role == "guest" else KEPT


async def stand(page: Page, hub: PlayedHub, scene: Scene, url: str, language: str) -> None:
    """Goes to the page, waits until it is drawn, and does there what the scene does."""
    await page.goto(f"{url}{scene.link}?lang={language}")
    await page.locator("#page > :not(.is-connecting)").first.wait_for(state="attached")
    await page.evaluate("document.fonts.ready.then(() => 0)")
    await page.wait_for_timeout(SETTLE_MS)
    if scene.act:
        await page.wait_for_timeout(500)  # taps on what has only just come are not taken
        await scene.act(page, hub)
        await page.wait_for_timeout(SETTLE_MS)


def speaking(scene: Scene, language: str) -> Scene:
    """The same on a battle whose screens speak this language."""

    def make() -> PageEvening:
        evening = scene.make()
        evening.speak(language)
        return evening

    return replace(scene, make=make)


async def phone_context(browser: Browser, width: int = 390, height: int = 844, scale: int = 1) -> BrowserContext:
    """A phone that speaks Russian."""
    return await browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="ru-RU",
        has_touch=True,
        timezone_id="Europe/Moscow",
    )


# --- evenings ------------------------------------------------------------------------------------------------------------


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


def tied(*leads: int) -> Callable[[], PageEvening]:
    """A final in which the first teams lead by so many points: equal ones share a place."""
    made = standing(many=30, sheets=4)

    def final() -> PageEvening:
        evening = made()
        names = (*NAMES[6:8], *NAMES[:4])
        for name, lead in zip(names, leads, strict=False):
            given = evening.mine(TeamId(name))["place"]["points"]
            evening.do(ask.AdjustPoints(team=TeamId(name), points=10_000 + 100 * lead - given, reason="a prize"))
        evening.do(ask.ShowPodium())
        return evening

    return final


def standing(many: int = 213, sheets: int = 2) -> Callable[[], PageEvening]:
    """The round has ended, some sheets are in, the standing is on the stage."""

    def make() -> PageEvening:
        evening = PageEvening(many=many)
        evening.to(Phase.ROUND_CLOSED, 12)
        evening.confirm()
        evening.enter_sheets(sheets)
        evening.to(Phase.ROUND_END, 12)
        evening.do(ask.ShowStanding())
        return evening

    return make


def ended(leads: TeamId) -> Callable[[], PageEvening]:
    """The round has ended, no sheet is in, this team leads by a point."""

    def make() -> PageEvening:
        evening = at(Phase.ROUND_END, 12)()
        evening.do(ask.AdjustPoints(team=leads, points=100, reason="a song"))
        return evening

    return make


# --- what the person does ------------------------------------------------------------------------------------------------


async def tap_second(page: Page, hub: PlayedHub) -> None:
    await page.locator(".choice").nth(1).click()


async def drop(page: Page, hub: PlayedHub) -> None:
    await tap_second(page, hub)
    await hub.go_down()


async def mark_two(page: Page, hub: PlayedHub) -> None:
    await page.locator(".choice").nth(0).click()
    await page.locator(".choice").nth(2).click()


async def send_two(page: Page, hub: PlayedHub) -> None:
    await mark_two(page, hub)
    await page.locator(".send-row button").click()


def writes(words: str, saves: bool = True) -> Callable[[Page, PlayedHub], Awaitable[None]]:
    async def act(page: Page, hub: PlayedHub) -> None:
        await page.locator("#answer").fill(words)
        if saves:
            await page.locator("button[type=submit]").click()

    return act


def told(verdict: str, **more: object) -> Callable[[Page, PlayedHub], Awaitable[None]]:
    """A tap, and what the server makes of it."""

    async def act(page: Page, hub: PlayedHub) -> None:
        await tap_second(page, hub)
        while not hub.answers:
            await page.wait_for_timeout(20)
        hub.ack(hub.answers[-1], verdict, **more)

    return act


async def another_phone(page: Page, hub: PlayedHub) -> None:
    asked = hub.evening.state.current_question
    assert asked is not None
    hub.evening.answer(US, asked.options[2].id)
    hub.tell()


async def overtaken(page: Page, hub: PlayedHub) -> None:
    """Another phone has answered later than this one, whose tap was on its way."""
    await another_phone(page, hub)
    await told("superseded")(page, hub)


async def no_server(page: Page, hub: PlayedHub) -> None:
    await hub.go_down()
    await page.locator(".stale").wait_for()


def cut(code: int, reason: str) -> Callable[[Page, PlayedHub], Awaitable[None]]:
    async def act(page: Page, hub: PlayedHub) -> None:
        await hub.end(code, reason)

    return act


async def wrong_pin(page: Page, hub: PlayedHub) -> None:
    await page.locator("#pin").fill("418072")


async def taken_name(page: Page, hub: PlayedHub) -> None:
    hub.refusals["join"] = "name_taken"
    await page.locator("#name").fill("Допуск и посадка")
    await page.locator("button[type=submit]").click()


async def as_mate(page: Page, hub: PlayedHub) -> None:
    await page.locator(".button-quiet").click()


async def wait_long(page: Page, hub: PlayedHub) -> None:
    await page.wait_for_timeout(1_500)


async def screen_context(browser: Browser, width: int = 1920, height: int = 1080) -> BrowserContext:
    """A projector."""
    return await browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU", timezone_id="Europe/Moscow")


QR = f"/j/{PIN}"
FIRST = {"counts": Counts.FIRST}
BY_HAND = {"reading_ms": None}

PHONE: tuple[Scene, ...] = (
    Scene("join", at(Phase.LOBBY), role="guest"),
    Scene("join-qr", at(Phase.LOBBY), role="guest", link=QR),
    Scene("join-error", at(Phase.LOBBY), wrong_pin, role="guest"),
    Scene("join-taken", at(Phase.LOBBY), taken_name, role="guest", link=QR),
    Scene("join-mate", at(Phase.LOBBY), as_mate, role="guest", link=QR),
    Scene("lobby", at(Phase.LOBBY)),
    Scene("intro", at(Phase.ROUND_INTRO)),
    Scene("shown", at(Phase.SHOWN, pack=with_round(**BY_HAND), paper=False)),
    Scene("reading", after(at(Phase.ROUND_INTRO, paper=False), ask.ShowQuestion())),
    Scene("choice", unsaid(Phase.OPEN, 1, paper=False)),
    Scene("sending", unsaid(Phase.OPEN, 1, paper=False), tap_second, acks=False),
    Scene("saved", unsaid(Phase.OPEN, 1, paper=False), tap_second),
    Scene("saved-elsewhere", unsaid(Phase.OPEN, 1, paper=False), another_phone),
    Scene("offline", unsaid(Phase.OPEN, 1, paper=False), drop, acks=False),
    Scene("late", unsaid(Phase.OPEN, 1, paper=False), told("late", late_ms=412), acks=False),
    Scene("first", lambda: _first_counts(), tap_second),
    Scene("last-seconds", unsaid(Phase.OPEN, 1, 16_000, paper=False), tap_second),
    Scene("over", unsaid(Phase.OPEN, 1, 20_000, paper=False)),
    Scene("closed", at(Phase.CLOSED, 1, paper=False)),
    Scene("picture", unsaid(Phase.OPEN, 7, paper=False)),
    Scene("true-or-false", unsaid(Phase.OPEN, 3, paper=False), tap_second),
    Scene("several", unsaid(Phase.OPEN, 2), mark_two),
    Scene("several-saved", unsaid(Phase.OPEN, 2), send_two),
    Scene("six", unsaid(Phase.OPEN, 11), mark_two),
    Scene("text", unsaid(Phase.OPEN, 6), writes("Ту-104", saves=False)),
    Scene("text-saved", unsaid(Phase.OPEN, 6), writes("Ту-104")),
    Scene("number", unsaid(Phase.OPEN, 12), writes("10 000")),
    Scene("long", lambda: long_question()),
    Scene("paused", after(unsaid(Phase.OPEN, 1), ask.Pause())),
    Scene("late-join", come_late, team=TeamId("Опоздавшие")),
    Scene("voided", voided(unsaid(Phase.OPEN, 1, paper=False))),
    Scene("superseded", unsaid(Phase.OPEN, 1, paper=False), overtaken, acks=False),
    Scene("missed", unsaid(Phase.OPEN, 1, paper=False), told("missed"), acks=False),
    Scene("text-long", unsaid(Phase.OPEN, 6), writes("Цельнометаллический свободнонесущий моноплан АНТ-25")),
    Scene("on-paper", at(Phase.OPEN, 3), team=TeamId(ON_PAPER[0])),
    Scene("sheet", at(Phase.LAST_CALL, 12, 20_000)),
    Scene("round-closed", at(Phase.ROUND_CLOSED, 12)),
    Scene("right", marked(us_right=True)),
    Scene("wrong", marked(us_right=False)),
    Scene("right-several", marked(us_right=True, number=11)),
    Scene("wrong-text", marked(us_right=False, number=6)),
    Scene("wrong-number", marked(us_right=False, number=12)),
    Scene("no-answer", unanswered),
    Scene("removed", voided(marked(us_right=True))),
    Scene("reveal-round", at(Phase.REVEALED, 5)),
    Scene("pending", at(Phase.REVEALED, 1), team=TeamId(ON_PAPER[0])),
    Scene("place", after(at(Phase.ROUND_END, 12), ask.ShowStanding())),
    Scene("place-possible", ended(TeamId(NAMES[1])), team=TeamId(NAMES[1])),
    Scene("place-possible-own", ended(TeamId(NAMES[1])), team=TeamId(ON_PAPER[0])),
    Scene("break", after(at(Phase.ROUND_END, 12), ask.StartBreak(seconds=600))),
    Scene("finished", at(Phase.FINISHED, 12)),
    Scene("replaced", at(Phase.OPEN, 1), cut(4501, "replaced")),
    Scene("forgotten", at(Phase.OPEN, 1), cut(4500, "unknown_token")),
    Scene("break-over", lambda: _after_the_break()),
    Scene("long-name-in", lambda: _named(WIDE_NAME, Phase.LOBBY), team=TeamId(WIDE_NAME)),
    Scene("long-name", lambda: _named(WIDE_NAME), team=TeamId(WIDE_NAME)),
)


def podium_of(make: Callable[[], PageEvening]) -> Callable[[], PageEvening]:
    made = make

    def final() -> PageEvening:
        evening = made()
        evening.do(ask.ShowPodium())
        return evening

    return final


def silent(make: Callable[[], PageEvening]) -> Callable[[], PageEvening]:
    """The desk of the hall has been gone for three minutes."""

    def made() -> PageEvening:
        evening = make()
        evening.silent = dict.fromkeys(evening.state.venues, evening.now_ms - 180_000)
        return evening

    return made


def ahead(make: Callable[[], PageEvening]) -> Callable[[], PageEvening]:
    """A team whose sheet is not in might still be first."""

    def made() -> PageEvening:
        evening = make()
        evening.do(ask.AdjustPoints(team=TeamId(ON_PAPER[3]), points=300, reason="a song"))
        return evening

    return made


def possible(many: int = 213) -> Callable[[], PageEvening]:
    """Two teams whose sheets are missing stand high by what they had before; the first three places nobody can take any more."""
    made = standing(many)

    def make() -> PageEvening:
        evening = made()
        bonuses = dict(zip(NAMES[:3], (3_000, 2_900, 2_800), strict=True)) | {ON_PAPER[2]: 1050, ON_PAPER[3]: 1000}
        for name, points in bonuses.items():
            evening.do(ask.AdjustPoints(team=TeamId(name), points=points, reason="an evening before"))
        return evening

    return make


async def owed(page: Page, hub: PlayedHub) -> None:
    await page.locator(".owes").wait_for(timeout=15_000)


async def answered(page: Page, hub: PlayedHub) -> None:
    hub.say(hub.evening.counts())


SCREEN_LINK = "/screen"


def on_screen(
    name: str,
    make: Callable[[], PageEvening],
    act: Callable[[Page, PlayedHub], Awaitable[None]] | None = None,
    role: str = "screen",
) -> Scene:
    return Scene(name, make, act, role=role, link=SCREEN_LINK)


SCREEN: tuple[Scene, ...] = (
    on_screen("pairing", at(Phase.LOBBY), role="guest"),
    on_screen("lobby", at(Phase.LOBBY, many=160)),
    on_screen("lobby-empty", lambda: PageEvening(nobody=True)),
    on_screen("lobby-stale", at(Phase.LOBBY), no_server),
    on_screen("intro", at(Phase.ROUND_INTRO)),
    on_screen("shown", at(Phase.SHOWN, pack=with_round(**BY_HAND), paper=False)),
    on_screen("reading", after(at(Phase.ROUND_INTRO, paper=False), ask.ShowQuestion())),
    on_screen("question", unsaid(Phase.OPEN, 8, 10_000), answered),
    on_screen("question-last", unsaid(Phase.OPEN, 9, 24_000), answered),
    on_screen("true-or-false", unsaid(Phase.OPEN, 3), answered),
    on_screen("picture", unsaid(Phase.OPEN, 12), answered),
    on_screen("picture-options", unsaid(Phase.OPEN, 7), answered),
    on_screen("text", unsaid(Phase.OPEN, 6), answered),
    on_screen("text-online", unsaid(Phase.OPEN, 10, paper=False), answered),
    on_screen("six", unsaid(Phase.OPEN, 11), answered),
    on_screen("long", lambda: long_question(), answered),
    on_screen("long-portrait", lambda: long_question(_portrait()), answered),
    on_screen("long-portrait-text", lambda: long_question(_portrait(), options=False), answered),
    on_screen("long-band", lambda: long_question(_band()), answered),
    on_screen("long-options", lambda: _long_options(), answered),
    on_screen("closed", unsaid(Phase.CLOSED, 8, paper=False)),
    on_screen("stale", unsaid(Phase.OPEN, 8, 10_000), no_server),
    on_screen("paused", after(unsaid(Phase.OPEN, 1), ask.Pause())),
    on_screen("last-call", at(Phase.LAST_CALL, 12, 20_000)),
    on_screen("round-closed", at(Phase.ROUND_CLOSED, 12)),
    on_screen("collected", at(Phase.COLLECTED, 12)),
    on_screen("reveal", at(Phase.REVEALED, 8, many=160), wait_long),
    on_screen("reveal-several", at(Phase.REVEALED, 2, many=160), wait_long),
    on_screen("reveal-six", at(Phase.REVEALED, 11, many=160), wait_long),
    on_screen("reveal-picture", at(Phase.REVEALED, 7, many=160), wait_long),
    on_screen("reveal-text", lambda: _ticked(), wait_long),
    on_screen("reveal-number", at(Phase.REVEALED, 4, many=160), wait_long),
    on_screen("reveal-nearest", at(Phase.REVEALED, 12, many=160), wait_long),
    on_screen("question-voided", voided(unsaid(Phase.OPEN, 8, 10_000)), answered),
    on_screen("reveal-voided", voided(at(Phase.REVEALED, 8, many=160)), wait_long),
    on_screen("round-end", at(Phase.ROUND_END, 12)),
    on_screen("standing", standing(), wait_long),
    on_screen("standing-few", standing(many=0, sheets=2), wait_long),
    on_screen("standing-all-in", standing(sheets=4), wait_long),
    on_screen("standing-frozen", after(standing(), ask.FreezeStanding(frozen=True)), wait_long),
    on_screen("standing-pending", standing(many=0, sheets=0), wait_long),
    on_screen("standing-stale", standing(), no_server),
    on_screen("standing-possible", possible(), wait_long),
    on_screen("standing-silent", silent(standing()), owed),
    on_screen("break-over", lambda: _after_the_break()),
    on_screen("break-stale", after(at(Phase.ROUND_END, 12), ask.StartBreak(seconds=600)), no_server),
    on_screen("break", after(at(Phase.ROUND_END, 12), ask.StartBreak(seconds=600))),
    on_screen("podium", podium_of(standing(sheets=4)), wait_long),
    on_screen("podium-open", podium_of(ahead(standing(many=30, sheets=2))), wait_long),
    on_screen("podium-few", podium_of(standing(many=17, sheets=4)), wait_long),
    on_screen("podium-clear", tied(9, 5, 3), wait_long),
    on_screen("podium-113", tied(9, 9, 3), wait_long),
    on_screen("podium-122", tied(9, 5, 5), wait_long),
    on_screen("podium-1222", tied(9, 5, 5, 5), wait_long),
    on_screen("podium-111111", tied(9, 9, 9, 9, 9, 9), wait_long),
    on_screen("podium-stale", tied(9, 5, 3), no_server),
    on_screen("replaced", at(Phase.OPEN, 1), cut(4501, "replaced")),
)


def _ticked() -> PageEvening:
    evening = PageEvening(many=160)
    evening.to(Phase.REVEALED, 6)
    for said in ("ил 18", "ту 134"):
        evening.do(ask.TickAnswer(question=evening.shown, said=said, shown=True))
    return evening


def _portrait() -> Media:
    """The pack's own drawing, which is tall."""
    return Media(frozen().pack.theme.art, {"ru": "Чертёж самолёта", "en": "Drawing of an aircraft"}, 456, 812)


def _band() -> Media:
    media = frozen().pack.rounds[0].questions[11].media
    assert media is not None
    return media


def _long_options() -> PageEvening:
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


def _first_counts() -> PageEvening:
    evening = PageEvening(pack=with_round(**FIRST), paper=False)
    evening.to(Phase.OPEN)
    evening.wait(8_000)
    return evening


def long_question(media: Media | None = None, options: bool = True) -> PageEvening:
    changes: dict[str, object] = {"text": {"ru": LONG[:400], "en": LONG[:400]}, "media": media}
    pack = with_first_question(**changes) if options else with_first_question(**changes, kind="text", options=())
    evening = PageEvening(pack=pack, paper=False)
    evening.to(Phase.OPEN)
    evening.wait(8_000)
    return evening


def _named(name: str, phase: Phase = Phase.OPEN) -> PageEvening:
    evening = PageEvening(paper=False)
    evening.join(name)
    evening.to(phase)
    return evening


def _after_the_break() -> PageEvening:
    evening = after(at(Phase.ROUND_END, 12), ask.StartBreak(seconds=60))()
    evening.wait(61_000)
    return evening

"""The modules that decide without drawing: patches, words, time, pauses."""

import json
from random import Random
from typing import Any

import pytest
from playwright.async_api import Page

from quizserver.battle.views import apply_patch, merge_patch
from tests.support.page_clock import clock_cases, clock_says

pytestmark = pytest.mark.asyncio(loop_scope="session")

CASES = 400


def some_json(lots: Random, depth: int = 3) -> Any:
    kind = lots.random()
    if depth and kind < 0.5:
        return {lots.choice("abcde"): some_json(lots, depth - 1) for _ in range(lots.randrange(4))}
    if depth and kind < 0.65:
        return [some_json(lots, depth - 1) for _ in range(lots.randrange(3))]
    return lots.choice([0, 1, -7, "", "ё", True, False, "0.5"])


def some_map(lots: Random) -> dict[str, Any]:
    return {key: some_json(lots) for key in lots.sample("abcdef", lots.randrange(6))}


def with_nulls(lots: Random, patch: dict[str, Any]) -> dict[str, Any]:
    """A patch as no server of ours would write it: nulls where nothing is, maps over values."""
    return {**patch, **{lots.choice("abcdef"): lots.choice([None, {}, {"a": None}, {"a": {"b": None, "c": 1}}]) for _ in range(2)}}


async def test_patches_are_applied_as_the_server_applies_them(module: Page) -> None:
    lots = Random(3)
    cases: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for _ in range(CASES):
        old, new = some_map(lots), some_map(lots)
        cases += [(old, merge_patch(old, new)), (old, with_nulls(lots, some_map(lots)))]
    patched = await module.evaluate(
        """async (text) => {
          const {applyPatch} = await import("/browser/patch.js");
          return JSON.parse(text).map(([old, patch]) => {
            const before = JSON.stringify(old), after = applyPatch(old, patch);
            if (JSON.stringify(old) !== before) throw new Error("the old view was changed");
            return after;
          });
        }""",
        json.dumps(cases),
    )
    assert patched == [apply_patch(old, patch) for old, patch in cases]


async def words(page: Page, script: str) -> Any:
    """A script with the module of words as `w`, its catalogues loaded."""
    return await page.evaluate(f"""async () => {{
      const w = await import("/browser/words.js"); await w.load_words("/player/texts"); return {script}; }}""")


async def test_plurals_and_fractions_follow_their_language(module: Page) -> None:
    said = await words(
        module, """[1, 2, 5, 21, 1.5].map((n) => w.t("podium.points", {points: w.points(n * 100, "ru"), n}, "ru"))"""
    )
    assert said == ["1 балл", "2 балла", "5 баллов", "21 балл", "1,5 балла"]
    said = await words(module, """[1, 2, 1.5].map((n) => w.t("podium.points", {points: w.points(n * 100, "en"), n}, "en"))""")
    assert said == ["1 point", "2 points", "1.5 points"]


async def test_numbers_have_a_true_minus_and_their_languages_marks(module: Page) -> None:
    said = await words(
        module, """[w.decimal("-1234567.5", "ru"), w.decimal("-1234567.5", "en"), w.decimal("1922", "ru"), w.points(-50, "ru")]"""
    )
    assert said == ["−1\u00a0234\u00a0567,5", "−1,234,567.5", "1922", "−0,5"]


async def test_short_words_stay_with_what_follows(module: Page) -> None:
    assert await words(module, """w.bound("Он и в воздухе, и на земле — у цели")""") == (
        "Он и\u00a0в\u00a0воздухе, и\u00a0на\u00a0земле\u00a0— у\u00a0цели"
    )


async def test_a_designation_is_not_torn(module: Page) -> None:
    torn = await words(module, """[w.local("АНТ-25", "ru"), w.local({en: "ANT-25 non-stop, 1941-1945"}, "en")]""")
    assert torn == ["АНТ-\u206025", "ANT-\u206025 non-stop, 1941-1945"]


async def test_a_missing_language_is_replaced_by_one_that_is_there(module: Page) -> None:
    assert await words(module, """[w.local({ru: "да"}, "en"), w.local(undefined), w.local("так", "en")]""") == ["да", "", "так"]


async def test_the_end_of_a_clock_is_known_without_a_message(module: Page) -> None:
    moments = await module.evaluate("""async () => {
      const {moment_of} = await import("/browser/moment.js");
      const clock = {opens_at: 10_000, deadline: 30_000, closes: true};
      const at = (phase, now, more = {}) => { const m = moment_of({phase, clock: {...clock, ...more}}, now); return `${m.is} ${m.left}`; };
      return [at("open", 7_500), at("open", 10_000), at("open", 29_001), at("open", 30_000), at("open", 30_000, {closes: false}),
              at("last_call", 29_999), at("last_call", 31_000), at("closed", 12_000), at("shown", 12_000), at("revealed", 12_000)];
    }""")
    assert moments == [
        "reading 3", "open 20", "open 1", "over 0", "open 0", "open 1", "over 0", "over 0", "shown null", "over 0",
    ]  # fmt: skip


async def test_a_thousand_phones_do_not_come_back_at_once(module: Page) -> None:
    pauses = await module.evaluate("""async () => {
      const {pause_ms} = await import("/browser/link.js");
      return [pause_ms("", 0, () => 0), pause_ms("silent", 0, () => 1), pause_ms("behind", 9, () => 1), pause_ms("restarting 1740", 9)];
    }""")
    assert pauses == [100, 500, 10_000, 1740]


async def test_a_page_s_clock_is_the_one_that_the_measurements_use(module: Page) -> None:
    """What faults/test_reveal_skew.py measures in Python is what pages do: the same looks give the same battle time."""
    cases = clock_cases(Random(5))
    told = await module.evaluate(
        """async (cases) => {
          const {Clock} = await import("/browser/clock.js");
          return cases.map(({guess, looks, at}) => {
            let now = 0;
            const clock = new Clock(() => now);
            now = guess[0];
            clock.guess(guess[1]);
            const said = [clock.now()];
            for (const [sent, received, told] of looks) { now = received; clock.heard(sent, told); said.push(clock.now()); }
            now = at;
            return [...said, clock.now()];
          });
        }""",
        cases,
    )
    assert told == [clock_says(case) for case in cases]


async def test_a_view_waits_for_its_moment_and_never_longer_than_a_lead(module: Page) -> None:
    waits = await module.evaluate("""async () => {
      const {wait_ms} = await import("/browser/lead.js");
      return [[{}, 5], [{shows_at: 1000}, 700], [{shows_at: 1000}, 1000], [{shows_at: 1000}, 1200], [{shows_at: 9000}, 0]]
        .map(([view, now]) => wait_ms(view, now));
    }""")
    assert waits == [0, 300, 0, 0, 400]


async def test_what_comes_while_a_view_waits_is_seen_with_it_and_what_needs_no_wait_at_once(module: Page) -> None:
    seen = await module.evaluate("""async () => {
      const {Curtain} = await import("/browser/lead.js");
      let offset = 0;
      const began = performance.now(), seen = [];
      const clock = {monotonic: () => performance.now(), now: () => performance.now() - began + offset};
      const shown = (view) => seen.push([view.n, clock.now() >= (view.shows_at ?? 0)]);
      const curtain = new Curtain(clock, shown);
      curtain.take({n: 1});
      curtain.take({n: 2, shows_at: 100});
      curtain.take({n: 3, shows_at: 100});
      await new Promise((done) => setTimeout(done, 200));
      curtain.take({n: 4, shows_at: 500});
      curtain.take({n: 5});                      // the host has paused before anybody saw it
      await new Promise((done) => setTimeout(done, 500));
      curtain.take({n: 6, shows_at: 1e9});       // this clock is wrong
      await new Promise((done) => setTimeout(done, 500));
      curtain.take({n: 7, shows_at: 2e9});
      curtain.drop();
      await new Promise((done) => setTimeout(done, 500));
      return seen;
    }""")
    assert seen == [[1, True], [3, True], [5, True], [6, False]]

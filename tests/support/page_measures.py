"""What can be measured on a page as a person sees it: contrast of every text, sizes of letters and targets, what sticks out."""

from typing import Any

from playwright.async_api import Page

_SEEN = """
  const seen = (e) => { const s = getComputedStyle(e), r = e.getBoundingClientRect();
    return s.visibility !== "hidden" && s.display !== "none" && r.width > 1 && r.height > 1 && !e.closest(".visually-hidden, .is-behind"); };
  const texts = () => { const found = [], walk = document.createTreeWalker(document.querySelector("#page"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.currentNode.data.trim() && seen(walk.currentNode.parentElement)) found.push(walk.currentNode);
    return found; };
  const short = (text) => text.trim().slice(0, 40);
"""

_CONTRAST = (
    "() => {"
    + _SEEN
    + """
  const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const linear = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const behind = (e) => { for (; e; e = e.parentElement) { const s = getComputedStyle(e);
      if (s.backgroundImage.startsWith("linear-gradient")) return [...s.backgroundImage.matchAll(/rgba?\\([^)]*\\)/g)].map((m) => numbers(m[0]));
      const c = numbers(s.backgroundColor); if ((c[3] ?? 1) === 1 && s.backgroundColor !== "transparent") return [c]; }
    return [[255, 255, 255]]; };
  return texts().flatMap((node) => { const e = node.parentElement, svg = e.closest("svg");
    if (svg) return [];
    const front = luminance(numbers(getComputedStyle(e).color));
    const worst = Math.min(...behind(e).map((c) => { const back = luminance(c); return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05); }));
    return worst < 4.5 ? [`${short(node.data)}: ${worst.toFixed(2)}`] : []; }); }"""
)

_LETTERS = (
    "(least) => {"
    + _SEEN
    + "return texts().filter((n) => !n.parentElement.closest('svg')).filter((n) => parseFloat(getComputedStyle(n.parentElement).fontSize) < least - 0.1).map((n) => `${short(n.data)}: ${getComputedStyle(n.parentElement).fontSize}`); }"
)

_STICKS_OUT = (
    "() => {"
    + _SEEN
    + """
  const page = document.documentElement, found = [];
  if (page.scrollHeight > innerHeight + 1 || page.scrollWidth > innerWidth + 1) found.push("the page scrolls");
  for (const node of texts()) {
    const range = document.createRange(); range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.right > innerWidth + 1 || r.left < -1 || r.bottom > innerHeight + 1 || r.top < -1) {
        const clips = node.parentElement.closest("[class*=arrivals], .name, .team, .where-name, .said li, .step-name, .podium-rest, .sheet-row, .strip-row");
        if (!clips) found.push(`${short(node.data)} is outside`);
        break; } } }
  const held = [...document.querySelectorAll(".plate-text, .bar-text > span, .how-to > div, .ask h1, .pin, .break-clock")];
  for (const e of held) if (e.scrollWidth > e.clientWidth + 2) found.push(`${short(e.textContent)} is wider than its place`);
  return found; }"""
)

_SMALL_TARGETS = (
    "(least) => {"
    + _SEEN
    + "return [...document.querySelectorAll('button, input, a')].filter(seen).filter((e) => { const r = e.getBoundingClientRect(); return Math.min(r.width, r.height) < (e.classList.contains('choice') ? 96 : least) - 0.5; }).map((e) => `${e.className} ${short(e.textContent)}`); }"
)

_PLACES = (
    "() => {"
    + _SEEN
    + "return Object.fromEntries([...document.querySelectorAll('#page *')].filter((e) => !e.closest('.phone-top > *') && !e.closest('.phone-status > *') && !e.closest('svg') && !e.closest('.choice-state > *') && !e.closest('.phone-clock > *')).map((e, at) => { const r = e.getBoundingClientRect(); return [`${at} ${e.tagName} ${e.classList[0] ?? ''}`, [r.x, r.y, r.width, r.height].map((n) => Math.round(n * 10) / 10).join(' ')]; })); }"
)


async def weak_texts(page: Page) -> list[str]:
    """Texts under 4.5:1 on what stands behind them."""
    return await _asked(page, _CONTRAST)


async def small_letters(page: Page, least_px: float) -> list[str]:
    """Texts smaller than so."""
    return await _asked(page, _LETTERS, least_px)


async def what_sticks_out(page: Page) -> list[str]:
    """A page that scrolls, text outside it, words wider than their place."""
    return await _asked(page, _STICKS_OUT)


async def small_targets(page: Page, least_px: float) -> list[str]:
    """Buttons and fields smaller than so; options under 96 px."""
    return await _asked(page, _SMALL_TARGETS, least_px)


async def places(page: Page) -> dict[str, str]:
    """Where everything stands, but for what is inside the head and the status line."""
    found: dict[str, str] = await page.evaluate(_PLACES)
    return found


async def _asked(page: Page, script: str, value: Any = None) -> list[str]:
    found: list[str] = await page.evaluate(script, value)
    return found

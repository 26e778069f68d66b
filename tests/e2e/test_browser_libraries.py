"""The fetched libraries work together in a real browser, as the import map names them."""

import json
from pathlib import Path

from playwright.async_api import Page, Route

PACKAGE = Path(__file__).parents[2] / "quizserver"
IMPORT_MAP = (PACKAGE / "browser" / "importmap.json").read_text()
SCRIPT = """
import {h, render} from "preact";
import htm from "htm";
import {signal} from "@preact/signals";
import {openDB} from "idb";
import {decode, encode} from "@msgpack/msgpack";
import {chacha20poly1305} from "@noble/ciphers/chacha.js";
import {hkdf} from "@noble/hashes/hkdf.js";
import {sha256} from "@noble/hashes/sha2.js";

const html = htm.bind(h);
const words = signal("before");
render(html`<p>${words}</p>`, document.body);
const kept = await openDB("evening", 1, {upgrade: (db) => db.createObjectStore("answers")});
const nothing = (length) => new Uint8Array(length);
const cipher = () => chacha20poly1305(hkdf(sha256, nothing(16), nothing(16), nothing(0), 32), nothing(12));
await kept.put("answers", cipher().encrypt(encode({words: "after"})), 1);
words.value = decode(cipher().decrypt(await kept.get("answers", 1))).words;
"""
HTML = f"""<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/browser/vendor/golos-text/wght.css">
<script type="importmap">{IMPORT_MAP}</script><script type="module">{SCRIPT}</script><body></body>"""


async def answer(route: Route) -> None:
    path = route.request.url.removeprefix("http://quiz.test/")
    if path:
        await route.fulfill(path=PACKAGE / path)
    else:
        await route.fulfill(body=HTML, content_type="text/html")


async def test_the_libraries_of_the_import_map_work_together(page: Page) -> None:
    await page.route("**/*", answer)
    await page.goto("http://quiz.test/")
    await page.wait_for_function("document.body.textContent.trim() === 'after'", timeout=5000)
    assert len(json.loads(IMPORT_MAP)["imports"]) == 10


async def test_russian_text_is_set_in_our_own_font(page: Page) -> None:
    await page.route("**/*", answer)
    await page.goto("http://quiz.test/")
    faces = await page.evaluate("document.fonts.load('20px Golos Text Variable', 'Ж').then((faces) => faces.length)")
    assert faces == 1

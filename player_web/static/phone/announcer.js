/** What a screen reader is told of the time: open, ten, five, closed, and nothing every second. */
import { effect, signal } from "@preact/signals";
import { html } from "/browser/parts/html.js";
import { t } from "/browser/words.js";
import { moment, view } from "./team.js";

const SAID_S = [10, 5];
const said = signal("");

/** What a change of the moment is worth saying; "" for nothing. @param {import("/browser/moment.js").Moment} before @param {import("/browser/moment.js").Moment} now */
export function news_of(before, now) {
  if (now.is === "open" && before.is !== "open") return now.left === null ? t("say.open") : t("say.open_for", { n: now.left });
  if (now.is === "over" && before.is === "open") return t("say.closed");
  const passed = SAID_S.find((each) => now.left === each && before.left !== each);
  return now.is === "open" && now.closes && passed ? t("say.left", { n: passed }) : "";
}

/** Begins to listen to the time. */
export function announce() {
  let before = moment.peek();
  effect(() => {
    const now = moment.value;
    const news = view.peek()?.questions ? news_of(before, now) : "";
    if (news) said.value = news;
    before = now;
  });
}

export function Announcer() {
  return html`<p class="visually-hidden" aria-live="assertive">${said.value}</p>`;
}

/** What the browser prints: a poster with the code, or the results. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { because, load_words, local, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { wear } from "/browser/parts/theme.js";
import { is_out, out_because, staff_session } from "./parts/session.js";
import { SignIn } from "./parts/sign_in.js";
import { Poster } from "./print/poster.js";
import { offered_address, results } from "./print/asked.js";
import { Results } from "./print/results.js";

const asked = new URLSearchParams(location.search);
const session = staff_session("quiz.host", { battle: asked.get("battle") ?? undefined });

function Paper() {
  const link = session.link_state.value;
  if (is_out(session)) {
    return html`<${SignIn} who="host" why=${out_because(link)} session=${session} />`;
  }
  const view = session.view.value;
  if (!view) return html`<p class="print-bar">${t(`link.${link.state}`)}</p>`;
  wear(view.battle.theme);
  return asked.get("what") === "results" ? html`<${ResultsPage} battle=${view.battle} />` : html`<${PosterPage} battle=${view.battle} />`;
}

/** @param {{battle: any}} props */
function PosterPage({ battle }) {
  const [origin, set] = useState("");
  useEffect(() => void offered_address(session).then(set), []);
  return html`<${Bar} title=${t("print.poster")} />${origin && html`<${Poster} battle=${battle} origin=${origin} />`}`;
}

/** As they are when the page is opened; what happens later is seen by opening it again. @param {{battle: any}} props */
function ResultsPage({ battle }) {
  const [told, set] = useState(/** @type {any} */ (null));
  const [refused, refuse] = useState(/** @type {any} */ (null));
  useEffect(() => void results(session).then(({ told, refused }) => (told ? set(told) : refuse(refused))), []);
  return html`<${Bar} title=${t("results")} />${refused && html`<p class="print-bar error" role="alert">${because(refused)}</p>`}
    ${told && html`<${Results} told=${told} language=${battle.language} pack=${local(battle.pack, battle.language)} />`}`;
}

/** Only on the screen. @param {{title: string}} props */
function Bar({ title }) {
  return html`<header class="print-bar">
    <h1>${title}</h1>
    <button type="button" class="button button-primary" onClick=${() => print()}>${t("print")}</button>
  </header>`;
}

await load_words("/staff/texts");
if (session.token) session.open();
render(html`<${Paper} />`, /** @type {HTMLElement} */ (document.getElementById("page")));

/** What the browser prints: a poster with the code, or empty answer sheets of one venue. */
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { load_words, local, t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { wear } from "/browser/parts/theme.js";
import { Choice } from "./parts/controls.js";
import { is_out, out_because, staff_session } from "./parts/session.js";
import { SignIn } from "./parts/sign_in.js";
import { AnswerSheet } from "./print/answer_sheet.js";
import { Poster } from "./print/poster.js";
import { paper_teams, offered_address } from "./print/rows.js";

const asked = new URLSearchParams(location.search);
const session = staff_session("quiz.host", { battle: asked.get("battle") ?? undefined });
const SPARE = [0, 1, 3, 5, 10];

function Paper() {
  const link = session.link_state.value;
  if (is_out(session)) {
    return html`<${SignIn} who="host" why=${out_because(link)} session=${session} />`;
  }
  const view = session.view.value;
  if (!view) return html`<p class="print-bar">${t(`link.${link.state}`)}</p>`;
  wear(view.battle.theme);
  return asked.get("what") === "sheet" ? html`<${Sheets} view=${view} />` : html`<${PosterPage} battle=${view.battle} />`;
}

/** @param {{battle: any}} props */
function PosterPage({ battle }) {
  const [origin, set] = useState("");
  useEffect(() => void offered_address(session).then(set), []);
  return html`<${Bar} title=${t("print.poster")} />${origin && html`<${Poster} battle=${battle} origin=${origin} />`}`;
}

/** @param {{view: any}} props */
function Sheets({ view }) {
  const venue = asked.get("venue") ?? "";
  const [at, choose] = useState(
    Math.max(
      0,
      view.run_sheet.findIndex((/** @type {any} */ row) => row.now),
    ),
  );
  const [teams, show] = useState(/** @type {string[] | null} */ (null));
  const [spare, add] = useState(1);
  useEffect(() => void paper_teams(session, venue).then(show), [view.counts.teams]);
  const names = [...(teams ?? []), ...Array(teams?.length ? spare : Math.max(1, spare)).fill("")];
  return html`<${Bar} title=${t("print.sheets.of", { venue: view.venues[venue]?.name ?? "" })}>
      ${view.run_sheet.length > 1 && html`<${Choice} label=${t("round")} options=${view.run_sheet.map((/** @type {any} */ row, /** @type {number} */ n) => [n, `${n + 1}. ${local(row.title)}`])} value=${at} choose=${choose} />`}
      <${Choice} label=${t("print.spare")} options=${SPARE.map((each) => [each, String(each)])} value=${spare} choose=${add} /></${Bar}>
    ${teams && names.map((name, n) => html`<${AnswerSheet} key=${`${n} ${name}`} view=${view} at=${at} name=${name} venue=${view.venues[venue]?.name ?? ""} />`)}`;
}

/** Only on the screen. @param {{title: string, children?: any}} props */
function Bar({ title, children }) {
  return html`<header class="print-bar">
    <h1>${title}</h1>
    ${children}<button type="button" class="button button-primary" onClick=${() => print()}>${t("print")}</button>
  </header>`;
}

await load_words("/staff/texts");
if (session.token) session.open();
render(html`<${Paper} />`, /** @type {HTMLElement} */ (document.getElementById("page")));

/** A beat of suspense: answers are closed, options dark, nothing of the solution to be seen. And the clock of a whole round. */
import { html } from "/browser/parts/html.js";
import { Dial } from "/browser/parts/dial.js";
import { Ruler } from "/browser/parts/rulers.js";
import { local, t } from "/browser/words.js";
import { useFit } from "./fit.js";
import { RoundStrip } from "./frame.js";
import { moment, room } from "./hall.js";
import { Counter, Options } from "./question.js";

/** A question's answers are closed. */
export function Closed() {
  const { question } = room();
  const page = useFit([question.id]);
  return html`<main class="stage is-dark is-closed"><div class="stage-inner" ref=${page}>
    <${RoundStrip} />
    <div class="ask" data-holds="lines"><${Dial} left=${0} of=${1} /><div><h1>${t("closed")}</h1><p>${local(question.text)}</p></div></div>
    ${question.options.length > 0 && html`<${Options} options=${question.options} />`}
    <${Counter} question=${question} />
  </div></main>`;
}

/** The one clock that all questions of a round share. */
export function LastCall() {
  const { round, counts } = room();
  const { left, of, is } = moment.value;
  const words = is === "over" ? t("round_closed") : t("last_call");
  return html`<main class="stage is-last-call"><div class="stage-inner">
    <${RoundStrip} />
    <div class="ask"><${Dial} left=${left} of=${of} /><div><h1>${words}</h1><p>${t("last_call.what", { n: round.questions })}</p></div></div>
    ${counts.paper > 0 && html`<p class="counter">${t("last_call.paper")}</p>`}
  </div></main>`;
}

/** The round is closed; sheets are being collected, or have been. */
export function RoundClosed() {
  const { phase, counts } = room();
  const done = phase === "collected";
  const what = done ? t("collected.what") : t(counts.paper > 0 ? "round_closed.sheets" : "round_closed.online");
  return html`<main class="stage is-last-call"><div class="stage-inner">
    <${RoundStrip} done />
    <div class="ask"><${Dial} left=${0} of=${1} /><div><h1>${t(done && counts.paper > 0 ? "collected" : "round_closed")}</h1><p>${what}</p></div></div>
  </div></main>`;
}

/** How many sheets of the round are in. */
export function Sheets() {
  const { sheets } = room().counts;
  if (!sheets?.of) return null;
  return html`<p class="sheets-in"><span><b>${sheets.in}</b> ${t("sheets.in", { n: sheets.of })}</span><${Ruler} value=${sheets.in} of=${sheets.of} /></p>`;
}

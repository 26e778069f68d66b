/** One team's sheet of one round: numbered lines, a column for the marks, the title block of a drawing. */
import { local, t } from "/browser/words.js";
import { Wordmark } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";
import { spaced } from "../parts/pin.js";

/** @param {{view: any, at: number, name: string, venue: string}} props */
export function AnswerSheet({ view, at, name, venue }) {
  const round = view.run_sheet[at];
  return html`<section class="a4">
    <div class="a4-frame">
      <header class="a4-head">
        <div>
          <${Wordmark} label=${t("battle")} />
          <h1>${local(round.title)}</h1>
          <p>${local(view.battle.title)}. ${t("round.n", { n: at + 1 })}, ${t("questions", { n: round.questions.length })}</p>
        </div>
      </header>
      <div class="a4-team">
        <div><small>${t("team")}</small><b>${name}</b></div>
        <div><small>${t("venue")}</small><b class="is-small">${venue}</b></div>
        <div><small>${t("print.table")}</small></div>
      </div>
      <table class="a4-table" style=${{ "--lines": round.questions.length }}>
        <thead>
          <tr>
            <th class="n">№</th>
            <th>${t("print.answer")}</th>
            <th class="pts">${t("print.mark")}</th>
          </tr>
        </thead>
        <tbody>
          ${round.questions.map(
            (/** @type {any} */ question, /** @type {number} */ n) =>
              html`<tr key=${question.id}>
                <td class="n">${n + 1}</td>
                <td class="line">${t(`line.${question.kind}`)}</td>
                <td class="pts"></td>
              </tr>`,
          )}
        </tbody>
      </table>
      <div class="a4-how">
        <p><b>${t("print.team.head")}</b> ${t("print.team")}</p>
        <p><b>${t("print.desk.head")}</b> ${t("print.desk")}</p>
      </div>
      <div class="a4-stamp">
        <div><small>${t("sum")}</small></div>
        <div><small>${t("print.signature")}</small></div>
        <div><small>${t("print.entered")}</small></div>
        <div><small>${t("print.pin")}</small><b>${spaced(view.battle.pin)}</b></div>
        <div><small>${t("round")}</small><b>${t("n_of", { n: at + 1, of: view.run_sheet.length })}</b></div>
        <div><small>${t("print.captain")}</small></div>
      </div>
    </div>
  </section>`;
}

/** Which battle: those of this server, and a new one out of a pack. */
import { useEffect, useState } from "preact/hooks";
import { LANGUAGES, language, local, t } from "/browser/words.js";
import { Choice, Line } from "../parts/controls.js";
import { html } from "/browser/parts/html.js";
import { spaced } from "../parts/pin.js";
import { ask, rows } from "./asking.js";
import { open_battle, view } from "./evening.js";
import { Sheet, lift } from "./overlay.js";

export function BattlesSheet() {
  return html`<${Sheet} title=${t("battles")}><${Battles} /></${Sheet}>`;
}

/** The same as a page of its own, where there is no battle yet. */
export function FirstBattle() {
  return html`<main class="first-battle light">
    <h1>${t("battles.first")}</h1>
    <${Battles} />
  </main>`;
}

function Battles() {
  const [battles, show] = useState(/** @type {any[]} */ ([]));
  const [packs, offer] = useState(/** @type {any[]} */ ([]));
  useEffect(() => {
    rows("battles").then((page) => show(page?.rows ?? []));
    rows("packs").then((page) => offer(page?.rows ?? []));
  }, []);
  return html`<div class="two-sides">
    <section>
      <h3>${t("battles.new")}</h3>
      <${NewBattle} packs=${packs} />
    </section>
    <section>
      <h3>${t("battles.open")}</h3>
      ${
        battles.length
          ? html`<ul class="lines is-list">
              ${battles.map(
                (each) =>
                  html`<li key=${each.battle}>
                    <button
                      type="button"
                      class=${`line ${each.battle === view.value?.battle.id ? "is-chosen" : ""}`}
                      onClick=${() => go(each.battle)}
                    >
                      <b class="one-line">${local(each.title)}</b><span>${spaced(each.pin)}</span
                      ><small>${t(`phase.${each.phase}`)}, ${t("teams.n", { n: each.teams })}</small>
                    </button>
                  </li>`,
              )}
            </ul>`
          : html`<p class="nothing">${t("battles.none")}</p>`
      }
    </section>
  </div>`;
}

/** @param {string} battle */
function go(battle) {
  lift();
  if (battle !== view.value?.battle.id) open_battle(battle);
}

/** How sheets come in, unless the host wants it otherwise. */
const PAPER = { double_entry: false, sheets_until: "next_round_end", corrections_until: "final" };
const GATES = ["round_end", "next_round_end", "final", "finish"];

/** @param {{rules: typeof PAPER, set: (rules: typeof PAPER) => void}} props */
function PaperRules({ rules, set }) {
  const gates = GATES.map((each) => [each, t(`gate.${each}`)]);
  return html`<details class="more-rules"><summary>${t("battles.paper")}</summary>
    <${Choice}
      label=${t("battles.entry")}
      options=${[
        [false, t("battles.entry.once")],
        [true, t("battles.entry.twice")],
      ]}
      value=${rules.double_entry}
      choose=${(/** @type {boolean} */ double_entry) => set({ ...rules, double_entry })}
    />
    <p class="hint">${t(rules.double_entry ? "battles.entry.twice.how" : "battles.entry.once.how")}</p>
    <${Choice} label=${t("battles.sheets")} options=${gates} value=${rules.sheets_until} choose=${(/** @type {string} */ sheets_until) => set({ ...rules, sheets_until })} />
    <${Choice} label=${t("battles.corrections")} options=${gates} value=${rules.corrections_until} choose=${(/** @type {string} */ corrections_until) => set({ ...rules, corrections_until })} />
    <p class="hint">${t("battles.gates.how")}</p>
  </details>`;
}

/** @param {{packs: any[]}} props */
function NewBattle({ packs }) {
  const [name, choose] = useState("");
  const [speaks, speak] = useState(language.value);
  const [online_only, play] = useState(false);
  const [approval, approve] = useState(false);
  const [paper, set_paper] = useState(PAPER);
  const pack = packs.find((each) => each.pack === name) ?? packs[0];
  if (!pack) return html`<p class="nothing">${t("loading")}</p>`;
  const alone = online_only && pack.online_only;
  const create = async (/** @type {string} */ title) => {
    const made = await ask("CreateBattle", { pack: pack.pack, title, language: speaks, online_only: alone, approval, ...(alone ? {} : paper) });
    if (made) go(made.battle);
  };
  return html`<div class="packs" role="radiogroup" aria-label=${t("battles.pack")}>
      ${packs.map(
        (each) =>
          html`<button
            key=${each.pack}
            type="button"
            role="radio"
            class="pack"
            aria-checked=${each === pack}
            onClick=${() => choose(each.pack)}
          >
            <b>${local(each.title)}</b><span>${t("rounds.n", { n: each.rounds })}, ${t("questions", { n: each.questions })}</span>
          </button>`,
      )}
    </div>
    <${Choice}
      label=${t("battles.language")}
      options=${LANGUAGES.filter((each) => pack.languages.includes(each)).map((each) => [each, t(`language.${each}`)])}
      value=${speaks}
      choose=${speak}
    />
    <${Choice}
      label=${t("battles.who")}
      options=${[[false, t("battles.both")], ...(pack.online_only ? [[true, t("battles.online")]] : [])]}
      value=${alone}
      choose=${play}
    />
    <p class="hint">${t(alone ? "battles.online.how" : "battles.both.how")}</p>
    ${!alone && html`<${PaperRules} rules=${paper} set=${set_paper} />`}
    <${Choice}
      label=${t("battles.names")}
      options=${[
        [false, t("battles.names.at_once")],
        [true, t("battles.names.approved")],
      ]}
      value=${approval}
      choose=${approve}
    />
    <${Line}
      key=${pack.pack + speaks}
      label=${t("battles.title")}
      start=${pack.title[speaks] ?? local(pack.title)}
      verb=${t("battles.create")}
      act=${create}
      first=${false}
      input=${{ maxlength: 80 }}
    />`;
}

/** The results for a wall: who stands where, with what in each round; clearly provisional as long as anything may change. */
import { bound, number, t } from "/browser/words.js";
import { Wordmark } from "/browser/parts/drawings.js";
import { html } from "/browser/parts/html.js";

const MANY = 20; // teams: more stand closer, so that thirty still hang on one page
const WIDE = 8; // rounds: more lie on the long side of the paper

/**
 * As `POST /staff/files` says it. Points are numbers, null of a round of which nothing is revealed.
 * @typedef {{place: number, best: number, worst: number, name: string, venue: string | null, city: string | null, points: number, rounds: (number | null)[]}} Team
 * @typedef {{title: string, provisional: boolean, at_ms: number, rounds: string[], teams: Team[]}} Told
 */

/** @param {{told: Told, language: string, pack: string}} props */
export function Results({ told, language, pack }) {
  const say = (/** @type {string} */ key, /** @type {Record<string, any>} */ values = {}) => t(key, values, language);
  const { teams, rounds, provisional } = told;
  const is_begun = teams.some((each) => each.rounds.some((points) => points !== null));
  const cities = new Set(teams.map((each) => each.city).filter(Boolean));
  const paper = teams.filter((each) => each.venue).length;
  const looks = ["results", rounds.length > WIDE && "is-wide", teams.length > MANY && "is-long", provisional ? "is-open" : "is-final"];
  return html`<article class=${looks.filter(Boolean).join(" ")} lang=${language}>
    <header>
      <div>
        <${Wordmark} label=${say("battle")} />
        <h1>${told.title}</h1>
        <p>${[pack !== told.title && pack, say("results.counts", { n: teams.length, teams: say("teams.n", { n: teams.length }), paper, online: teams.length - paper })].filter(Boolean).join(". ")}</p>
      </div>
      <p class="results-when"><b>${day(told.at_ms, language)}</b>${provisional && html`<span>${say("results.at", { time: clock(told.at_ms, language) })}</span>`}</p>
    </header>
    <p class="results-is">${provisional ? html`<b>${say("results.provisional")}</b> ${say(is_begun ? "results.provisional.how" : "results.nothing")}` : html`<b>${say("results.final")}</b>`}</p>
    ${
      (rounds.length > 1 || provisional) &&
      html`<div class="results-legend">
        ${rounds.length > 1 && html`<ol>${rounds.map((title, at) => html`<li key=${at}><b>${at + 1}</b> ${title}</li>`)}</ol>`}
        ${provisional && is_begun && html`<p>${say("results.range.how")}</p>`}
      </div>`
    }
    <table>
      <thead>
        <tr><th class="place">${say("place.short")}</th><th>${say("team")}</th><th>${say("venue.or_online")}</th>${rounds.map((_, at) => html`<th key=${at} class="r">${at + 1}</th>`)}<th class="r sum">${say("points.head")}</th></tr>
      </thead>
      <tbody>${teams.map((each, at) => html`<${Row} key=${at} each=${each} ...${{ is_begun, provisional, language }} city=${cities.size > 1 && each.city} />`)}</tbody>
    </table>
  </article>`;
}

/** `city`: where it tells venues apart. @param {{each: Team, is_begun: boolean, provisional: boolean, language: string, city: string | false | null}} props */
function Row({ each, is_begun, provisional, language, city }) {
  const may_move = each.best < each.worst;
  const winner = !provisional && each.place <= 3 ? `is-${each.place}` : "";
  return html`<tr class=${winner}>
    <td class="place"><b class=${may_move ? "may-move" : ""}>${is_begun ? each.place : "–"}</b>${may_move && html` <small>${each.best}–${each.worst}</small>`}</td>
    <td class="name">${each.name}</td>
    <td class="where">${each.venue ? bound(each.venue) : t("online", {}, language)}${city && html` <small>${city}</small>`}</td>
    ${each.rounds.map((points, at) => html`<td key=${at} class="r">${points === null ? "" : number(points, language)}</td>`)}
    <td class="r sum">${number(each.points, language)}</td>
  </tr>`;
}

/** @param {number} at @param {string} language */
const day = (at, language) => new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" }).format(at).replace(/ г\.$/, "");
/** @param {number} at @param {string} language */
const clock = (at, language) => new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

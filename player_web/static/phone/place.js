/** The team's place: the number itself, out of how many, how far it is to the next one. */
import { html } from "/browser/parts/html.js";
import { Art } from "/browser/parts/pictures.js";
import { local, points, t, time_of_day } from "/browser/words.js";
import { own, room } from "./team.js";
import { Status } from "./status.js";
import { Top } from "./top.js";

/** @param {{place: Record<string, any>}} props */
export function MyPlace({ place }) {
  return html`<${Number} place=${place} /><${Gap} place=${place} />`;
}

/** The place, out of how many, and the points. @param {{place: Record<string, any>, big?: boolean}} props */
function Number({ place, big = false }) {
  return html`<div class=${`my-place ${big ? "is-big" : ""}`}><b>${place.place}</b>
    <p>${t("place.of", { n: place.of })}<br />${t("place.points", { points: points(place.points), n: Math.abs(place.points) / 100 })}</p></div>`;
}

/** How far it is to the next better place, and what is still missing. @param {{place: Record<string, any>}} props */
function Gap({ place }) {
  const words = place.gap === undefined ? t("place.first") : t("place.gap", { points: points(place.gap), n: place.gap / 100 });
  return html`<p class="gap-line"><span>${words}</span></p>
    <${Possible} place=${place} />`;
}

/** What may become of it while not everything is known. @param {{place: Record<string, any>}} props */
function Possible({ place }) {
  const { best, worst, pending } = place;
  if (best === undefined) return pending && html`<p class="pending-note"><span>${t("place.pending")}</span></p>`;
  return html`<p class="pending-note"><span>${t(pending ? "place.possible.own" : "place.possible", { best, worst })}</span></p>`;
}

/** A page with nothing but the place: after a round, while the standing is on the stage, at the end. */
export function Place() {
  const { phase, round } = room();
  const { place } = own();
  return html`<main class="phone is-place">
    <${Top} />
    <div class="phone-field">
      <p>${heading(phase, round)}</p>
      ${place ? html`<${Number} place=${place} big />` : html`<h1>${t("place.none")}</h1>`}
    </div>
    <div class="art-field"><${Art} art=${room().battle.theme.art} /></div>
    ${place && html`<div class="phone-body is-foot"><${Gap} place=${place} /></div>`}
    <${Status} line=${{ tone: "", text: what_comes(room()) }} />
  </main>`;
}

/** @param {string} phase @param {Record<string, any> | undefined} round */
function heading(phase, round) {
  if (phase === "finished" || phase === "final") return local(room().battle.title);
  return round ? t(phase === "round_end" ? "place.after" : "place.during", { n: round.number, title: local(round.title) }) : "";
}

/** @param {Record<string, any>} room */
function what_comes({ phase, stage, amended }) {
  if (phase === "finished") return amended ? t("place.amended", { time: time_of_day(amended.at) }) : t("place.finished");
  if (phase === "final") return t("place.final");
  return t(stage.show === "standing" ? "place.standing" : "result.next");
}

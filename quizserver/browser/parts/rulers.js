/** What has arrived, drawn: solid is there, hatched is not known yet. */
import { html } from "./html.js";

/** @param {{value: number, of: number}} props */
export function Ruler({ value, of }) {
  return html`<span class="ruler" style=${{ "--v": Math.min(value, of), "--n": Math.max(of, 1) }}><i /></span>`;
}

/** The questions of a round: filled is played, ringed is now, hollow is to come. @param {{done: number, of: number, now?: number}} props */
export function Rivets({ done, of, now = 0 }) {
  const look = (/** @type {number} */ number) => (number === now ? "now" : number <= done ? "done" : "");
  return html`<span class="rivets" aria-hidden="true">${Array.from({ length: of }, (_, at) => html`<i key=${at} class=${look(at + 1)} />`)}</span>`;
}

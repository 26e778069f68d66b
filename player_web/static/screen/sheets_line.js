/** The line over a standing while sheets are out: how many are in and what is certain already, then, in turn, which venue owes some. */
import { useEffect, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Ruler } from "/browser/parts/rulers.js";
import { t, time_of_day } from "/browser/words.js";
import { now_ms, room, session } from "./hall.js";
import { useTurning } from "./rows.js";

const LOOK_MS = 5_000;
const TURN_MS = 6_000;
const SILENT_MS = 15_000; // a Wi-Fi that blinks is no news for a hall
const MOST_VENUES = 5; // then the line begins anew

/** @typedef {{venue: string, name: string, missing: number, connected: boolean, silent?: number}} Desk */

/** @param {{certain: number}} props certain: up to which place nothing can move */
export function SheetsLine({ certain }) {
  const owing = useDesks().filter((each) => each.missing > 0).slice(0, MOST_VENUES);
  const { sheets } = room().counts;
  const turn = useTurning(TURN_MS, owing.length > 0) % (owing.length + 1);
  if (!sheets?.of) return null;
  const words = turn ? html`<${Owes} desk=${owing[turn - 1]} />` : html`<span><b>${sheets.in}</b> ${t("sheets.in", { n: sheets.of })}${sheets.in < sheets.of && `, ${so_far(certain)}`}</span>`;
  return html`<p class="sheets-in">${words}<${Ruler} value=${sheets.in} of=${sheets.of} /></p>`;
}

/** @param {number} certain */
function so_far(certain) {
  if (certain === 0) return t("standing.open");
  return certain === 1 ? t("standing.first_certain") : t("standing.certain", { n: certain });
}

/** @param {{desk: Desk}} props */
function Owes({ desk }) {
  const is_silent = desk.silent !== undefined && now_ms.value - desk.silent > SILENT_MS;
  return html`<span class="owes"><b>${desk.name}:</b> ${t("sheets.owed", { n: desk.missing })}${is_silent && html`, <em>${t("sheets.silent", { time: time_of_day(desk.silent ?? 0) })}</em>`}</span>`;
}

/** The venues with teams on paper, asked for now and then. */
function useDesks() {
  const [desks, know] = useState(/** @type {Desk[]} */ ([]));
  useEffect(() => {
    let is_gone = false;
    const look = async () => {
      const { page } = await session.ask({ t: "page", of: "desks" });
      if (page && !is_gone) know(page.rows);
    };
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      is_gone = true;
      clearInterval(timer);
    };
  }, []);
  return desks;
}

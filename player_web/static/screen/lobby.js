/** The lobby: what is on, how one gets in, and who is in already. Its largest type is the code. */
import { useEffect, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";
import { Art } from "/browser/parts/pictures.js";
import { local, number, t } from "/browser/words.js";
import { useFit } from "./fit.js";
import { pin_words, Stale } from "./frame.js";
import { room, session } from "./hall.js";
import { useRows } from "./rows.js";

const LOOK_MS = 5_000; // the host may change the address while people gather

export function Lobby() {
  const { battle, counts, latest } = room();
  const address = useAddress(battle.pin);
  const title = local(battle.title);
  const pack = local(battle.pack);
  const page = useFit([title, address]);
  return html`<main class="stage lobby">
    <div class="lobby-art"><${Art} art=${battle.theme.art} /></div>
    <div class="lobby-main" ref=${page}>
      <h1>${title}</h1>
      <p class="lobby-sub">${pack === title ? "" : `${pack}. `}${t("hall.rounds", { n: battle.rounds })}</p>
      <div class="join-row">
        <div><p class="join-how">${t("hall.open")}</p><p class="join-address" data-holds="line">${address}</p><p class="join-how">${t("hall.enter")}</p></div>
        <img class="qr" src=${`/qr/${battle.pin}.svg?for=${encodeURIComponent(address)}`} alt=${t("hall.qr")} />
      </div>
      <p class="pin" aria-label=${t("hall.pin", { pin: pin_words(battle.pin) })}>${pin_words(battle.pin)}</p>
      <dl class="tally">
        <${Number} value=${counts.paper} words="hall.paper" /><${Number} value=${counts.online} words="hall.online" />${counts.people ? html`<${Number} value=${counts.people} words="hall.people" />` : html`<${Number} value=${counts.seats} words="hall.seats" />`}
      </dl>
      <${Starts} />
      <ul class="arrivals" aria-label=${t("hall.latest")}>${[...(latest ?? [])].reverse().map((name) => html`<li key=${name}>${name}</li>`)}</ul>
    </div>
    <div class="corner-note"><${Stale} /></div>
  </main>`;
}

/** When this screen's venue begins, by its own clocks. */
function Starts() {
  const venue = session.welcome.value?.venue;
  return venue ? html`<${Here} key=${venue} />` : null;
}

function Here() {
  const known = useRows("total", 0, 1, true)?.venue;
  return known?.starts ? html`<p class="join-how">${t("hall.starts", { venue: known.name, time: known.starts })}</p>` : null;
}

/** @param {{value: number, words: string}} props */
function Number({ value, words }) {
  return html`<div><dt>${t(words, { n: value })}</dt><dd>${number(value)}</dd></div>`;
}

/** The address people type, as the server would put it into the QR code. @param {string} pin */
function useAddress(pin) {
  const [address, set_address] = useState(location.host);
  useEffect(() => {
    const look = async () => {
      const answer = await fetch(`/join/${pin}`).catch(() => null);
      if (answer?.ok) set_address((await answer.text()).trim().replace(/^https?:\/\//, "").replace(/\/j\/\d+$/, ""));
    };
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [pin]);
  return address;
}

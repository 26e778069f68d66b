/** A QR code of a text that must be in no address and no log: it is posted, and comes back as a drawing. */
import { useEffect, useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";

/** @param {{text: string, label: string}} props */
export function Qr({ text, label }) {
  const [path, draw] = useState("");
  useEffect(() => void drawn(text).then(draw), [text]);
  const side = Math.max(1, Number(path.split(" ", 1)[0]));
  return html`<svg class="qr" viewBox=${`0 0 ${side} ${side}`} role="img" aria-label=${label}>
    <path d=${path.slice(path.indexOf(" ") + 1)} />
  </svg>`;
}

/** "side path", or "" where there is no server to ask. @param {string} text */
async function drawn(text) {
  try {
    const answer = await fetch("/staff/qr", { method: "POST", body: text });
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  }
}

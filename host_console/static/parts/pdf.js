/** Asks the server for a PDF. The key goes in a header; what comes back is told of while it is drawn. */

/**
 * What is wished: `sheets`, `list` or `cards`, of one venue or of all; one round (an index) or all; so many of the free spares.
 * @typedef {{what: string, venue: string | null, round?: number | null, spares?: number}} Wish
 * @typedef {{pdf?: Blob, refused?: {code: string, detail?: string}}} Printed
 */

/**
 * @param {import("/browser/session.js").Session} session
 * @param {Wish} wish
 * @param {(done: number, of: number) => void} tell
 * @returns {Promise<Printed>}
 */
export async function printed(session, wish, tell) {
  try {
    const body = JSON.stringify({ battle: session.welcome.value?.battle, ...wish });
    const answer = await fetch("/staff/pdf", { method: "POST", headers: { Authorization: `Bearer ${session.token}` }, body });
    if (!answer.ok || !answer.body) return { refused: await answer.json() };
    return await received(answer.body.getReader(), tell);
  } catch {
    return { refused: { code: "offline" } };
  }
}

/**
 * Lines `done of`, then `pdf <length>` and the file. Less than that length is no file.
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @param {(done: number, of: number) => void} tell
 * @returns {Promise<Printed>}
 */
async function received(reader, tell) {
  const words = new TextDecoder();
  let head = "";
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let length = -1;
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    let bytes = new Uint8Array(step.value);
    for (let end = bytes.indexOf(10); length < 0 && end >= 0; end = bytes.indexOf(10)) {
      const [first, second] = (head + words.decode(bytes.subarray(0, end))).split(" ");
      head = "";
      bytes = bytes.subarray(end + 1);
      if (first === "pdf") length = Number(second);
      else tell(Number(first), Number(second));
    }
    if (length < 0) head += words.decode(bytes);
    else parts.push(bytes);
  }
  const pdf = new Blob(parts, { type: "application/pdf" });
  return pdf.size === length ? { pdf } : { refused: { code: "our_fault" } };
}

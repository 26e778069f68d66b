/** Files out of this page into the browser's downloads: made here, or by the server. */

/** @param {Blob} file @param {string} name */
export function hand_over(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * What is wished of a battle: its `results` in a form, or a venue's `template`.
 * @typedef {{what: "results" | "template", form: "xlsx" | "csv" | "json" | "masks", venue?: string}} Wish
 */

/**
 * A file of the server's. The key goes in a header.
 * @param {import("/browser/session.js").Session} session @param {Wish} wish
 * @returns {Promise<{file?: Blob, refused?: {code: string, detail?: string}}>}
 */
export async function made_file(session, wish) {
  try {
    const body = JSON.stringify({ battle: session.welcome.value?.battle, ...wish });
    const answer = await fetch("/staff/files", { method: "POST", headers: { Authorization: `Bearer ${session.token}` }, body });
    return answer.ok ? { file: await answer.blob() } : { refused: await answer.json() };
  } catch {
    return { refused: { code: "offline" } };
  }
}

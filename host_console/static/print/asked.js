/** What a printed page must ask for first. */
import { made_file } from "../parts/saved_file.js";

/** The address people are told. @param {import("/browser/session.js").Session} session */
export async function offered_address(session) {
  const { page } = await session.ask({ t: "page", of: "addresses" });
  return page?.rows.find((/** @type {any} */ row) => row.offered)?.origin ?? location.origin;
}

/** What the battle came to. @param {import("/browser/session.js").Session} session @returns {Promise<{told?: any, refused?: any}>} */
export async function results(session) {
  const { file, refused } = await made_file(session, { what: "results", form: "json" });
  return file ? { told: JSON.parse(await file.text()) } : { refused };
}

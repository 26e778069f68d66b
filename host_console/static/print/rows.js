/** What a printed page must ask for first. */

const PAGE = 100;

/** @typedef {import("/browser/session.js").Session} Session */

/** Names of a venue's teams on paper, in order. @param {Session} session @param {string} venue @returns {Promise<string[]>} */
export async function paper_teams(session, venue) {
  /** @type {any[]} */
  const rows = [];
  for (let of = 1; rows.length < of;) {
    const { page } = await session.ask({ t: "page", of: "teams", find: "", start: rows.length, count: PAGE });
    if (!page?.rows.length) break;
    of = page.of;
    rows.push(...page.rows);
  }
  return rows.filter((row) => row.venue === venue && row.plays === "paper").map((row) => row.name);
}

/** The address people are told. @param {Session} session */
export async function offered_address(session) {
  const { page } = await session.ask({ t: "page", of: "addresses" });
  return page?.rows.find((/** @type {any} */ row) => row.offered)?.origin ?? location.origin;
}

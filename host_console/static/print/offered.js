/** What a printed page must ask for first. */

/** The address people are told. @param {import("/browser/session.js").Session} session */
export async function offered_address(session) {
  const { page } = await session.ask({ t: "page", of: "addresses" });
  return page?.rows.find((/** @type {any} */ row) => row.offered)?.origin ?? location.origin;
}

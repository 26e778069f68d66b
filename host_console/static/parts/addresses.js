/** Where things are on this server. */

/**
 * A venue's desk for a host's own session.
 * @param {string} battle
 * @param {string | undefined} venue
 * @param {Record<string, string>} [cell] the cell to look at
 */
export function desk_address(battle, venue, cell = {}) {
  return `/desk?${new URLSearchParams({ battle, ...(venue ? { venue } : {}), ...cell })}`;
}

/** The poster to print. @param {string} battle */
export function print_address(battle) {
  return `/staff/print?${new URLSearchParams({ battle })}`;
}

/** The results to print. @param {string} battle */
export function results_address(battle) {
  return `/staff/print?${new URLSearchParams({ battle, what: "results" })}`;
}

/** What people type, without what every browser adds. @param {string} address */
export const bare = (address) => address.replace(/^https?:\/\//, "").replace(/\/$/, "");

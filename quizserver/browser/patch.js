/**
 * JSON merge patch (RFC 7396) for the views the server sends: maps merge, null removes, everything else replaces.
 * Returns a new object and never changes the old one, so that a page can compare by identity.
 * @param {Record<string, any>} old
 * @param {Record<string, any>} patch
 * @returns {Record<string, any>}
 */
export function applyPatch(old, patch) {
  const result = { ...old };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (isMap(value)) result[key] = applyPatch(isMap(result[key]) ? result[key] : {}, value);
    else result[key] = value;
  }
  return result;
}

/** @param {any} value */
function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The 16 letters that the host reads over the phone, and what they open. As services/sealed_keys.py seals it. */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";

export const LENGTH = 16;
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const OPENS = "quiz desk key 1";

/** What is heard or read as another letter, and what a Russian keyboard writes for it. */
const MEANT = new Map([..."OОQLIUАВСЕЁНКМРТУХЗ"].map((letter, at) => [letter, [..."00Q11VABCEEHKMPTYX3"][at]]));

/** The letters of what was typed, whatever stands between them. @param {string} typed */
export function letters_of(typed) {
  const meant = [...typed.toUpperCase()].map((letter) => MEANT.get(letter) ?? letter);
  return meant.filter((letter) => LETTERS.includes(letter)).join("");
}

/** As it is read aloud. @param {string} letters */
export const in_groups = (letters) => letters.replace(/(.{4})(?=.)/g, "$1 ");

/**
 * The questions with their solutions, null if this code does not open them.
 * @param {string} code letters alone
 * @param {import("./memory.js").SealedKey} key
 * @param {string[]} where battle, venue and scope
 * @returns {any[] | null}
 */
export function opened(code, { salt, nonce, sealed }, where) {
  const opens = hkdf(sha256, bytes(code), from_base64(salt), bytes(OPENS), 32);
  try {
    const plain = chacha20poly1305(opens, from_base64(nonce), bytes(where.join("\0"))).decrypt(from_base64(sealed));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);

/** @param {string} text */
const from_base64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Which browser on which system, in words that all languages write alike. */

/** More particular ones first: each calls itself what the later ones are. */
const BROWSERS = { "YaBrowser/": "Yandex", "Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS/": "Firefox", "Chrome/": "Chrome", "CriOS/": "Chrome", "Safari/": "Safari" };
const SYSTEMS = { iPhone: "iPhone", iPad: "iPad", Android: "Android", Windows: "Windows", CrOS: "ChromeOS", "Mac OS": "macOS", Linux: "Linux" };

/** @param {string} said what the browser says of itself */
export function browser_words(said = navigator.userAgent) {
  return [BROWSERS, SYSTEMS].map((each) => known(each, said)).filter(Boolean).join(", ");
}

/** @param {Record<string, string>} names @param {string} said */
function known(names, said) {
  return Object.entries(names).find(([sign]) => said.includes(sign))?.[1];
}

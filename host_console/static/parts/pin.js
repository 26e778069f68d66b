/** "418 027", as it is read aloud. @param {string} pin */
export const spaced = (pin) => pin.replace(/(...)(?=.)/g, "$1\u00a0");

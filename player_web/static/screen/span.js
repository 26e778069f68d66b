/** Places or points that are not certain yet. @param {number | string} least @param {number | string} most */
export const span = (least, most) => (least === most ? least : `${least}–${most}`);

/** The evening in figures, as its news will state them. */
import { t } from "/browser/words.js";

/** "229 teams: 54 in venues, 175 online; 1,500 people"; nobody is counted whom no team has spoken of. @param {Record<string, number>} counts */
export function figures({ teams, paper, online, people }) {
  const all = t("figures", { n: teams, teams: t("teams.n", { n: teams }), paper, online });
  return people ? `${all}; ${t("people.n", { n: people })}` : all;
}

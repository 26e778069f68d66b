/** Who came last, so that a bad name is seen at once and mended with one press. */
import { t } from "/browser/words.js";
import { html } from "/browser/parts/html.js";
import { view } from "./evening.js";
import { lay } from "./overlay.js";

const MOST = 6;

export function LobbyTeams() {
  const { latest = [], venues } = /** @type {Record<string, any>} */ (view.value);
  if (!latest.length) return html`<p class="nothing">${t("lobby.nobody")}</p>`;
  return html`<table class="teams-table">
    <thead>
      <tr>
        <th>${t("lobby.latest")}</th>
        <th>${t("where")}</th>
        <th></th>
      </tr>
    </thead>
    <tbody>
      ${latest
        .slice(-MOST)
        .reverse()
        .map(
          (/** @type {any} */ team) =>
            html`<tr key=${team.team}>
              <td class="one-line">${team.name}</td>
              <td>${team.venue ? venues[team.venue]?.name : t("online")}</td>
              <td class="r">
                <button
                  type="button"
                  class="button button-quiet is-small"
                  onClick=${() => lay("teams", { find: team.name, job: "rename" })}
                >
                  ${t("team.rename")}
                </button>
              </td>
            </tr>`,
        )}
    </tbody>
  </table>`;
}

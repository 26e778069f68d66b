/** How a team announces itself before the evening, and what is behind its private link. No socket: three requests. */
import { render } from "preact";
import { html } from "/browser/parts/html.js";
import { load_words } from "/browser/words.js";
import { begin } from "./announce/announcement.js";
import { Page } from "./announce/page.js";

begin();
await load_words("/player/texts");
render(html`<${Page} />`, /** @type {HTMLElement} */ (document.getElementById("page")));

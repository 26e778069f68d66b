/** A venue's screen. */
import { render } from "preact";
import { html } from "/browser/parts/html.js";
import { load_words } from "/browser/words.js";
import { open_hall } from "./screen/hall.js";
import { listen_for_cues } from "./screen/sounds.js";
import { Stage } from "./screen/stage.js";

open_hall();
listen_for_cues();
await load_words("/player/texts");
render(html`<${Stage} />`, /** @type {HTMLElement} */ (document.getElementById("page")));

/** A team's page. */
import { render } from "preact";
import { html } from "/browser/parts/html.js";
import { load_words } from "/browser/words.js";
import { announce } from "./phone/announcer.js";
import { keep_awake } from "./phone/awake.js";
import { open_door } from "./phone/door.js";
import { send_at_the_end } from "./phone/drafts.js";
import { follow_the_stage } from "./phone/looking.js";
import { Page } from "./phone/page.js";
import { session } from "./phone/team.js";

session.open();
open_door();
follow_the_stage();
send_at_the_end();
keep_awake();
await load_words("/player/texts");
announce();
render(html`<${Page} />`, /** @type {HTMLElement} */ (document.getElementById("page")));

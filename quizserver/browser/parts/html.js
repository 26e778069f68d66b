/** Markup as tagged templates: text stays text, whatever is in it. */
import { h } from "preact";
import htm from "htm";

export const html = htm.bind(h);

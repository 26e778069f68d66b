/** Two controls that look like no form: a choice among a few, all of them visible, and one line of text with the button that uses it. */
import { useState } from "preact/hooks";
import { html } from "/browser/parts/html.js";

/**
 * @param {object} props
 * @param {string} props.label
 * @param {[any, string][]} props.options value and words
 * @param {any} props.value
 * @param {(value: any) => void} props.choose
 */
export function Choice({ label, options, value, choose }) {
  return html`<div class="choice-line" role="radiogroup" aria-label=${label}>
    <span class="label">${label}</span>
    <div>
      ${options.map(([each, words]) => html`<button key=${String(each)} type="button" role="radio" aria-checked=${each === value} class="chip" onClick=${() => choose(each)}>${words}</button>`)}
    </div>
  </div>`;
}

/**
 * @param {object} props
 * @param {string} props.label
 * @param {string} props.verb what the button says
 * @param {(text: string) => void} props.act never called with nothing
 * @param {string} [props.start]
 * @param {string} [props.hint]
 * @param {string} [props.look] a class of the button
 * @param {boolean} [props.first] takes the focus when its sheet opens
 * @param {Record<string, any>} [props.input] further attributes
 */
export function Line({ label, verb, act, start = "", hint, look = "", first = true, input = {} }) {
  const [text, type] = useState(start);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (text.trim()) act(text.trim());
  };
  return html`<form class="one-thing" onSubmit=${submit}>
    <label class="label"
      >${label}
      <input
        class="input"
        value=${text}
        data-first=${first || undefined}
        autocomplete="off"
        onInput=${(/** @type {any} */ event) => type(event.target.value)}
        ...${input}
    /></label>
    <button class=${`button button-primary ${look}`} disabled=${!text.trim()}>${verb}</button>${hint && html`<p class="hint">${hint}</p>`}
  </form>`;
}

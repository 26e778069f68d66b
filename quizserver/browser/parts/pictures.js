/** Pictures of a pack: its one drawing, and those of questions. */
import { useState } from "preact/hooks";
import { local } from "../words.js";
import { html } from "./html.js";

/** The pack's drawing, turned by a quarter where its place is wide and it is tall, or the other way round. @param {{art: string | undefined}} props */
export function Art({ art }) {
  const [turned, turn] = useState(false);
  if (!art) return null;
  const measure = (/** @type {{currentTarget: HTMLImageElement}} */ { currentTarget: { naturalWidth, naturalHeight, parentElement } }) =>
    turn(naturalWidth > naturalHeight !== (parentElement?.clientWidth ?? 0) > (parentElement?.clientHeight ?? 0));
  return html`<span class=${`art ${turned ? "is-turned" : ""}`}><img src=${`/media/${art}`} alt="" onLoad=${measure} /></span>`;
}

/** A question's picture on the pack's field; where it cannot be had, its words. @param {{media: Record<string, any>}} props */
export function Picture({ media }) {
  const [missing, miss] = useState("");
  const words = local(media.alt);
  if (missing === media.file) return html`<figure class="picture is-missing"><p>${words}</p></figure>`;
  return html`<figure class="picture">
    <img src=${`/media/${media.file}`} alt=${words} width=${media.width || undefined} height=${media.height || undefined} onError=${() => miss(media.file)} />
  </figure>`;
}

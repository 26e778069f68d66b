/** Four short cues, made and not fetched: open, the last five seconds, closed, reveal. Off until somebody has tapped the screen. */
import { effect, signal } from "@preact/signals";
import { lost_since, moment, view } from "./hall.js";

const LAST_S = 5;
/** Notes of each cue: hertz, when it starts and how long it sounds in seconds. @type {Record<string, [number, number, number][]>} */
const CUES = {
  open: [[523, 0, 0.14], [784, 0.14, 0.3]],
  last: [[660, 0, 0.07]],
  closed: [[392, 0, 0.16], [262, 0.16, 0.45]],
  reveal: [[523, 0, 0.5], [659, 0.09, 0.5], [784, 0.18, 0.6]],
};

export const has_sound = signal(false);

/** @type {AudioContext | undefined} */
let audio;

/** @param {string} cue */
function play(cue) {
  if (!audio) return;
  for (const [hertz, start, lasts] of CUES[cue]) {
    const tone = new OscillatorNode(audio, { type: "triangle", frequency: hertz });
    const loudness = new GainNode(audio, { gain: 0 });
    const from = audio.currentTime + start;
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(0.25, from + 0.012);
    loudness.gain.exponentialRampToValueAtTime(0.001, from + lasts);
    tone.connect(loudness).connect(audio.destination);
    tone.start(from);
    tone.stop(from + lasts);
  }
}

/** Which cue a change deserves; undefined: none. @param {any} before @param {any} now @returns {string | undefined} */
export function cue_of(before, now) {
  if (now.phase === "revealed") return before.phase !== "revealed" || before.question !== now.question ? "reveal" : undefined;
  if (now.is === "open" && before.is !== "open") return "open";
  if (now.is === "over" && before.is === "open") return "closed";
  return now.is === "open" && now.closes && now.left !== before.left && now.left !== null && now.left <= LAST_S ? "last" : undefined;
}

/** From the first tap on. */
export function listen_for_cues() {
  addEventListener("pointerdown", () => {
    audio ??= new AudioContext();
    void audio.resume();
    has_sound.value = true;
  });
  /** @type {Record<string, any>} */
  let before = {};
  effect(() => {
    const { phase, question } = view.value ?? {};
    const now = { ...moment.value, phase, question: question?.id };
    const cue = before.phase !== undefined && !lost_since.peek() && !view.value?.paused ? cue_of(before, now) : undefined;
    if (cue) play(cue);
    before = now;
  });
}

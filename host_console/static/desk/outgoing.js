/** Operations on their way: kept, sent, sent again, until the server says `done`. One message is on its way at a time. */
import { computed, effect, signal } from "@preact/signals";
import { t } from "/browser/words.js";
import { name_of } from "./cell.js";
import { Keeper } from "./kept.js";
import { known } from "./memory.js";
import { scope_id, session, view } from "./room.js";
import { add, confirm, drop, laid, lies_here, sheet } from "./sheet.js";
import { is_seated, sit_again } from "./who.js";

const MOST = 100; // operations of one message
const MOST_LETTERS = 8_000; // of reasons and texts in it: a message has 64 KiB
const AGAIN_MS = 1_500;

/** @typedef {import("./cell.js").Operation} Operation */

/** Not confirmed yet, in the order in which they were typed. @type {import("@preact/signals").Signal<{operation: Operation, scope: string}[]>} */
const waiting = signal([]);
/** Names of those that have left. @type {import("@preact/signals").Signal<Set<string>>} */
const sent = signal(new Set());
/** What the server will never take, with its reason. @type {import("@preact/signals").Signal<{operation: Operation, refused: {code: string, detail?: string}}[]>} */
export const refused = signal([]);

/** All that the server has not heard of: marks, and that sheets are collected. */
export const unsent = computed(() => waiting.value.length + known.value.collected.length);
/** Set once the device's store is open. @type {Keeper} */
export let keeper;

/** What it is, behind the number. */
export function unsent_words() {
  const collected = known.value.collected.length;
  if (!collected) return t("unsent", { n: unsent.value });
  return t(unsent.value > collected ? "unsent.with_collected" : "unsent.collected");
}

let on_its_way = false;
let at_once = MOST;

/** @param {Operation} operation */
export const has_left = (operation) => sent.value.has(name_of(operation));

/** Takes up what an earlier page left, and sends whenever there is a connection. */
export async function start_sending() {
  keeper = await Keeper.open();
  effect(() => {
    const battle = view.value?.battle.id;
    if (battle) take_up(battle);
  });
  effect(() => {
    if (session.link_state.value.state === "on" && is_seated.value) send();
  });
}

/** @type {Set<string>} */
const taken_up = new Set();

/** @param {string} battle */
async function take_up(battle) {
  if (taken_up.has(battle)) return;
  taken_up.add(battle);
  const left = await keeper.left(battle);
  waiting.value = [...left.map(({ operation, scope }) => ({ operation, scope })), ...waiting.value];
  send();
}

/** Operations of other scopes than the one on the table, or of whose they are not to be seen now, are sent as well; the others are drawn. */
export function draw_waiting() {
  effect(() => {
    laid.value;
    for (const { operation, scope } of waiting.value) {
      if (lies_here(scope, operation.who) && !sheet(operation.team).peek().own.includes(operation)) add(operation);
    }
  });
}

/** Keeps an operation and sends it as soon as it can. @param {Omit<Operation, "device" | "counter">} entry */
export function enter(entry) {
  const operation = { ...entry, device: keeper.device, counter: keeper.next() };
  const kept = { name: name_of(operation), battle: view.value?.battle.id, scope: scope_id.value, operation };
  add(operation);
  waiting.value = [...waiting.value, { operation, scope: kept.scope }];
  keeper.put(kept);
  send();
}

async function send() {
  if (on_its_way || !is_seated.peek() || session.link_state.value.state !== "on" || !waiting.value.length) return;
  on_its_way = true;
  const batch = portion(waiting.value.map((each) => each.operation));
  sent.value = new Set(batch.map(name_of));
  const done = await session.ask({ t: "marks", operations: batch });
  on_its_way = false;
  if (done.ok) accepted(batch, new Set(done.result?.late ?? []));
  else if (done.refused.code === "unknown_scorekeeper" && !sat_again) unknown();
  else if (done.refused.temporary) later();
  else not_accepted(batch, done.refused);
}

/** As many as go together in one message. @param {Operation[]} operations */
function portion(operations) {
  let letters = 0;
  const over = operations.findIndex(({ value, why = "" }) => (letters += value.length + why.length) > MOST_LETTERS);
  return operations.slice(0, Math.min(at_once, over < 0 ? operations.length : over));
}

/** The server has lost who sits here, and is told once more; who is still unknown then never will be known. */
let sat_again = false;

function unknown() {
  sat_again = true;
  sit_again();
  later();
}

/** What came too late counts for nothing yet: how its cell looks now, the server has said. @param {Operation[]} batch @param {Set<string>} late */
function accepted(batch, late) {
  sat_again = false;
  for (const operation of batch) if (late.has(name_of(operation))) drop(operation);
  const scopes = new Map(waiting.value.map((each) => [each.operation, each.scope]));
  confirm(batch.filter((operation) => !late.has(name_of(operation))), (operation) => scopes.get(operation) ?? "");
  leave(batch);
  keeper.done(batch.map(name_of));
  at_once = Math.min(MOST, at_once * 2);
  send();
}

function later() {
  sent.value = new Set();
  setTimeout(send, AGAIN_MS);
}

/** One wrong mark refuses its whole message: they go one by one until it is found. @param {Operation[]} batch @param {{code: string}} why */
function not_accepted(batch, why) {
  sent.value = new Set();
  if (batch.length > 1) {
    at_once = 1;
  } else {
    refused.value = [...refused.value, { operation: batch[0], refused: why }];
    drop(batch[0]);
    leave(batch);
    keeper.forget(batch.map(name_of));
  }
  send();
}

/** @param {Operation[]} batch */
function leave(batch) {
  const gone = new Set(batch.map(name_of));
  waiting.value = waiting.value.filter((each) => !gone.has(name_of(each.operation)));
  sent.value = new Set();
}

/** The scorekeeper has read why. */
export function forget_refused() {
  refused.value = [];
}

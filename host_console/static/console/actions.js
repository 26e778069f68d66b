/**
 * Everything a host can do beside the next step. THE table: the row under the stage, the keys and the sheet of keys are drawn from it.
 * Keys are places on the keyboard, so that they work in every layout. What has no way back asks twice.
 */
import { t } from "/browser/words.js";
import { ask } from "./asking.js";
import { session, view } from "./evening.js";
import { tell, take_last_back } from "./notices.js";
import { lay } from "./overlay.js";
import { accept, next_to_judge, reject, show_on_screen } from "./judging.js";
import { open_first_dispute } from "./disputes.js";
import { look_at, was_asked } from "./questions.js";

/**
 * @typedef {object} Action
 * @property {string} name its words are `action.<name>`
 * @property {string} code the key's place
 * @property {"evening" | "screen" | "judging" | "people"} group
 * @property {(view: Record<string, any>) => boolean} can
 * @property {() => void} run
 * @property {boolean} [danger] asks twice
 * @property {(view: Record<string, any>) => boolean} [is_on] its words are then `action.<name>.off`
 */

const MORE_MS = 10_000;
const always = () => true;
const shown = () => /** @type {Record<string, any>} */ (view.value);
const may = (/** @type {string} */ command) => (/** @type {any} */ battle) => battle.may.includes(command);
const quiet_stage = (/** @type {any} */ battle) => !["open", "last_call"].includes(battle.phase);

/** @type {Action[]} */
export const ACTIONS = [
  {
    name: "back",
    code: "KeyZ",
    group: "evening",
    can: (battle) => may("GoBack")(battle) && !battle.paused,
    run: () => ask("GoBack"),
  },
  {
    name: "pause",
    code: "KeyP",
    group: "evening",
    can: (battle) => may("Pause")(battle) && (battle.paused || Boolean(battle.clock)),
    is_on: (battle) => battle.paused,
    run: pause,
  },
  { name: "more", code: "KeyE", group: "evening", can: (battle) => may("Extend")(battle) && Boolean(battle.clock), run: more },
  {
    name: "go_on",
    code: "KeyG",
    group: "evening",
    danger: true,
    can: (battle) => battle.primary.waits === "collecting",
    run: () => ask("GoOnUncollected"),
  },
  { name: "reopen", code: "KeyO", group: "evening", danger: true, can: may("Reopen"), run: () => ask("Reopen") },
  {
    name: "void",
    code: "KeyX",
    group: "evening",
    danger: true,
    can: (battle) => Boolean(battle.question),
    is_on: (battle) => Boolean(battle.question?.voided),
    run: take_out,
  },
  { name: "questions", code: "KeyQ", group: "evening", can: anything_asked, run: () => look_at() },
  {
    name: "standing",
    code: "KeyT",
    group: "screen",
    can: quiet_stage,
    is_on: (battle) => on_stage(battle, "total"),
    run: () => standing("total"),
  },
  {
    name: "speed",
    code: "KeyS",
    group: "screen",
    can: quiet_stage,
    is_on: (battle) => on_stage(battle, "speed"),
    run: () => standing("speed"),
  },
  { name: "results", code: "Digit1", group: "screen", can: always, run: () => lay("results") },
  { name: "freeze", code: "KeyF", group: "screen", can: always, is_on: (battle) => battle.frozen, run: freeze },
  {
    name: "break",
    code: "KeyK",
    group: "screen",
    can: (battle) => may("StartBreak")(battle) && quiet_stage(battle),
    run: () => lay("break"),
  },
  { name: "invitation", code: "KeyI", group: "screen", can: always, run: () => lay("invitation") },
  { name: "venues", code: "KeyV", group: "screen", can: always, run: () => lay("venues") },
  { name: "judge", code: "KeyJ", group: "judging", can: (battle) => battle.attention.judge.rows.length > 0, run: next_to_judge },
  { name: "accept", code: "KeyY", group: "judging", can: to_judge, run: accept },
  { name: "reject", code: "KeyN", group: "judging", can: to_judge, run: reject },
  { name: "tick", code: "KeyW", group: "judging", can: to_judge, run: show_on_screen },
  { name: "import", code: "Digit2", group: "judging", can: (battle) => battle.counts.paper > 0, run: () => lay("import") },
  { name: "undo", code: "KeyU", group: "judging", can: always, run: take_last_back },
  {
    name: "dispute",
    code: "KeyD",
    group: "judging",
    can: (battle) => battle.attention.disputes.count > 0,
    run: open_first_dispute,
  },
  {
    name: "points",
    code: "KeyM",
    group: "people",
    can: (battle) => battle.counts.teams > 0,
    run: () => lay("teams", { job: "points" }),
  },
  { name: "teams", code: "KeyH", group: "people", can: always, run: () => lay("teams") },
  { name: "new_team", code: "KeyC", group: "people", can: may("JoinTeam"), run: () => lay("new_team") },
  { name: "announced", code: "KeyR", group: "people", can: always, run: () => lay("announced") },
  { name: "lock", code: "KeyL", group: "people", can: always, is_on: (battle) => battle.locked, run: lock },
  { name: "consoles", code: "KeyA", group: "people", can: always, run: () => lay("consoles") },
];

/** What stands in the row, by phase; at most five of them that can be done. */
const ROWS = {
  lobby: ["lock", "announced", "venues", "invitation"],
  round_intro: ["back", "standing", "break", "new_team", "points"],
  shown: ["back", "invitation", "points", "void"],
  open: ["pause", "more", "back", "teams", "void"],
  last_call: ["pause", "more", "back", "teams", "void"],
  closed: ["reopen", "break", "points", "void"],
  sealed: ["go_on", "reopen", "break", "void"],
  round_closed: ["go_on", "reopen", "break", "void"],
  collected: ["reopen", "break", "points", "void"],
  revealed: ["standing", "break", "back", "points", "void"],
  round_end: ["standing", "freeze", "break", "back", "points"],
  final: ["standing", "speed", "freeze", "back", "points"],
  finished: ["results", "standing", "speed", "freeze", "points"],
};

/** @param {Record<string, any>} battle @returns {Action[]} */
export function row_of(battle) {
  const names = ROWS[/** @type {keyof typeof ROWS} */ (battle.phase)] ?? [];
  return names
    .map((name) => ACTIONS.find((each) => each.name === name))
    .filter((each) => each !== undefined && each.can(battle))
    .map((each) => /** @type {Action} */ (each));
}

/** @param {Action} action @param {Record<string, any>} battle */
export function action_words(action, battle) {
  return t(`action.${action.name}${action.is_on?.(battle) ? ".off" : ""}`);
}

/** @param {Record<string, any>} battle */
function to_judge(battle) {
  return battle.attention.judge.rows.some((/** @type {any} */ row) => row.accepted === undefined);
}

/** @param {Record<string, any>} battle */
function anything_asked(battle) {
  return battle.run_sheet.some((/** @type {any} */ row) => row.questions.some(was_asked));
}

/** @param {Record<string, any>} battle @param {string} which */
function on_stage(battle, which) {
  return battle.stage.show === "standing" && battle.stage.which === which;
}

function pause() {
  ask(shown().paused ? "Resume" : "Pause");
}

async function more() {
  if (await ask("Extend", { by_ms: MORE_MS })) tell(t("more.told"));
}

/** @param {string} which */
function standing(which) {
  if (on_stage(shown(), which)) ask("ShowPlay");
  else ask("ShowStanding", { which });
}

async function freeze() {
  const frozen = !shown().frozen;
  if (await ask("FreezeStanding", { frozen })) tell(t(frozen ? "freeze.told" : "freeze.told.off"));
}

export async function lock() {
  const locked = !shown().locked;
  if (await ask("LockLobby", { locked }))
    tell(t(locked ? "lock.told" : "lock.told.off"), "plain", () => session.press("LockLobby", { locked: !locked }));
}

async function take_out() {
  const { id, number, voided } = shown().question;
  if (await ask("VoidQuestion", { question: id, voided: !voided, reason: t(voided ? "void.reason.off" : "void.reason") }))
    tell(t(voided ? "void.told.off" : "void.told", { n: number }), "warn");
}

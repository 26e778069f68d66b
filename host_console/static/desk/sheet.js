/** The sheets on the table: the venue's teams and what the server and this device know of each cell. One signal a team, so that typing redraws one row. */
import { computed, effect, signal } from "@preact/signals";
import { cell_of } from "./cell.js";
import { known, recall_sheet, remember_sheet } from "./memory.js";
import { in_order } from "./order.js";
import { key, scope, scope_id, session, view } from "./room.js";
import { is_seated, person_of, signs_as, who } from "./who.js";

const PAGE = 100;

export const TOTAL = "total";

/** @typedef {import("./cell.js").Cell} Cell */
/** @typedef {import("./cell.js").Operation} Operation */
/** @typedef {{told: Record<string, Cell>, own: Operation[]}} Sheet what the server told, and what it has not confirmed */

/** @typedef {{team: string, name: string, sheets: string[], online: string[]}} Row `sheets`: the numbers on its paper; `online`: questions that the team plays on phones */

/** Whose sheets lie here, as the server lists them. @type {import("@preact/signals").Signal<Row[]>} */
const listed = signal([]);
/** The rows of the grid, in order. */
export const teams = computed(() => in_order(listed.value));
/** True until the first page of a scope is here. */
export const loading = signal(true);
/** @type {Map<string, import("@preact/signals").Signal<Sheet>>} */
const sheets = new Map();
/** Grows whenever other sheets are laid on the table: nothing of this device is drawn on them yet. */
export const laid = signal(0);

/** @param {string} team */
export function sheet(team) {
  let found = sheets.get(team);
  if (!found) sheets.set(team, (found = signal({ told: {}, own: [] })));
  return found;
}

/** @param {string} team @param {string} question */
export function cell(team, question) {
  const { told, own } = sheet(team).value;
  return cell_of(
    told[question],
    own.filter((operation) => operation.question === question),
  );
}

const online = computed(() => new Map(teams.value.map((row) => [row.team, new Set(row.online)])));

/** True where the team's phones answer: this sheet says nothing there. @param {string} team @param {string} question */
export const on_phones = (team, question) => online.value.get(team)?.has(question) ?? false;

/** The questions of a team's sheet. @param {string} team */
export const on_paper = (team) => key.value.filter((question) => !on_phones(team, question.id));

/** Adds an operation of this device. @param {Operation} operation */
export function add(operation) {
  const of_team = sheet(operation.team);
  of_team.value = { ...of_team.value, own: [...of_team.value.own, operation] };
}

/**
 * The server has these: what it would say of their cells, until it says so itself.
 * @param {Operation[]} operations in time
 * @param {(operation: Operation) => string} scope_of
 */
export function confirm(operations, scope_of) {
  const here = operations.filter((operation) => lies_here(scope_of(operation), operation.who));
  for (const operation of here) {
    const of_team = sheet(operation.team);
    const { told, own } = of_team.value;
    const { question } = operation;
    of_team.value = {
      told: { ...told, [question]: cell_of(told[question], [operation]) },
      own: own.filter((each) => each !== operation),
    };
  }
  if (here.length) remember();
  const elsewhere = operations.filter((operation) => !here.includes(operation));
  const memory = (/** @type {Operation} */ operation) => seen_by(scope_of(operation), operation.who);
  for (const each of new Set(elsewhere.map(memory))) confirm_elsewhere(each, elsewhere.filter((operation) => memory(operation) === each));
}

/** On a sheet that is not on the table now, or as somebody else sees it. @param {string} memory @param {Operation[]} operations */
async function confirm_elsewhere(memory, operations) {
  const { teams, told } = (await recall_sheet(memory)) ?? { teams: [], told: {} };
  for (const { team, question, ...rest } of operations)
    told[team] = { ...told[team], [question]: cell_of(told[team]?.[question], [{ team, question, ...rest }]) };
  await remember_sheet(memory, { teams, told });
}

/** Where marks are entered twice, each person has a memory of its own. @param {string} scope @param {string} [signed] */
const seen_by = (scope, signed = signs_as.peek()) => `${scope} ${view.peek()?.double_entry ? person_of(signed) : ""}`;

/** True for marks of the scope on the table, where whoever sits here may see them. @param {string} scope @param {string} signed */
export const lies_here = (scope, signed) => seen_by(scope, signed) === seen_by(scope_id.peek());

let remembering = false;
/** Something of this sheet has come from the server, and what was kept is older. */
let is_told = false;

/** The sheet on the table as it is now, for a page that opens without a server. */
function remember() {
  if (remembering) return;
  remembering = true;
  queueMicrotask(() => {
    remembering = false;
    if (!loading.peek()) remember_sheet(seen_by(scope_id.peek()), { teams: listed.peek(), told: Object.fromEntries([...sheets].map(([team, is]) => [team, is.peek().told])) });
  });
}

/** What was last known of the scope on the table, until the server says more. @param {string} scope */
async function recall(scope) {
  const memory = seen_by(scope);
  const kept = await recall_sheet(memory);
  const rows = kept?.teams.length ? kept.teams : known.peek().evening.find((row) => row.scope === scope)?.teams;
  if (memory !== seen_by(scope_id.peek()) || is_told || !rows) return;
  for (const [team, cells] of Object.entries(kept?.told ?? {})) take({ team, cells });
  listed.value = rows;
  loading.value = false;
}

/** Takes back what can never be accepted. @param {Operation} operation */
export function drop(operation) {
  const of_team = sheet(operation.team);
  of_team.value = { ...of_team.value, own: of_team.value.own.filter((each) => each !== operation) };
}

/** Asks for the whole sheet; the server then tells of every change in it. */
async function load() {
  const wanted = seen_by(scope_id.value);
  /** @type {Row[]} */
  const found = [];
  for (let of = 1; found.length < of;) {
    const answer = await session.ask({ t: "page", of: "sheet", scope: scope_id.peek(), start: found.length, count: PAGE });
    if (!answer.page || wanted !== seen_by(scope_id.peek())) return;
    is_told = true;
    if (!answer.page.rows.length) break;
    of = answer.page.of;
    answer.page.rows.forEach(take);
    found.push(...answer.page.rows);
  }
  listed.value = found.map(({ team, name, sheets, online }) => ({ team, name, sheets, online }));
  loading.value = false;
  remember();
}

/** @param {{team: string, cells: Record<string, Cell>}} row */
function take({ team, cells }) {
  const of_team = sheet(team);
  of_team.value = { ...of_team.value, told: { ...of_team.value.told, ...cells } };
}

/** Teams may turn to their phones or back to paper, or take spares, while the sheet is on the table. @param {Row[]} rows */
function take_heads(rows) {
  const news = new Map(rows.map(({ team, sheets, online }) => [team, { sheets, online }]));
  const is_old = (/** @type {Row} */ { team, sheets, online }) => news.has(team) && JSON.stringify(news.get(team)) !== JSON.stringify({ sheets, online });
  if (listed.value.some(is_old)) listed.value = listed.value.map((row) => ({ ...row, ...news.get(row.team) }));
}

/** Sheets there should be: one more or less, and the list is another one. */
const expected = computed(() => scope.value?.expected);

/** For whom the server draws the sheet, where one person may see more of it than another. */
const reader = computed(() => (view.value?.double_entry ? signs_as.value : ""));
/** The server knows by now who looks, or nobody has said. */
const may_look = computed(() => !view.value?.double_entry || !who.value || is_seated.value);

/** Follows the scope on the table, through lost connections too. */
export function follow_sheet() {
  session.on("cells", (told) => {
    if (told.scope !== scope_id.value || !may_look.value) return; // what is on its way to who sat here before is not for who does now
    told.rows.forEach(take);
    take_heads(told.rows);
    remember();
    if (told.rows.some((/** @type {any} */ row) => !teams.value.some(({ team }) => team === row.team))) load();
  });
  effect(() => {
    scope_id.value;
    reader.value;
    loading.value = true;
    is_told = false;
    listed.value = [];
    sheets.clear();
    laid.value = laid.peek() + 1;
    if (scope_id.value) recall(scope_id.value);
  });
  effect(() => {
    reader.value;
    if (scope_id.value && session.welcome.value && expected.value !== undefined && may_look.value) load();
  });
}

/** Asking the server for something, and saying so when it does not do it. */
import { session, view } from "./evening.js";
import { tell_refusal } from "./notices.js";

/** Commands of which two presses on one step are one: they carry the step that this page shows. */
const STEPS = new Set(
  "StartRound ShowQuestion OpenAnswers CloseAnswers CallLast Reveal EndRound ShowPodium Finish GoBack Reopen GoOnUncollected".split(
    " ",
  ),
);

/**
 * @param {string} command
 * @param {Record<string, any>} [args]
 * @returns {Promise<Record<string, any> | null>} what the server told, {} if nothing; null if it refused
 */
export async function ask(command, args = {}) {
  return told(await session.press(command, args, STEPS.has(command) ? view.value?.step : undefined));
}

/** A page of rows. @param {string} of @param {Record<string, any>} [what] @returns {Promise<Record<string, any> | null>} */
export async function rows(of, what = {}) {
  const answer = await session.ask({ t: "page", of, ...what });
  return answer.page ?? told(answer);
}

/** Another message with a number. @param {Record<string, any>} message */
export async function say(message) {
  return told(await session.ask(message));
}

/** @param {Record<string, any>} done */
function told(done) {
  if (done.ok) return done.result ?? {};
  tell_refusal(done.refused);
  return null;
}

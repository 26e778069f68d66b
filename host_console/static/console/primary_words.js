/** What the one big button says. A function of the view alone, so that the words are always those of what will be done. */
import { local, number, t } from "/browser/words.js";
import { kind_and_time } from "../parts/question.js";

/** @typedef {{title: string, small: string}} Words */
/** @typedef {import("/browser/moment.js").Moment} Moment */

/** @type {Record<string, (view: Record<string, any>, moment: Moment) => Words>} */
const WORDS = {
  StartRound: (view) => {
    const at = round_index(view) + 1;
    const coming = view.run_sheet[at];
    return {
      title: t("primary.StartRound", { n: at + 1, title: local(coming?.title) }),
      small: t(`primary.StartRound.${coming?.reveal}`, { n: coming?.questions.length ?? 0 }),
    };
  },
  ShowQuestion: (view) => ({ title: t("primary.ShowQuestion", { n: view.next?.number ?? 0 }), small: about_next(view) }),
  OpenAnswers: (view) => ({
    title: t("primary.OpenAnswers"),
    small: t("primary.OpenAnswers.small", { n: view.question?.seconds ?? 0 }),
  }),
  CloseAnswers: (view, moment) => ({
    title: t(view.phase === "last_call" ? "primary.CloseRound" : "primary.CloseAnswers"),
    small: closing(moment),
  }),
  CallLast: (view) => ({
    title: t("primary.CallLast"),
    small: t("primary.CallLast.small", { n: view.run_sheet[round_index(view)]?.last_call_seconds ?? 0 }),
  }),
  Reveal: (view) => ({ title: t("primary.Reveal", { n: number_to_reveal(view) }), small: t("primary.Reveal.small") }),
  EndRound: (view) => ({ title: t("primary.EndRound", { n: view.round?.number ?? 0 }), small: t("primary.EndRound.small") }),
  ShowStanding: (view) => ({ title: t("primary.ShowStanding"), small: sheets_in(view) }),
  ShowPlay: (view) => ({ title: t(`primary.ShowPlay.${view.stage.show}`), small: t("primary.ShowPlay.small") }),
  ShowPodium: (view) => ({ title: t(view.champion === "open" ? "primary.ShowPodium.open" : "primary.ShowPodium"), small: sheets_in(view) }),
  Finish: () => ({ title: t("primary.Finish"), small: t("primary.Finish.small") }),
  Resume: () => ({ title: t("primary.Resume"), small: t("primary.Resume.small") }),
};

/** Commands this page has words for. */
export const KNOWN = Object.keys(WORDS);

/** @param {Record<string, any>} view @param {Moment} moment @returns {Words} */
export function primary_words(view, moment) {
  const { command, waits } = view.primary;
  if (command) return (WORDS[command] ?? (() => ({ title: command, small: "" })))(view, moment);
  if (waits !== "collecting") return { title: t(`waits.${waits}`), small: t(`waits.${waits}.small`) };
  const missing = Object.values(view.venues).filter((venue) => venue.missing);
  return { title: t("waits.collecting", { n: missing.length }), small: missing.map((venue) => venue.name).join(", ") };
}

/** @param {Record<string, any>} view */
function round_index(view) {
  return view.run_sheet.findIndex((/** @type {any} */ row) => row.now);
}

/** @param {Record<string, any>} view */
function about_next(view) {
  const opening = t(view.run_sheet[round_index(view)]?.by_hand ? "opens.by_hand" : "opens.by_itself");
  return view.next ? `${kind_and_time(view.next)}. ${opening}` : "";
}

/** @param {Moment} moment */
function closing({ is, left, closes }) {
  if (left === null) return "";
  return is === "reading" ? t("opens.in", { n: left }) : closes ? t("closes.in", { n: left }) : "";
}

/** @param {Record<string, any>} view */
function number_to_reveal(view) {
  if (view.round?.reveal === "each") return view.question?.number ?? 0;
  return view.phase === "revealed" ? (view.question?.number ?? 0) + 1 : 1;
}

/** @param {Record<string, any>} view */
function sheets_in(view) {
  const sheets = view.counts.sheets;
  return sheets?.of ? t("sheets.in", { n: sheets.of, in: number(sheets.in) }) : t("primary.on_screens");
}

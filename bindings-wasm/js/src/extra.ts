/**
 * What is not needed to check: reports in other forms, rules and verdicts explained, the calendar, files of
 * ArchiMate. It is a WASM file of its own, loaded when {@link init} is called.
 */

import { call } from "./extra-life.js";
import type { Model } from "./model.js";
import * as raw from "./raw/extra.js";
import { asked, type CheckOptions, type RuleSet } from "./rules.js";
import type { Calendar, Difference, Explanation, Outline, Report } from "./types.generated.js";

export { init } from "./extra-life.js";

/** A language of what is told. */
export type Language = "en" | "nl";

/** A form of reports: SARIF with accepted deviations as suppressed results, or without them. */
export type Form = "html" | "markdown" | "sarif" | "sarif-without-waived" | "text";

/** A model document that was made of a file of another tool. */
export interface Converted {
  readonly name: string;
  /** The document, in YAML. */
  readonly text: string;
  /** What was read, what became what, and what has no place. */
  readonly notes: string;
}

/** A report as a page, as Markdown, as text or as SARIF 2.1.0. */
export function write(report: Report, form: Form, language: Language = "en"): string {
  const json = JSON.stringify(report);
  return call(() => raw.write(json, form, language));
}

/** What is asked of a picture. */
export interface PictureOptions {
  /** The language of labels; English if left out. */
  readonly language?: Language;
  /** A report whose findings are marked. */
  readonly report?: Report;
  /** The ids of the elements in the middle: drawn is what lies around them. Everything if left out. */
  readonly focus?: readonly string[];
  /** How many links away from the middle one still sees; 2 if left out. */
  readonly depth?: number;
  /** The kinds that are drawn, by name; all if left out. */
  readonly kinds?: readonly string[];
  /** How many elements are drawn at most; 300 if left out. */
  readonly most?: number;
  /** The colours; those of the reader's system if left out, and those of the page around it if `neutral`. */
  readonly theme?: "auto" | "dark" | "light" | "neutral";
}

/**
 * The network of a model as SVG, or as text for Graphviz or Mermaid.
 *
 * @param rules - The model was loaded with their metamodel.
 * @throws OptionsError if an element or a kind is not there.
 */
export function picture(
  rules: RuleSet,
  model: Model,
  { report, language = "en", ...look }: PictureOptions = {},
  form: "dot" | "mermaid" | "svg" = "svg",
): string {
  const [json, found] = [JSON.stringify(model), report && JSON.stringify(report)];
  const asked = JSON.stringify({ language, ...look });
  return call(() => raw.draw(sameAs(rules), json, found, asked, form));
}

/** What differs between a report and an earlier one. */
export function diff(report: Report, earlier: Report): Difference {
  const [now, then] = [JSON.stringify(report), JSON.stringify(earlier)];
  return JSON.parse(call(() => raw.diff(now, then))) as Difference;
}

/** A report that says what is new since an earlier one. */
export function since(report: Report, baseline: Report): Report {
  const [now, then] = [JSON.stringify(report), JSON.stringify(baseline)];
  return JSON.parse(call(() => raw.since(now, then))) as Report;
}

/**
 * What a rule asks, part by part, in words.
 *
 * @throws OptionsError if there is no such rule.
 */
export function outline(rules: RuleSet, rule: string): Outline {
  return JSON.parse(call(() => sameAs(rules).outline(rule))) as Outline;
}

/**
 * Why a rule gives the verdict that it gives for an element; `model` stands for the model as a whole.
 *
 * @throws OptionsError if there is no such rule or element, or the rule is not asked of it.
 */
export function explain(
  rules: RuleSet,
  model: Model,
  rule: string,
  element: string,
  options: CheckOptions = {},
): Explanation {
  const [json, what] = [JSON.stringify(model), asked(options)];
  return JSON.parse(call(() => sameAs(rules).explain(json, what, rule, element))) as Explanation;
}

/**
 * The verdicts that will be others on later days, up to one, if nothing but the date changes.
 *
 * @throws OptionsError if a date, the gate, a programme or a tag is not one.
 */
export function calendar(
  rules: RuleSet,
  model: Model,
  until: string,
  options: CheckOptions = {},
): Calendar {
  const [json, what] = [JSON.stringify(model), asked(options)];
  return JSON.parse(call(() => sameAs(rules).calendar(json, what, until))) as Calendar;
}

/**
 * A model document of an ArchiMate file: the exchange format, or a file of the tool Archi.
 *
 * @throws LoadError if the file cannot be read.
 */
export function readArchimate(
  name: string,
  bytes: Uint8Array,
  language: Language = "en",
): Converted {
  return JSON.parse(call(() => raw.readArchimate(name, bytes, language))) as Converted;
}

/** The rules once more, in the memory of this file. */
const twins = new WeakMap<RuleSet, raw.Rules>();

function sameAs(rules: RuleSet): raw.Rules {
  let twin = twins.get(rules);
  if (twin === undefined) {
    twin = new raw.Rules(JSON.stringify(rules.recipe));
    twins.set(rules, twin);
  }
  return twin;
}

/** What the rules find, as parts of the page. */

import type { Finding, Outline, Report, RuleNote } from "spelregel";

import { make } from "./make.js";
import { type Language, say, words } from "./words.js";

/** What can be done from an answer. */
export interface Doing {
  goTo(finding: { readonly file: string; readonly line: number; readonly column: number }): void;
  outline(rule: string): Promise<Outline>;
}

const SIGNS = { fail: "✗", unknown: "?", waived: "○", error: "!" } as const;

function verdictOf(finding: Finding): keyof typeof SIGNS {
  return finding.verdict === "pass" || finding.verdict === "not_applicable" ? "error" : finding.verdict;
}

/** The findings, the worst first. */
export function findingsList(report: Report, language: Language, doing: Doing): HTMLElement {
  if (report.findings.length === 0) {
    return make("p", {}, words[language].nothing);
  }
  const items = report.findings.map((finding) => findingItem(finding, language, doing));
  return make("ol", { class: "findings" }, ...items);
}

function findingItem(finding: Finding, language: Language, doing: Doing): HTMLElement {
  const word = words[language];
  const verdict = verdictOf(finding);
  const { element, position } = finding;
  const name = element ? (element.name ?? element.id) : undefined;
  const place = position && `${position.file}:${position.line}`;
  const about =
    name &&
    (position
      ? make(
          "button",
          {
            type: "button",
            class: "element",
            title: word.goTo(place ?? ""),
            click: () => doing.goTo(position),
          },
          name,
        )
      : make("span", { class: "element" }, name));
  const questions = (finding.missing ?? []).map((fact) => make("li", {}, say(fact.question, language)));
  return make(
    "li",
    { class: `finding ${finding.severity} ${verdict}`, "data-rule": finding.rule },
    make(
      "p",
      { class: "what" },
      make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[verdict]),
      make("span", { class: "severity" }, `${word.severities[finding.severity]}, ${word.verdicts[verdict]}`),
    ),
    make("h3", {}, say(finding.title, language)),
    about ? make("p", {}, about) : undefined,
    make("p", {}, say(finding.message, language)),
    questions.length > 0 ? make("ul", {}, ...questions) : undefined,
    details(finding, language, doing),
  );
}

function details(
  rule: { readonly rule: string; readonly why: Finding["why"]; readonly remedy: Finding["remedy"]; readonly source?: Finding["why"] },
  language: Language,
  doing: Doing,
): HTMLElement {
  const word = words[language];
  const row = (title: string, text: string) =>
    text ? [make("dt", {}, title), make("dd", {}, text)] : [];
  const asks = make("dd", { class: "outline" });
  const list = make(
    "dl",
    {},
    ...row(word.why, say(rule.why, language)),
    ...row(word.remedy, say(rule.remedy, language)),
    ...row(word.source, rule.source ? say(rule.source, language) : ""),
    make("dt", {}, word.asks),
    asks,
  );
  const fill = (event: Event) => {
    if ((event.currentTarget as HTMLDetailsElement).open && asks.childElementCount === 0) {
      void doing.outline(rule.rule).then(
        (outline) => asks.replaceChildren(outlineTree(outline, language)),
        () => asks.replaceChildren(word.fault),
      );
    }
  };
  const title = `${word.why}, ${word.remedy.toLowerCase()}`;
  return make("details", { toggle: fill }, make("summary", {}, title), list);
}

/** What a rule asks, as a tree of sentences. */
function outlineTree(outline: Outline, language: Language): HTMLElement {
  const parts = [outline.due, outline.when, outline.require, ...(outline.meanings ?? [])];
  return make("ul", {}, ...parts.flatMap((part) => (part ? [partItem(part, language)] : [])));
}

function partItem(part: Outline["require"], language: Language): HTMLElement {
  const inner = (part.parts ?? []).map((one) => partItem(one, language));
  const list = inner.length > 0 && make("ul", {}, ...inner);
  return make("li", {}, say(part.sentence, language) || (words[language].parts[part.kind] ?? ""), list);
}

/** What to find out, the most useful first. */
export function missingList(report: Report, language: Language): HTMLElement {
  const word = words[language];
  if (report.missing.length === 0) {
    return make("p", {}, word.nothingMissing);
  }
  const items = report.missing.map(({ fact, settles }) =>
    make(
      "li",
      {},
      say(fact.question, language),
      settles > 0 ? make("span", { class: "settles" }, word.settles(settles)) : undefined,
    ),
  );
  return make("ol", { class: "missing" }, ...items);
}

/** The rules that are asked. */
export function rulesList(rules: readonly RuleNote[], language: Language, doing: Doing): HTMLElement {
  const items = rules.map((rule) =>
    make(
      "li",
      { class: `rule ${rule.severity}` },
      make("h3", {}, say(rule.title, language)),
      make("p", { class: "id" }, rule.rule),
      details(rule, language, doing),
    ),
  );
  return make("ol", { class: "rules" }, ...items);
}

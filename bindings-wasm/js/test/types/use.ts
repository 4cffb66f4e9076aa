// Compiled against the published types, never run.

import {
  check,
  type Completion,
  type Delta,
  type Diagnostic,
  type Edit,
  Editor,
  type Finding,
  init,
  type kinds,
  LoadError,
  Model,
  type ModelDocument,
  Pack,
  packs,
  type Report,
  RuleSet,
  Session,
  SpelregelError,
  version,
} from "spelregel";
import { init as start } from "spelregel/slim";

export const started: Promise<void> = init();
export const slim: Promise<void> = start(new Uint8Array());
export const text: string = version();

const report: Report = check("goals: []", { rules: ["slim-invoeren"], at: "2026-06-01" });
check([{ name: "a.yaml", text: "goals: []" }], { rules: [{ name: "own.yaml", text: "" }] });
// @ts-expect-error: a date is text.
check("goals: []", { at: new Date() });
// @ts-expect-error: there is no such option.
check("goals: []", { gates: "G2" });

export const worst: readonly Finding[] = report.findings.filter(
  (finding) => finding.severity === "error" && finding.verdict === "fail",
);
// @ts-expect-error: no such verdict.
report.findings.filter((finding) => finding.verdict === "failed");
// @ts-expect-error: a report is not changed.
report.findings = [];
// @ts-expect-error: the severity is known.
export const number: number = report.findings[0]?.severity;

// The vocabulary: kinds, fields and values.
export const goal: kinds.Goal = { id: "co2", state: "adopted", owned_by: ["sponsor"] };
export const phase: kinds.Phase = "design";
export const model: ModelDocument = {
  spelregel: 1,
  goals: [goal],
  roles: [{ id: "sponsor", role_type: "commissioner", held_by: { to: "jansen", fte: 0.2 } }],
  open_kinds: ["Goal"],
};
// @ts-expect-error: a goal is in no such state.
export const wrong: kinds.Goal = { id: "co2", state: "executing" };
// @ts-expect-error: a goal has no such field.
export const wronger: kinds.Goal = { id: "co2", fte: 1 };

const rules = RuleSet.compile([packs.slimInvoeren, Pack.shipped("msp"), "pack: ours"]);
// @ts-expect-error: no pack of that id is shipped.
Pack.shipped("slim-invoren");
export const severities: readonly ("advice" | "error" | "warning")[] = rules.rules.map(
  (rule) => rule.severity,
);

{
  using live = new Session(rules, Model.load("", rules.metamodel), { gate: "G2" });
  const edit: Edit = { edit: "set", id: "co2", field: "state", value: "adopted" };
  const delta: Delta = live.apply(edit);
  live.whatIf([edit, { edit: "remove", id: "co2" }]);
  // @ts-expect-error: there is no such edit.
  live.apply({ edit: "paint", id: "co2" });
  // @ts-expect-error: an id is missing.
  live.apply({ edit: "remove" });
  console.log(delta.appeared[0]?.message.nl, delta.changed[0]?.after.verdict);
}

const editor = new Editor(rules, { language: "nl" });
export const offers: readonly Completion[] = editor.complete("goals:", 3);
export const offset: number | undefined = editor.hover("goals:", 3)?.start.offset_utf16;
export const section: boolean = offers.some((offer) => offer.kind === "section");

try {
  check("goals");
} catch (error) {
  if (error instanceof SpelregelError) {
    const problems: readonly Diagnostic[] = error.diagnostics;
    const code: "load" | "options" | "pack" | "limit" | "edit" | "freed" | "fault" | "not-loaded" =
      error.code;
    console.log(problems[0]?.labels[0]?.start.column_utf16, code, error instanceof LoadError);
  }
}

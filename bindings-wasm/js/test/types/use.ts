// Compiled against the published types, never run.

import {
  check,
  type Diagnostic,
  type Finding,
  init,
  LoadError,
  type Report,
  SpelregelError,
  version,
} from "spelregel";

export const started: Promise<void> = init();
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

try {
  check("goals");
} catch (error) {
  if (error instanceof SpelregelError) {
    const problems: readonly Diagnostic[] = error.diagnostics;
    const code: "load" | "options" | "pack" = error.code;
    console.log(problems[0]?.labels[0]?.start.column_utf16, code, error instanceof LoadError);
  }
}

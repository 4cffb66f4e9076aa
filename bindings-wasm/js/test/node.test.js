import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { check, init, LoadError, OptionsError, PackError, SpelregelError, version } from "spelregel";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const at = "2026-06-01";
const model = "programmes: [{id: klimaat, name: Klimaat, phase: design}]\n";
const pack = {
  name: "own.yaml",
  text: `
spelregel: 1
pack: own
version: 1.0.0
title: {en: Own, nl: Eigen}
rules:
  - id: named
    title: {en: A programme has a name, nl: Een programma heeft een naam}
    each: Programme
    require: has(self.name)
    severity: warning
    message: {en: "{self.id} has no name", nl: "{self.id} heeft geen naam"}
    why: {en: People use names, nl: Mensen gebruiken namen}
    remedy: {en: Give it one, nl: Geef het er een}
    source: own
    tags: [own]
`,
};

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("is ready at import and says its version", async () => {
  assert.equal(version(), manifest.version);
  await init();
  assert.equal(version(), manifest.version);
});

test("checks a text", () => {
  const report = check(model, { rules: ["slim-invoeren"], at });
  assert.equal(report.receipt.at, at);
  assert.equal(report.receipt.version, version());
  const files = new Set(report.findings.flatMap((finding) => finding.position?.file ?? []));
  assert.deepEqual([...files], ["text"]);
});

test("makes one model of several texts", () => {
  const goals = { name: "goals.yaml", text: "goals: [{id: co2, pursued_by: [klimaat]}]\n" };
  check([{ name: "klimaat.yaml", text: model }, goals], { at });
  const error = thrownBy(() => check(goals, { at }));
  assert.ok(error instanceof LoadError);
  assert.deepEqual(error.diagnostics.map((problem) => problem.code), ["dangling-reference"]);
});

test("takes packs of one's own", () => {
  const report = check("programmes: [{id: p}]", { rules: [pack], at });
  assert.deepEqual(report.findings.map((finding) => finding.rule), ["own/named"]);
  assert.equal(report.findings[0].message.nl, "p heeft geen naam");
  assert.deepEqual(check(model, { rules: [pack], at }).findings, []);
});

test("uses all shipped packs and today if nothing is said", () => {
  const report = check(model);
  assert.match(report.receipt.at, /^\d{4}-\d\d-\d\d$/);
  assert.ok(report.findings.some((finding) => finding.rule.startsWith("slim-invoeren/")));
});

test("hands on gate, programmes and tags", () => {
  const options = { rules: [pack], at, gate: "G2", programmes: ["q"], tags: ["own"] };
  const report = check("programmes: [{id: p}, {id: q}]", options);
  assert.deepEqual(report.findings.map((finding) => finding.element.id), ["q"]);
  assert.equal(report.receipt.gate, "G2");
});

test("refuses options that are not there", () => {
  for (const wrong of [{ at: "2026-02-30" }, { gate: "G9" }, { programmes: ["r"] }, { tags: ["x"] }]) {
    const error = thrownBy(() => check(model, { rules: [pack], at, ...wrong }));
    assert.ok(error instanceof OptionsError, String(error));
    assert.deepEqual([error.code, error.diagnostics], ["options", []]);
  }
});

test("tells the problems of a model as data", () => {
  const text = "programmes:\n  - {id: klimaat, name: '🌍', nmae: Klimaat}\n";
  const error = thrownBy(() => check(text, { at }));
  assert.ok(error instanceof SpelregelError);
  assert.equal(error.name, "LoadError");
  const [problem] = error.diagnostics;
  assert.deepEqual([problem.code, problem.level], ["unknown-field", "error"]);
  const { line, column, column_utf16 } = problem.labels[0].start;
  assert.deepEqual([line, column, column_utf16], [2, 30, 31]);
  assert.deepEqual(problem.helps.map((help) => help.text), ["did you mean `name`?"]);
  assert.ok(error.message.includes(problem.message));
});

test("tells the problems of a pack as data", () => {
  const broken = { name: "own.yaml", text: pack.text.replace("self.name", "self.nam") };
  const error = thrownBy(() => check(model, { rules: [broken], at }));
  assert.ok(error instanceof PackError);
  assert.deepEqual(error.diagnostics.map((problem) => problem.labels[0].file), ["own.yaml"]);
});

test("takes settings, and tells their problems as data", () => {
  const settings = (text) => ({ rules: [pack], at, settings: { name: "settings.yaml", text } });
  const report = check("programmes: [{id: p}]", settings("settings: {severity: {named: error}}"));
  assert.deepEqual(report.findings.map((finding) => finding.severity), ["error"]);
  const error = thrownBy(() => check(model, settings("settings: {severities: {}}")));
  assert.ok(error instanceof OptionsError);
  assert.deepEqual(error.diagnostics.map((problem) => problem.code), ["unknown-field"]);
});

test("names the packs there are", () => {
  const error = thrownBy(() => check(model, { rules: ["slim-invoren"], at }));
  assert.ok(error instanceof PackError);
  assert.match(error.message, /slim-invoeren/);
});

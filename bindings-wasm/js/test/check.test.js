// Models, packs, rules and checks.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  check,
  init,
  LimitError,
  LoadError,
  Metamodel,
  Model,
  OptionsError,
  Pack,
  PackError,
  packs,
  RuleSet,
  SpelregelError,
  version,
} from "spelregel";

import { at, ownPack, thrownBy, town } from "./setup.js";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

test("is ready at import and says its version", async () => {
  assert.equal(version(), manifest.version);
  await init();
  assert.equal(version(), manifest.version);
});

test("checks a model against compiled rules", () => {
  const rules = RuleSet.compile([packs.slimInvoeren, ownPack]);
  const model = Model.load(town, rules.metamodel);
  const report = rules.check(model, { at });
  assert.equal(report.receipt.at, at);
  assert.equal(report.receipt.version, version());
  assert.deepEqual(report.receipt.packs.map((pack) => pack.id), ["slim-invoeren", "own", "base"]);
  assert.deepEqual(report, check(town, { rules: ["slim-invoeren", ownPack], at }));
});

test("names the texts that findings are about", () => {
  const goals = { name: "goals.yaml", text: "goals: [{id: co2, pursued_by: [klimaat]}]\n" };
  const report = check([{ name: "klimaat.yaml", text: town }, goals], { at });
  const files = new Set(report.findings.flatMap((finding) => finding.position?.file ?? []));
  assert.ok(files.has("klimaat.yaml") && files.has("goals.yaml"));
  const error = thrownBy(() => check(goals, { at }));
  assert.ok(error instanceof LoadError);
  assert.deepEqual(error.diagnostics.map((problem) => problem.code), ["dangling-reference"]);
});

test("takes today by the local calendar", () => {
  const day = new Date();
  const { at: taken } = check(town).receipt;
  assert.equal(Number(taken.slice(0, 4)), day.getFullYear());
  assert.equal(Number(taken.slice(8)), day.getDate());
});

test("reads what is sound of a model", () => {
  const model = Model.loadPartial("goals: [{id: co2, name: Less}, {id: a b}]");
  assert.equal(model.elementCount, 1);
  assert.equal(model.linkCount, 0);
  assert.deepEqual(model.problems.map((problem) => problem.code), ["invalid-id"]);
  const [first] = model.elements;
  assert.deepEqual([first.kind, first.id, first.name, first.file], ["Goal", "co2", "Less", "text"]);
  assert.equal(first.position.offset_utf16, 13);
  assert.deepEqual(model.element("co2"), first);
  assert.equal(model.element("co3"), undefined);
  assert.deepEqual(model.toJSON().goals, [{ id: "co2", name: "Less" }]);
});

test("tells what packs and rules are", () => {
  assert.deepEqual(Pack.shippedIds.toSorted(), Object.values(packs).toSorted());
  const own = Pack.load(ownPack);
  assert.deepEqual([own.id, own.version, own.ruleCount, own.title.nl], ["own", "1.0.0", 1, "Eigen"]);
  assert.equal(own.toJSON().rules[0].require, "has(self.name)");
  const rules = RuleSet.compile([own], { settings: "settings: {severity: {named: advice}}" });
  const [rule] = rules.rules;
  assert.deepEqual([rule.rule, rule.severity, rule.each], ["own/named", "advice", ["Programme"]]);
  assert.deepEqual(rules.warnings, []);
  assert.equal(RuleSet.compile([Pack.shipped("msp")]).rules[0].pack, "msp");
});

test("knows vocabularies", () => {
  const standard = Metamodel.standard();
  assert.equal(standard.kinds[0].section, "programmes");
  const more = standard.extend("metamodel: ours\nversion: 1.0.0\nkinds: {Tree: {section: trees, label: tree, plural: trees}}");
  assert.equal(more.kinds.length, standard.kinds.length + 1);
  assert.equal(Model.load("trees: [{id: oak}]", more).elementCount, 1);
  assert.ok(thrownBy(() => Model.load("trees: [{id: oak}]")) instanceof LoadError);
  assert.ok(thrownBy(() => standard.extend("kinds: 1")) instanceof LoadError);
});

test("throws errors of its own", () => {
  const load = thrownBy(() => check("goals: [{id: co2, naem: x}]"));
  assert.ok(load instanceof LoadError && load instanceof SpelregelError && load instanceof Error);
  assert.equal(load.code, "load");
  assert.match(load.message, /^error\[unknown-field\]: .*`naem`\n --> text:1:19\n = help: did you mean `name`\?\n$/);
  const [problem] = load.diagnostics;
  assert.equal(problem.labels[0].start.offset_utf16, 18);
  assert.equal(problem.helps[0].replacement.text, "name");

  const pack = thrownBy(() => check(town, { rules: ["slim-invoren"] }));
  assert.ok(pack instanceof PackError);
  assert.match(pack.message, /did you mean `slim-invoeren`/);
  assert.ok(thrownBy(() => Pack.load("pack: a b")) instanceof PackError);

  for (const wrong of [{ at: "June" }, { gate: "G9" }, { programmes: ["x"] }, { tags: ["x"] }]) {
    assert.ok(thrownBy(() => check(town, { at, ...wrong })) instanceof OptionsError, JSON.stringify(wrong));
  }
  assert.ok(thrownBy(() => check(town, { settings: "settings: 1" })) instanceof OptionsError);

  const deep = thrownBy(() => Model.load("[".repeat(100)));
  assert.ok(deep instanceof LimitError, deep.name);
});

test("hands on gate, programmes and tags", () => {
  const options = { rules: [ownPack], at, gate: "G2", programmes: ["q"], tags: ["own"] };
  const report = check("programmes: [{id: p}, {id: q}]", options);
  assert.deepEqual(report.findings.map((finding) => finding.element.id), ["q"]);
  assert.equal(report.findings[0].message.nl, "q heeft geen naam");
  assert.equal(report.receipt.gate, "G2");
});

test("frees what is asked to be freed", () => {
  const model = Model.load(town);
  model.free();
  model.free();
  const error = thrownBy(() => model.elementCount);
  assert.ok(error instanceof SpelregelError);
  assert.equal(error.code, "freed");
  assert.equal(Model.load(town).elementCount, 4);
  const rules = RuleSet.compile([packs.base]);
  rules[Symbol.dispose]();
  assert.equal(thrownBy(() => rules.rules).code, "freed");
});

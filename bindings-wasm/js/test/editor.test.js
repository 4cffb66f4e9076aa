// What editors are told, in units of UTF-16.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Editor, RuleSet, SpelregelError } from "spelregel";

import { thrownBy } from "./setup.js";

const rules = RuleSet.compile();
const editor = new Editor(rules);

test("tells problems where JavaScript counts them", () => {
  const text = "goals: [{id: co2, name: 🌱, naem: x}]";
  const [problem] = editor.diagnostics(text);
  const { start, end } = problem.labels[0];
  assert.equal(text.slice(start.offset_utf16, end.offset_utf16), "naem");
  assert.deepEqual(editor.diagnostics("goals: [{id: co2}]"), []);
  assert.equal(editor.diagnostics({ name: "ours.yaml", text: "pack: a b" })[0].labels[0].file, "ours.yaml");
});

test("completes what does not load", () => {
  const text = "goals:\n  - id: 🌱\n    sta";
  const [first] = editor.complete(text, text.length);
  assert.equal(first.insert, "state: ");
  assert.equal(text.slice(first.start.offset_utf16, first.end.offset_utf16), "sta");
  const pack = "pack: ours\nrules:\n  - each: Role\n    require: self.held_by.exists(p, p.mem";
  assert.equal(editor.complete(pack, pack.length)[0].label, "member_of");
  assert.deepEqual(editor.complete(text, 10_000).map((offer) => offer.label), ["state"]);
});

test("says what stands there, in two languages", () => {
  const text = "goals: [{id: 🌱, state: adopted}]";
  const offset = text.indexOf("state") + 2;
  assert.equal(editor.hover(text, offset).detail, "state");
  assert.equal(new Editor(rules, { language: "nl" }).hover(text, offset).detail, "status");
  assert.equal(editor.hover(text, 7), undefined);
  assert.ok(thrownBy(() => new Editor(rules, { language: "fr" })) instanceof SpelregelError);
});

test("knows the other texts of a model", () => {
  const text = "goals: [{id: co2, pursued_by: k}]";
  const beside = [{ name: "p.yaml", text: "programmes: [{id: klimaat}]" }];
  const offers = new Editor(rules, { beside }).complete(text, text.length - 2);
  assert.deepEqual(offers.map((offer) => offer.label), ["klimaat"]);
});

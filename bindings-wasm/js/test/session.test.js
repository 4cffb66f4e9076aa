// Sessions: what edits change.

import assert from "node:assert/strict";
import { test } from "node:test";

import { EditError, Model, packs, RuleSet, Session } from "spelregel";

import { at, thrownBy, town } from "./setup.js";

const rules = RuleSet.compile([packs.slimInvoeren]);
const model = Model.load(town, rules.metamodel);
const commissioner = "slim-invoeren/commissioner-from-mt";
const unlink = { edit: "unlink", from: "opdrachtgever", relation: "held_by", to: "jansen" };

function rulesOf(findings) {
  return findings.map((finding) => finding.rule);
}

test("tells what an edit changed, and takes it back", () => {
  const live = new Session(rules, model, { at });
  const before = live.report();
  const delta = live.apply(unlink);
  assert.ok(rulesOf(delta.appeared).includes(commissioner));
  assert.deepEqual(live.report(), rules.check(live.model, { at }));
  assert.ok(rulesOf(live.findings).includes(commissioner));
  assert.ok(rulesOf(live.undo().went).includes(commissioner));
  assert.deepEqual(live.report(), before);
  assert.equal(live.undo(), undefined);
  assert.ok(rulesOf(live.redo().appeared).includes(commissioner));
  assert.equal(live.redo(), undefined);
});

test("answers what edits would change, and changes nothing", () => {
  const live = new Session(rules, model, { at });
  const before = live.report();
  const delta = live.whatIf([unlink, { edit: "remove", id: "jansen" }]);
  assert.ok(rulesOf(delta.appeared).includes(commissioner));
  assert.deepEqual(live.report(), before);
});

test("refuses what makes no sense, whole", () => {
  const live = new Session(rules, model, { at });
  const before = live.report();
  const error = thrownBy(() => live.apply([unlink, { edit: "remove", id: "janssen" }]));
  assert.ok(error instanceof EditError);
  assert.equal(error.position, 1);
  assert.match(error.message, /did you mean `jansen`/);
  assert.deepEqual(live.report(), before);
  assert.ok(thrownBy(() => live.apply({ edit: "paint" })) instanceof EditError);
});

test("goes on with another text", () => {
  const live = new Session(rules, model, { at });
  const other = Model.load(town.replace("held_by: [jansen]", ""), rules.metamodel);
  assert.ok(rulesOf(live.replace(other).appeared).includes(commissioner));
  assert.equal(live.at, at);
  live.apply({ edit: "date", at: "2027-01-01" });
  assert.equal(live.at, "2027-01-01");
  live.free();
  assert.equal(thrownBy(() => live.findings).code, "freed");
});

// What several tests need.

import assert from "node:assert/strict";

export const at = "2026-06-01";

export const town = `
programmes: [{id: klimaat, name: Klimaat, phase: design}]
persons: [{id: jansen, member_of: [mt]}]
bodies: [{id: mt, body_type: management_team}]
roles: [{id: opdrachtgever, role_type: commissioner, role_in: [klimaat], held_by: [jansen]}]
`;

export const ownPack = `
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
    tags: [own]
`;

/** What a call throws. */
export function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

/** Packs of rules. */

import { ask } from "./life.js";
import * as raw from "./raw/spelregel.js";
import { type NamedText, named } from "./texts.js";
import type { PackDocument, PackNote, ShippedPack, Text } from "./types.generated.js";

/** A shipped pack by its id, a pack that was loaded, or the text of one. */
export type PackSource = ShippedPack | Pack | NamedText | (string & {});

/** How the WASM file is told of a pack. */
export type GivenPack = { readonly shipped: string } | { readonly own: NamedText };

/** A pack of rules: read and parsed, not yet checked against a metamodel. */
export class Pack {
  /** The id that full rule ids start with. */
  readonly id: string;
  /** Its own version. */
  readonly version: string;
  /** What it is called. */
  readonly title: Text;
  /** How many rules it has. */
  readonly ruleCount: number;
  /** @internal */
  readonly given: GivenPack;

  private constructor(given: GivenPack) {
    const json = JSON.stringify(given);
    const note = ask<PackNote>(() => raw.pack(json));
    this.given = given;
    this.id = note.id;
    this.version = note.version;
    this.title = note.title;
    this.ruleCount = note.rules;
    Object.freeze(this);
  }

  /**
   * Reads a pack from YAML or JSON.
   *
   * @throws PackError with everything that is wrong with the text.
   */
  static load(text: string | NamedText): Pack {
    return new Pack({ own: named(text, "pack") });
  }

  /**
   * A pack that is shipped.
   *
   * @throws PackError if none has that id.
   */
  static shipped(id: ShippedPack): Pack {
    return new Pack({ shipped: id });
  }

  /** The ids of the shipped packs. */
  static get shippedIds(): readonly ShippedPack[] {
    return ask(() => raw.shippedPacks());
  }

  /** The pack as a document, for programs that edit rules. Shipped packs come without their examples. */
  toJSON(): PackDocument {
    const json = JSON.stringify(this.given);
    return ask(() => raw.packToJson(json));
  }
}

/** A text of one word names a shipped pack: no pack is written in one word. */
const WORD = /^[a-z0-9-]+$/;

/** What somebody means by a pack. */
export function givenPack(source: PackSource): GivenPack {
  if (source instanceof Pack) {
    return source.given;
  }
  if (typeof source === "string" && WORD.test(source)) {
    return { shipped: source };
  }
  return { own: named(source, "pack") };
}

/** What editors ask while somebody types. */

import { Handle, open } from "./handle.js";
import { ask, call } from "./life.js";
import * as raw from "./raw/spelregel.js";
import type { RuleSet } from "./rules.js";
import { type NamedText, named, texts } from "./texts.js";
import type { Completion, Diagnostic, Hover } from "./types.generated.js";

/** How an editor answers. */
export interface EditorOptions {
  /** The language of what is told; English if left out. */
  readonly language?: "en" | "nl";
  /** The other texts that make up a model with the one that is edited. */
  readonly beside?: readonly NamedText[];
}

/**
 * Answers what an editor asks about the text of a model, a pack or settings: which it is shows from its keys.
 *
 * Offsets are in units of UTF-16, as everywhere in JavaScript: `offset_utf16` of the positions in what comes back.
 */
export class Editor extends Handle {
  /** @param rules - Texts are read with their metamodel; packs may use theirs. */
  constructor(rules: RuleSet, { language = "en", beside = [] }: EditorOptions = {}) {
    const others = texts(beside);
    super(call(() => new raw.Editor(open(rules), language, others)));
  }

  /** Everything that is wrong with a text, and what is remarkable about it. */
  diagnostics(text: string | NamedText): readonly Diagnostic[] {
    const given = named(text, "text");
    return ask(() => open<raw.Editor>(this).diagnostics(given.name, given.text));
  }

  /** What could stand at an offset, the likeliest first; also while the text does not load. */
  complete(text: string, offset: number): readonly Completion[] {
    return ask(() => open<raw.Editor>(this).complete(text, offset));
  }

  /** What stands at an offset; also while the text does not load. */
  hover(text: string, offset: number): Hover | undefined {
    const json = call(() => open<raw.Editor>(this).hover(text, offset));
    return json === undefined ? undefined : (JSON.parse(json) as Hover);
  }
}

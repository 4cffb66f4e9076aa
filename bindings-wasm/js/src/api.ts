/** What all entries offer. */

import { call } from "./life.js";
import { Model } from "./model.js";
import { Pack, type PackSource } from "./pack.js";
import * as raw from "./raw/spelregel.js";
import { type CheckOptions, type CompileOptions, RuleSet } from "./rules.js";
import type { NamedText } from "./texts.js";
import type { Report } from "./types.generated.js";

export { Editor, type EditorOptions } from "./editor.js";
export {
  EditError,
  type ErrorCode,
  LimitError,
  LoadError,
  OptionsError,
  PackError,
  SpelregelError,
} from "./errors.js";
export { Metamodel } from "./metamodel.js";
export { type CheckOptions, type CompileOptions, RuleSet } from "./rules.js";
export { Session } from "./session.js";
export { Model, type NamedText, Pack, type PackSource };
export { packs } from "./types.generated.js";
export type * from "./types.generated.js";

/**
 * Checks a model against rule packs, in one call.
 *
 * @param model - The text of a model document in YAML or JSON, or several that make up the model.
 * @throws LoadError if the model cannot be loaded.
 * @throws PackError if a pack cannot be used.
 * @throws OptionsError if the settings cannot be used, or the date, the gate, a programme or a tag is not one.
 */
export function check(
  model: string | NamedText | readonly NamedText[],
  options: CheckOptions & CompileOptions & { readonly rules?: readonly PackSource[] } = {},
): Report {
  const rules = RuleSet.compile(options.rules, options);
  const loaded = Model.load(model, rules.metamodel);
  try {
    return rules.check(loaded, options);
  } finally {
    loaded.free();
    rules.free();
  }
}

/** The version of Spelregel. */
export function version(): string {
  return call(() => raw.version());
}

/** What Spelregel does, over the raw exports of the WASM file. */

import * as raw from "./raw/spelregel.js";
import { requireReady } from "./ready.js";
import type { Report } from "./report.js";
import { orThrow } from "./thrown.js";

/** A text, and the name to show for it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** What is asked of a check. */
export interface CheckOptions {
  /** Ids of shipped packs, and packs of one's own; all shipped packs if left out. */
  readonly rules?: readonly (string | NamedText)[];
  /** An organisation's own parameters, severities and kinds. */
  readonly settings?: NamedText;
  /** The date of the check as `2026-06-01`; today, by the local calendar, if left out. */
  readonly at?: string;
  /** The gate whose readiness is asked, such as `G2`. */
  readonly gate?: string;
  /** Only what belongs to these programmes; everything if empty. */
  readonly programmes?: readonly string[];
  /** Only rules with one of these tags; all rules if empty. */
  readonly tags?: readonly string[];
}

/**
 * Checks a model against rule packs.
 *
 * @param model - The text of a model document in YAML or JSON, or several that make up the model.
 * @throws LoadError if the model cannot be loaded.
 * @throws PackError if a pack cannot be used.
 * @throws OptionsError if the settings cannot be used, or the date, the gate, a programme or a tag is not one.
 */
export function check(
  model: string | NamedText | readonly NamedText[],
  options: CheckOptions = {},
): Report {
  requireReady();
  const request = JSON.stringify({ at: today(), ...options, model: texts(model) });
  return JSON.parse(orThrow(() => raw.check(request))) as Report;
}

/** The version of Spelregel. */
export function version(): string {
  requireReady();
  return raw.version();
}

function texts(model: string | NamedText | readonly NamedText[]): readonly NamedText[] {
  if (typeof model === "string") {
    return [{ name: "text", text: model }];
  }
  return "text" in model ? [model] : model;
}

function today(): string {
  const now = new Date();
  const pad = (part: number, length: number): string => String(part).padStart(length, "0");
  return [pad(now.getFullYear(), 4), pad(now.getMonth() + 1, 2), pad(now.getDate(), 2)].join("-");
}

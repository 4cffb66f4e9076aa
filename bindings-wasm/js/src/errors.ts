/** What Spelregel throws. */

import type { Diagnostic } from "./types.generated.js";

export type { Diagnostic };

/**
 * What a {@link SpelregelError} is about: a model or metamodel (`load`), settings or what is asked of a
 * check (`options`), a pack, an edit, a limit; that {@link init} was not awaited (`not-loaded`), that an
 * object was freed (`freed`), or a fault of Spelregel's own.
 */
export type ErrorCode =
  | "edit"
  | "fault"
  | "freed"
  | "limit"
  | "load"
  | "not-loaded"
  | "options"
  | "pack";

/** Something that was handed to Spelregel cannot be used. The message tells all problems. */
export class SpelregelError extends Error {
  override readonly name: string = "SpelregelError";

  constructor(
    message: string,
    /** What cannot be used. */
    readonly code: ErrorCode,
    /** The problems as data; none where the trouble is not in a text. */
    readonly diagnostics: readonly Diagnostic[] = [],
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

/** A model or a metamodel cannot be loaded. */
export class LoadError extends SpelregelError {
  override readonly name = "LoadError";
}

/** Settings cannot be used, or a check asks for something that is not there. */
export class OptionsError extends SpelregelError {
  override readonly name = "OptionsError";
}

/** A rule pack cannot be used. */
export class PackError extends SpelregelError {
  override readonly name = "PackError";
}

/** More is asked for than the limits allow. */
export class LimitError extends SpelregelError {
  override readonly name = "LimitError";
}

/** Edits make no sense: nothing has changed. */
export class EditError extends SpelregelError {
  override readonly name = "EditError";

  constructor(
    message: string,
    /** Which of the edits it is, from 0. */
    readonly position: number,
  ) {
    super(message, "edit");
  }
}

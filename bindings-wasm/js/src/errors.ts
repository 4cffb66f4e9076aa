/** What Spelregel throws, and the problems that it tells of. */

/** A place in a text. Lines and columns count from 1. */
export interface Position {
  /** Bytes of UTF-8 before the place. */
  readonly offset: number;
  readonly line: number;
  /** In characters. */
  readonly column: number;
  /** In UTF-16 code units, as editors count. */
  readonly column_utf16: number;
}

/** A marked part of a text. */
export interface Label {
  /** The name of the text. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
  /** What to say beside the mark; may be empty. */
  readonly text: string;
}

/** What to do about a problem. */
export interface Help {
  readonly text: string;
  /** The change in the primary text that carries it out. */
  readonly replacement?: {
    readonly start: Position;
    readonly end: Position;
    readonly text: string;
  };
}

/** One problem in a model, a pack or another text. */
export interface Diagnostic {
  /** Which problem; stable. */
  readonly code: string;
  /** Whether the text can be used in spite of it. */
  readonly level: "error" | "warning";
  /** What is wrong. */
  readonly message: string;
  /** Where; the first label is the primary one. */
  readonly labels: readonly Label[];
  readonly helps: readonly Help[];
}

/** What a {@link SpelregelError} is about. */
export type ErrorCode = "load" | "options" | "pack";

/** Something that was handed to Spelregel cannot be used. The message shows all problems. */
export class SpelregelError extends Error {
  override readonly name: string = "SpelregelError";

  constructor(
    message: string,
    /** What cannot be used. */
    readonly code: ErrorCode,
    /** The problems as data; none where the trouble is not in a text. */
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(message);
  }
}

/** A model cannot be loaded. */
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

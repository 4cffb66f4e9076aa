/** What the page asks of its worker. */

import type {
  Completion,
  Diagnostic,
  Hover,
  KindNote,
  NamedText,
  Outline,
  Report,
  RuleNote,
} from "spelregel";

import type { Language } from "./words.js";

/** What is asked of the rules. */
export interface Asked {
  readonly packs: readonly string[];
  readonly at: string;
  readonly gate?: string;
}

/** What there is to choose from. */
export interface Choices {
  readonly packs: readonly { readonly id: string; readonly title: RuleNote["title"] }[];
  readonly kinds: readonly KindNote[];
}

/** What a check came to. */
export interface Checked {
  /** The problems of each text. */
  readonly problems: readonly (readonly Diagnostic[])[];
  /** Absent where the texts cannot be loaded. */
  readonly report?: Report;
  /** The rules that were asked; only after these have changed. */
  readonly rules?: readonly RuleNote[];
}

/** What the worker answers. */
export interface Answers {
  choices(): Choices;
  check(texts: readonly NamedText[], asked: Asked): Checked;
  complete(texts: readonly NamedText[], file: number, offset: number, language: Language): readonly Completion[];
  hover(texts: readonly NamedText[], file: number, offset: number, language: Language): Hover | undefined;
  outline(rule: string): Outline;
  picture(language: Language): string;
  write(form: "html" | "sarif", language: Language): string;
}

/** A question, and the number by which its answer is known. */
export interface Question {
  readonly number: number;
  readonly name: keyof Answers;
  readonly args: readonly unknown[];
}

/** The answer, or why there is none. */
export interface Answer {
  readonly number: number;
  readonly value?: unknown;
  readonly problem?: string;
}

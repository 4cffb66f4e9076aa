/** The report of a check, as its JSON form has it; keys are the same in every language. */

/** Text in one or both languages. */
export interface Text {
  readonly en?: string;
  readonly nl?: string;
}

export type Severity = "error" | "warning" | "advice";
export type Verdict = "pass" | "fail" | "unknown" | "waived" | "error" | "not_applicable";

/** An element by kind and id, and what people call it. */
export interface ElementRef {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
}

/** A rule's verdict on an element that somebody should look at. */
export interface Finding {
  /** Stays the same as long as the finding does. */
  readonly fingerprint: string;
  /** The rule's full id, `pack/rule`. */
  readonly rule: string;
  readonly title: Text;
  readonly severity: Severity;
  readonly verdict: Verdict;
  /** Absent where the rule is asked of the model as a whole. */
  readonly element?: ElementRef;
  readonly programmes?: readonly string[];
  readonly message: Text;
  readonly why: Text;
  readonly remedy: Text;
  readonly tags?: readonly string[];
  /** Where the element is written. */
  readonly position?: { readonly file: string; readonly line: number; readonly column: number };
  readonly [more: string]: unknown;
}

/** What a check found. */
export interface Report {
  /** The version of the form. */
  readonly spelregel: 1;
  /** What was checked, with what. */
  readonly receipt: {
    readonly version: string;
    readonly at: string;
    readonly gate?: string;
    readonly [more: string]: unknown;
  };
  readonly counts: {
    readonly verdicts: Readonly<Record<Verdict, number>>;
    readonly [more: string]: unknown;
  };
  /** Every verdict but pass and not applicable, the worst first. */
  readonly findings: readonly Finding[];
  readonly [more: string]: unknown;
}

// Made from the schemas in `docs/schema` and the shipped packs by `cargo xtask types`.

/** The id of a pack that is shipped. */
export type ShippedPack = "base" | "slim-invoeren" | "msp" | "pm2" | "din" | "gateway" | "graph-hygiene";

/** The shipped packs. */
export const packs = {
  base: "base",
  slimInvoeren: "slim-invoeren",
  msp: "msp",
  pm2: "pm2",
  din: "din",
  gateway: "gateway",
  graphHygiene: "graph-hygiene",
} as const;

/** The verdicts of one rule, pack, tag, programme or severity. */
export interface Count {
  /** Of what. */
  readonly name: string;
  /** How many. */
  readonly verdicts: Tally;
}

/** How many verdicts of which sort, in all and by what they belong to. */
export interface Counts {
  /** Of what belongs to no programme. */
  readonly outside: Tally;
  /** By pack. */
  readonly packs: readonly Count[];
  /** By programme, in model order. What belongs to several counts in each. */
  readonly programmes: readonly Count[];
  /**
   * By rule, under its full id, in the order of the packs. Rules of the built-in pack `spelregel` come
   * last, where they find something.
   */
  readonly rules: readonly Count[];
  /** By severity, the worst first. */
  readonly severities: readonly Count[];
  /** By tag, in alphabetical order. */
  readonly tags: readonly Count[];
  /** In all. */
  readonly verdicts: Tally;
}

/** A calendar date, such as 2026-06-01. */
export type Date = string;

/** A recorded deviation. */
export interface DeviationNote {
  /** Who decided so. */
  readonly decided_by?: string;
  /** Why. */
  readonly reason: string;
  /** The rule from which it departs, as written. */
  readonly rule: string;
  /** The last day on which it holds. */
  readonly until?: Date;
}

/** An element by kind and id, and what people call it. */
export interface ElementRef {
  /** The id. */
  readonly id: string;
  /** The kind, as rules name it. */
  readonly kind: string;
  /** The name, where the model holds one. */
  readonly name?: string;
}

/** A place in a file or in a table. */
export interface FilePosition {
  /** Column in characters, from 1; in a table the number of the column, from 1. */
  readonly column: number;
  /** The name of the file; of the table, where it is in no file. */
  readonly file: string;
  /** Line, from 1; in a table the row, as the table counts rows. */
  readonly line: number;
  /** The name of the table, where the place is in one. */
  readonly table?: string;
}

/** A rule's verdict on an element that somebody should look at. */
export interface Finding {
  /** The recorded deviation that covers it, or that the finding is about. */
  readonly deviation?: DeviationNote;
  /** Whom the rule asked; absent for the model as a whole. */
  readonly element?: ElementRef;
  /** Why it could not be evaluated. */
  readonly error?: Text;
  /** Stays the same as long as the finding does: made of the rule's full id and the element's id. */
  readonly fingerprint: string;
  /** What is the matter, in every language that the pack has. */
  readonly message: Text;
  /** What the model doesn't hold and the verdict depends on, in model order. */
  readonly missing?: readonly MissingFact[];
  /** Where the element, or else the deviation, is written. */
  readonly position?: FilePosition;
  /** The ids of the programmes that the element belongs to, in model order. */
  readonly programmes?: readonly string[];
  /** What to do. */
  readonly remedy: Text;
  /** The rule's full id, `pack/rule`. */
  readonly rule: string;
  /** How bad it is. */
  readonly severity: Severity;
  /** Where the rule comes from. */
  readonly source?: Text;
  /** The rule's tags. */
  readonly tags?: readonly string[];
  /** What the rule wants. */
  readonly title: Text;
  /** The answer. */
  readonly verdict: Verdict;
  /** Why the rule is there. */
  readonly why: Text;
  /** The elements that decided the verdict, in model order. */
  readonly witnesses?: readonly ElementRef[];
}

/** A metamodel or pack that a report rests on. */
export interface Ingredient {
  /** Its name. */
  readonly id: string;
  /** SHA-256 of what it says: layout, comments and the examples of rules play no part. */
  readonly sha256: string;
  /** Its version. */
  readonly version: string;
}

/** What people call what the report names. */
export interface Labels {
  /** Gates by name. */
  readonly gates?: { readonly [name: string]: Text };
  /** Kinds by name. */
  readonly kinds: { readonly [name: string]: Text };
  /** Phases by name. */
  readonly phases?: { readonly [name: string]: Text };
}

/** A link, seen from one of its ends. */
export interface LinkNote {
  /** The relation or its inverse, as it is read from the element. */
  readonly relation: string;
  /** The far end. */
  readonly to: ElementRef;
}

/** A missing fact, and how much hangs on it. */
export interface Missing {
  /** What is missing. */
  readonly fact: MissingFact;
  /** How many verdicts name it. */
  readonly named: number;
  /** For how many verdicts it is the only thing missing. */
  readonly settles: number;
}

/** Something that the model doesn't hold. */
export interface MissingFact {
  /** The element it is about; absent where a whole section isn't recorded completely. */
  readonly element?: ElementRef;
  /** The property, relation or section. */
  readonly field: string;
  /** Of a property of a link: the relation, and the element at the other end. */
  readonly link?: LinkNote;
  /** What to ask somebody who may know. */
  readonly question: Text;
}

/** A programme, and how ready it is for the gates ahead. */
export interface ProgrammeNote {
  /** The programme. */
  readonly element: ElementRef;
  /** The gates ahead, in their order. */
  readonly gates: readonly Readiness[];
  /** The phase that it is in. */
  readonly phase?: string;
}

/** What stands between a programme and a gate, if the gate is asked for now. */
export interface Readiness {
  /** The findings that come on top of those of the report. */
  readonly findings: readonly Finding[];
  /** The gate. */
  readonly gate: string;
  /**
   * What stands in the way: the fingerprints of the findings of severity error that fail, can't be
   * evaluated or aren't known yet, the worst first. They are findings of the report, or come on top.
   */
  readonly in_the_way?: readonly string[];
  /** What to find out about those of them that aren't known yet, the most useful first. */
  readonly missing?: readonly Missing[];
  /** The programme's verdicts by severity, the worst first. */
  readonly severities: readonly Count[];
}

/** What a report rests on: enough to tell whether two reports may be compared. */
export interface Receipt {
  /** The date of the check. */
  readonly at: Date;
  /** The gate whose readiness was asked. */
  readonly gate?: string;
  /** The metamodel. */
  readonly metamodel: Ingredient;
  /** SHA-256 of the model in its canonical form: files, order and comments play no part. */
  readonly model: string;
  /** The packs, in the order in which their rules are asked. */
  readonly packs: readonly Ingredient[];
  /** The programmes that were asked for; empty: all. */
  readonly programmes?: readonly string[];
  /** SHA-256 of the settings, where there are any. */
  readonly settings?: string;
  /** The tags that were asked for; empty: all. */
  readonly tags?: readonly string[];
  /** The version of Spelregel. */
  readonly version: string;
}

/**
 * How bad it is when a rule fails.
 * - `"advice"`: Good practice.
 * - `"warning"`: Solve or explain.
 * - `"error"`: Do not take the next gate before it is solved.
 */
export type Severity = "advice" | "warning" | "error";

/** What has become of a report since a baseline. */
export interface Since {
  /** The date of the baseline. */
  readonly at: Date;
  /** How many findings of the baseline are gone. */
  readonly gone: number;
  /** The fingerprints of the findings that are new. */
  readonly new: readonly string[];
}

/** How often each verdict was given. */
export interface Tally {
  readonly error: number;
  readonly fail: number;
  readonly not_applicable: number;
  readonly pass: number;
  readonly unknown: number;
  readonly waived: number;
}

/** A text in one or both languages. */
export interface Text {
  /** The English text. */
  readonly en?: string;
  /** The Dutch text. */
  readonly nl?: string;
}

/**
 * The answer of a rule for an element.
 * - `"not_applicable"`: The rule doesn't apply: no programme of the element has reached the phase, or `when` is false.
 * - `"pass"`: `require` is true.
 * - `"fail"`: `require` is false.
 * - `"unknown"`: The answer depends on facts that the model doesn't hold.
 * - `"waived"`: Would fail or be unknown, and a deviation that is in force covers it.
 * - `"error"`: Evaluation ran into an error, or the rule costs too much.
 */
export type Verdict = "not_applicable" | "pass" | "fail" | "unknown" | "waived" | "error";

/**
 * The outcome of a check: findings, counts, what isn't known yet, and what is ahead.
 * 
 * Equal inputs give equal reports, byte for byte.
 */
export interface Report {
  /** How many verdicts of which sort. */
  readonly counts: Counts;
  /** Every verdict but pass and not applicable: by programme, the worst first. */
  readonly findings: readonly Finding[];
  /** What people call the kinds, phases and gates that the report names. */
  readonly labels: Labels;
  /** What to find out, the most useful first. */
  readonly missing: readonly Missing[];
  /** The programmes of the model in model order, each with the gates ahead of it. */
  readonly programmes: readonly ProgrammeNote[];
  /** What was checked, with what. */
  readonly receipt: Receipt;
  /** What is new, where the report was compared with a baseline. */
  readonly since?: Since;
  /** The version of this form; 1. */
  readonly spelregel: number;
}

/** A part of a condition. */
export interface Part {
  /** Of a member of a list: the element. */
  readonly element?: ElementRef;
  /** What sort of question it is. */
  readonly kind: PartKind;
  /** What the value depends on and the model doesn't hold. */
  readonly missing?: readonly MissingFact[];
  /** How many more members there are than `parts` shows. */
  readonly more?: number;
  /** What it is made of. */
  readonly parts?: readonly Part[];
  /** The elements along which a path reached what was looked for, from its start. */
  readonly path?: readonly ElementRef[];
  /** The value in words, where it is neither true nor false. */
  readonly printed?: Text;
  /** In words. */
  readonly sentence: Text;
  /** As the rule, or the definition that it comes from, has it. */
  readonly source?: string;
  /** What it came to; outlines have none. */
  readonly value?: PartValue;
  /** The elements that the value consists of, or that decided it. */
  readonly witnesses?: readonly ElementRef[];
}

/**
 * What sort of question a part of a condition is.
 * - `"due"`: Whether the phase has been reached.
 * - `"all_of"`: All parts must hold.
 * - `"any_of"`: One part must hold.
 * - `"not"`: The part must not hold.
 * - `"every"`: Every member of a list must meet it.
 * - `"some"`: A member of a list must meet it.
 * - `"exactly_one"`: One member of a list must meet it, and no other.
 * - `"member"`: One member of a list that was looked at.
 * - `"choice"`: If the first part holds the second must, else the third.
 * - `"comparison"`: Values are compared.
 * - `"membership"`: Whether something is in a list.
 * - `"recorded"`: Whether something is recorded.
 * - `"question"`: Any other question.
 * - `"value"`: No question, but what one looks at.
 * - `"range"`: The list in which something is looked for.
 * - `"meaning"`: What a name in other parts stands for.
 */
export type PartKind = "due" | "all_of" | "any_of" | "not" | "every" | "some" | "exactly_one" | "member" | "choice" | "comparison" | "membership" | "recorded" | "question" | "value" | "range" | "meaning";

/**
 * What a part came to.
 * - `"true"`: It holds.
 * - `"false"`: It doesn't hold.
 * - `"unknown"`: It depends on facts that the model doesn't hold.
 * - `"error"`: Evaluation ran into an error.
 * - `"printed"`: A value that is neither true nor false.
 */
export type PartValue = "true" | "false" | "unknown" | "error" | "printed";

/** Why a rule gives the verdict that it gives for an element. */
export interface Explanation {
  /** The date at which it was asked. */
  readonly at: Date;
  /** Of a waived verdict: the deviation that covers it. */
  readonly deviation?: DeviationNote;
  /** Whether the phase has been reached. */
  readonly due?: Part;
  /** Whom it was asked of; absent for the model as a whole. */
  readonly element?: ElementRef;
  /** What the names stand for that the sentences use. */
  readonly meanings?: readonly Part[];
  /** Whether what must hold does; absent where the rule doesn't apply. */
  readonly require?: Part;
  /** The rule's full id, `pack/rule`. */
  readonly rule: string;
  /** What it wants. */
  readonly title: Text;
  /** The verdict. */
  readonly verdict: Verdict;
  /**
   * Whether the further condition for it to apply holds; absent where there is none, or where the
   * phase has settled the verdict.
   */
  readonly when?: Part;
}

/** A finding that says something else than before. */
export interface Change {
  /** What it says. */
  readonly after: Finding;
  /** What it said. */
  readonly before: Finding;
}

/**
 * What is different between two reports.
 * 
 * Findings are recognised by their fingerprints. Every finding of either report is in one of the lists;
 * each list has the order of its report.
 */
export interface Difference {
  /**
   * Findings that say something else than before. That only their place in a file is another doesn't
   * count.
   */
  readonly changed: readonly Change[];
  /** What the earlier report rests on. */
  readonly from: Receipt;
  /** Findings that the later report doesn't have, as they were. */
  readonly gone: readonly Finding[];
  /** Findings that the earlier report doesn't have. */
  readonly new: readonly Finding[];
  /** Findings that are still there, as they are in the later report. */
  readonly still_there: readonly Finding[];
  /** What the later report rests on. */
  readonly to: Receipt;
}

/**
 * The verdicts that will be others on later days if nothing but the date changes, the earliest first.
 * 
 * ```
 * use spelregel::{Metamodel, Model, Options, Pack, RuleSet, Settings, Source, Verdict};
 * 
 * let pack = Pack::load(Source::new("ours.yaml", "
 * pack: ours
 * version: 1.0.0
 * title: {en: Our rules}
 * rules:
 *   - id: mandate-lasts
 *     title: {en: Mandates last}
 *     each: Mandate
 *     require: self.valid_until >= today
 *     severity: error
 *     message: {en: \"It ended on {self.valid_until}.\"}
 * "))?;
 * let rules = RuleSet::compile(&Metamodel::standard(), [pack], &Settings::default())?;
 * let source = Source::new("m.yaml", "mandates: [{id: m, valid_until: 2027-02-28}]");
 * let model = Model::load(rules.metamodel(), [source])?;
 * let options = Options::at("2026-06-01".parse()?);
 * 
 * let calendar = rules.calendar(&model, &options, "2027-12-31".parse()?);
 * let [turn] = calendar.turns.as_slice() else { return Err("one verdict turns".into()) };
 * assert_eq!((turn.before, turn.after), (Verdict::Pass, Verdict::Fail));
 * assert_eq!(turn.on.to_string(), "2027-03-01");
 * # Ok::<(), Box<dyn std::error::Error>>(())
 * ```
 */
export interface Calendar {
  /** The date from which it looks ahead. */
  readonly at: Date;
  /** The version of this form; 1. */
  readonly spelregel: number;
  /** What changes, the earliest first; on one day in the order of reports. */
  readonly turns: readonly Turn[];
  /** The last day that it looks at. */
  readonly until: Date;
}

/** Something that could stand at a place. */
export interface Completion {
  /** What it is for. */
  readonly about: string;
  /** What people call it, or its type. */
  readonly detail: string;
  /** Where that ends. */
  readonly end: Position;
  /** What to write between `start` and `end`. */
  readonly insert: string;
  /** What sort of thing it is. */
  readonly kind: CompletionKind;
  /** What it is called in the text. */
  readonly label: string;
  /** Where what it replaces starts. */
  readonly start: Position;
}

/**
 * What sort of thing could stand at a place.
 * - `"field"`: A field of a document.
 * - `"section"`: A section of a model: a kind.
 * - `"property"`: A property.
 * - `"relation"`: A relation, or the inverse of one.
 * - `"value"`: A value of an enumeration.
 * - `"element"`: The id of an element.
 * - `"kind"`: A kind.
 * - `"name"`: A definition, a path or a parameter of a pack, or a name given in a rule.
 * - `"function"`: A function or a macro.
 */
export type CompletionKind = "field" | "section" | "property" | "relation" | "value" | "element" | "kind" | "name" | "function";

/** How edits changed the findings. Each list is in the order that reports have. */
export interface Delta {
  /** Findings that were not there before. */
  readonly appeared: readonly Finding[];
  /**
   * Findings that were there and say something else now; that only their place in a source is another
   * doesn't count.
   */
  readonly changed: readonly Change[];
  /** Findings that are no longer there, as they were. */
  readonly went: readonly Finding[];
}

/** One problem in a model, a pack or another text. */
export interface Diagnostic {
  /** Which problem; stable. */
  readonly code: string;
  /** What to do about it. */
  readonly helps: readonly Help[];
  /** Where; the first label is the primary one. */
  readonly labels: readonly Label[];
  /** Whether the text can be used in spite of it. */
  readonly level: Level;
  /** What is wrong. */
  readonly message: string;
}

/**
 * One edit of what a [`Session`](crate::Session) holds.
 * 
 * Its JSON form is an object that says in `edit` what is done; values are written as in model
 * documents:
 * 
 * ```json
 * {"edit": "put", "kind": "Role", "id": "sponsor", "fields": {"role_type": "commissioner"}}
 * {"edit": "remove", "id": "sponsor"}
 * {"edit": "set", "id": "klimaat", "field": "phase", "value": "deliver"}
 * {"edit": "clear", "id": "klimaat", "field": "phase"}
 * {"edit": "link", "from": "sponsor", "relation": "held_by", "to": "jansen", "properties": {"fte": 0.2}}
 * {"edit": "unlink", "from": "sponsor", "relation": "held_by", "to": "jansen", "valid_from": "2026-01-01"}
 * {"edit": "open", "kind": "LearningActivity"}
 * {"edit": "close", "kind": "LearningActivity"}
 * {"edit": "deviate", "rule": "goal-owned", "elements": ["co2"], "reason": "Shared for now", "until": "2026-12-31"}
 * {"edit": "withdraw", "rule": "goal-owned", "elements": ["co2"]}
 * {"edit": "date", "at": "2026-07-01"}
 * ```
 * 
 * ```
 * use spelregel::Edit;
 * let edit: Edit = serde_json::from_str(r#"{"edit": "remove", "id": "sponsor"}"#)?;
 * assert_eq!(edit, Edit::remove("sponsor"));
 * # Ok::<(), serde_json::Error>(())
 * ```
 */
export type Edit = {
  readonly edit: "put";
  /** Its properties by name. */
  readonly fields?: { readonly [name: string]: unknown };
  /** The id. */
  readonly id: string;
  /** The kind, as rules name it. */
  readonly kind: string;
} | {
  readonly edit: "remove";
  /** The id. */
  readonly id: string;
} | {
  readonly edit: "set";
  /** The property. */
  readonly field: string;
  /** The id. */
  readonly id: string;
  /** Its value; `null` forgets what is recorded. */
  readonly value: unknown;
} | {
  readonly edit: "clear";
  /** The property. */
  readonly field: string;
  /** The id. */
  readonly id: string;
} | {
  readonly edit: "link";
  /** The element at which the relation is read. */
  readonly from: string;
  /** Properties of the link by name. */
  readonly properties?: { readonly [name: string]: unknown };
  /** The relation, or the inverse of one. */
  readonly relation: string;
  /** The element at the far end. */
  readonly to: string;
} | {
  readonly edit: "unlink";
  /** The element at which the relation is read. */
  readonly from: string;
  /** The relation, or the inverse of one. */
  readonly relation: string;
  /** The element at the far end. */
  readonly to: string;
  /** Only links that hold from that day. */
  readonly valid_from?: Date;
} | {
  readonly edit: "open";
  /** The kind. */
  readonly kind: string;
} | {
  readonly edit: "close";
  /** The kind. */
  readonly kind: string;
} | {
  /** Who decided so. */
  readonly decided_by?: string;
  readonly edit: "deviate";
  /** The ids of the elements that it covers, or from which its path starts. */
  readonly elements: readonly string[];
  /** Leads to the elements that it covers, where those are not named themselves. */
  readonly path?: string;
  /** Why. */
  readonly reason: string;
  /** The rule's bare or full id. */
  readonly rule: string;
  /** The last day on which it holds. */
  readonly until?: Date;
} | {
  readonly edit: "withdraw";
  /** The ids, in any order. */
  readonly elements: readonly string[];
  /** The path, as the deviation writes it. */
  readonly path?: string;
  /** The rule's id, as the deviation writes it. */
  readonly rule: string;
} | {
  /** The date. */
  readonly at: Date;
  readonly edit: "date";
};

/** An element of a model. */
export interface ElementNote {
  /** The text in which it is written; absent for one that an edit made. */
  readonly file?: string;
  /** The id. */
  readonly id: string;
  /** The kind, as rules name it. */
  readonly kind: string;
  /** The recorded name, else the id. */
  readonly name: string;
  /** Where it is written. */
  readonly position?: Position;
}

/** What to do about a problem. */
export interface Help {
  /** The change that carries it out. */
  readonly replacement?: Replacement;
  /** The advice. */
  readonly text: string;
}

/** What stands at a place. */
export interface Hover {
  /** What it is for. */
  readonly about: string;
  /** What people call it, or its type. */
  readonly detail: string;
  /** Where it ends. */
  readonly end: Position;
  /** Where it starts. */
  readonly start: Position;
  /** As it is written. */
  readonly title: string;
}

/** A kind of the metamodel. */
export interface KindNote {
  /** What people call one element of the kind. */
  readonly label: Text;
  /** The name that rules use. */
  readonly name: string;
  /** The key in model documents. */
  readonly section: string;
}

/** A marked part of a text. */
export interface Label {
  /** Where it ends. */
  readonly end: Position;
  /** The head of the table's column. */
  readonly field?: string;
  /** The name of the text. */
  readonly file: string;
  /** Where it starts. */
  readonly start: Position;
  /** The name of the table, where the place is in one: lines are then its rows. */
  readonly table?: string;
  /** What to say beside the mark; may be empty. */
  readonly text: string;
}

/**
 * Whether a text with the problem can be used.
 * - `"error"`: The text is refused.
 * - `"warning"`: The text is accepted.
 */
export type Level = "error" | "warning";

/** What a rule asks, part by part, in words. */
export interface Outline {
  /** The phase that must have been reached. */
  readonly due?: Part;
  /** What the names stand for that the sentences use. */
  readonly meanings?: readonly Part[];
  /** What must hold. */
  readonly require: Part;
  /** The rule's full id, `pack/rule`. */
  readonly rule: string;
  /** What it wants. */
  readonly title: Text;
  /** The further condition under which it applies. */
  readonly when?: Part;
}

/** A pack. */
export interface PackNote {
  /** The id that full rule ids start with. */
  readonly id: string;
  /** How many rules it has. */
  readonly rules: number;
  /** What it is called. */
  readonly title: Text;
  /** Its own version. */
  readonly version: string;
}

/** A place in a source, in the units that people and editors count in. */
export interface Position {
  /** Column in Unicode characters, from 1. */
  readonly column: number;
  /** Column in UTF-16 code units, from 1: what JavaScript editors count. */
  readonly column_utf16: number;
  /** Line, from 1. */
  readonly line: number;
  /** Bytes of UTF-8 from the start of the text, from 0. */
  readonly offset: number;
  /** Units of UTF-16 from the start of the text, from 0: what JavaScript counts. */
  readonly offset_utf16: number;
}

/** A change in the text that the first label is in. */
export interface Replacement {
  /** Where it ends. */
  readonly end: Position;
  /** Where it starts. */
  readonly start: Position;
  /** What to put there. */
  readonly text: string;
}

/** A rule, with the severity that the settings give it. */
export interface RuleNote {
  /** Whether a recorded deviation may cover what it finds. */
  readonly deviations: boolean;
  /** The kinds whose elements it asks; empty where it is asked of the model as a whole. */
  readonly each: readonly string[];
  /** The phase from which it applies. */
  readonly from?: string;
  /** The gate for which it applies already when that is asked for. */
  readonly gate?: string;
  /** The pack that it is of. */
  readonly pack: string;
  /** What to do when it fails. */
  readonly remedy: Text;
  /** What must hold. */
  readonly require: string;
  /** The rule's full id, `pack/rule`. */
  readonly rule: string;
  /** How bad it is when it fails. */
  readonly severity: Severity;
  /** Where it comes from. */
  readonly source?: Text;
  /** Its tags. */
  readonly tags: readonly string[];
  /** What it wants. */
  readonly title: Text;
  /** The further condition under which it applies. */
  readonly when?: string;
  /** Why it is there. */
  readonly why: Text;
}

/** A verdict that becomes another. */
export interface Turn {
  /** The verdict from that day on. */
  readonly after: Verdict;
  /** The verdict up to that day. A deviation with which nothing is wrong passes. */
  readonly before: Verdict;
  /** Whom the rule asks; `None` for the model as a whole. */
  readonly element?: ElementRef;
  /** What a check on that day finds, where the new verdict is a finding. */
  readonly finding?: Finding;
  /** What people call the element's kind. */
  readonly kind?: Text;
  /** The first day of the new verdict. */
  readonly on: Date;
  /** The rule's full id, `pack/rule`. */
  readonly rule: string;
  /** How bad it is when it fails. */
  readonly severity: Severity;
  /** What the rule wants. */
  readonly title: Text;
}

/** The kinds of the shipped metamodel, as model documents write them. */
export declare namespace kinds {
  /** A measurable change in the world that somebody sees as an advantage, or a measurable disadvantage that is accepted knowingly. */
  export interface Benefit {
    /** latest value (laatste waarde). Latest measured value, in the unit of the indicator. */
    readonly actual?: number | null;
    /** latest measurement (laatste meting). Day of the latest measurement. */
    readonly actual_on?: string | null;
    /** yearly amount (jaarbedrag). Yearly financial value, only if it is counted in a business case. Unit: EUR. */
    readonly amount_eur?: number | null;
    /** baseline (nulwaarde). Value before the change, in the unit of the indicator. */
    readonly baseline?: number | null;
    /** baseline date (datum nulmeting). Day of the baseline. */
    readonly baseline_on?: string | null;
    /** contributes to (draagt bij aan): Goal, Benefit. Helps reach the goal, or leads to the next benefit in the chain. */
    readonly contributes_to?: LinkContributesTo | readonly LinkContributesTo[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** direction (richting). Wanted movement of the indicator. */
    readonly direction?: Direction | null;
    /** negative benefit (negatieve baat). Whether it is a disadvantage that is accepted. Where it is not filled in: false. */
    readonly disbenefit?: boolean | null;
    /** is enabled by (wordt mogelijk gemaakt door): Capability. Is needed to realise the benefit. */
    readonly enabled_by?: Link | readonly Link[] | null;
    readonly id: Id;
    /** is measured by (wordt gemeten met): Indicator. Is measured with the indicator. */
    readonly measured_by?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** is planned in (is gepland in): Tranche. Falls in the tranche. */
    readonly planned_in?: Link | readonly Link[] | null;
    /** is realised in (wordt gerealiseerd in): OrgUnit. Where the benefit shows up. */
    readonly realised_in?: Link | readonly Link[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "identified" | "validated" | "planned" | "realising" | "realised" | "handed_over" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** is supported by (wordt ondersteund door): Benefit. Helps reach the goal, or leads to the next benefit in the chain. */
    readonly supported_by?: LinkContributesTo | readonly LinkContributesTo[] | null;
    /** target (streefwaarde). Claimed value, in the unit of the indicator. */
    readonly target?: number | null;
    /** target date (streefdatum). Day on which the target should be reached. */
    readonly target_on?: string | null;
    /** is threatened by (wordt bedreigd door): Risk. Puts it at risk; an opportunity may improve it. */
    readonly threatened_by?: Link | readonly Link[] | null;
  }

  /** A group that decides, advises or supervises: council, executive, management team, programme board, works council, audit office. */
  export interface Body {
    /** is author of (is opsteller van): Document. Who wrote it. */
    readonly authors?: Link | readonly Link[] | null;
    /** body type (soort orgaan). The kind of group. */
    readonly body_type?: BodyType | null;
    /** decides (neemt): Decision. Who takes the decision. */
    readonly decides?: Link | readonly Link[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** has member (heeft als lid): Person. Is a member of the body. */
    readonly has_member?: LinkMemberOf | readonly LinkMemberOf[] | null;
    /** has role (heeft rol): Role. Setting in which the role is exercised. */
    readonly has_role?: Link | readonly Link[] | null;
    /** has a stake in (heeft belang bij): Programme. Has an interest in the programme. */
    readonly has_stake_in?: LinkHasStakeIn | readonly LinkHasStakeIn[] | null;
    readonly id: Id;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** owns (is eigenaar van): Goal, Benefit, Indicator, Capability, Project, Document, Resource, Risk, Finding. Who answers for it; for an indicator: who measures. */
    readonly owns?: Link | readonly Link[] | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** received document (kreeg document): Document. Was sent or presented to. */
    readonly receives_document?: LinkSentTo | readonly LinkSentTo[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "active" | "dissolved" | "cancelled" | null;
  }

  /**
   * body type (soort orgaan)
   * council: municipal council (gemeenteraad): Sets frames and budget, controls and commissions the executive.
   * executive: municipal executive (college van burgemeester en wethouders): Political management; delegates through mandate.
   * management_team: management team (managementteam): Official management, usually chaired by the municipal secretary.
   * sponsoring_group: sponsoring group (opdrachtgeversberaad): Senior managers who carry the investment together.
   * programme_board: programme board (stuurgroep): Advises and supports the commissioner.
   * works_council: works council (ondernemingsraad): Has the right of advice on major organisational change.
   * audit_office: audit office (rekenkamer): Independent research for the council.
   * review_team: review team (reviewteam): Temporary team of outsiders that reviews the programme.
   * other: other body (overig orgaan): Any other group.
   */
  export type BodyType = "council" | "executive" | "management_team" | "sponsoring_group" | "programme_board" | "works_council" | "audit_office" | "review_team" | "other";

  /** What the organisation must be able to do: a working combination of people, processes, information and systems. */
  export interface Capability {
    /** is built by (wordt opgebouwd door): Project, LearningActivity. Creates or improves the capability. */
    readonly built_by?: Link | readonly Link[] | null;
    /** current level (huidig niveau). How well the organisation can do it now, from 1 to 5. */
    readonly current_level?: number | null;
    /** depends on (hangt af van): Programme, Capability, Project, LearningActivity, Decision. Cannot finish before the other is there. */
    readonly depends_on?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** enables (maakt mogelijk): Benefit. Is needed to realise the benefit. */
    readonly enables?: Link | readonly Link[] | null;
    readonly id: Id;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is needed by (is nodig voor): Programme, Capability, Project, LearningActivity. Cannot finish before the other is there. */
    readonly needed_by?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** is planned in (is gepland in): Tranche. Falls in the tranche. */
    readonly planned_in?: Link | readonly Link[] | null;
    /** ready on (gereed op). Day on which it is ready for use. */
    readonly ready_on?: string | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "identified" | "building" | "delivered" | "transferred" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** target level (beoogd niveau). How well the organisation should be able to do it, from 1 to 5. */
    readonly target_level?: number | null;
    /** is threatened by (wordt bedreigd door): Risk. Puts it at risk; an opportunity may improve it. */
    readonly threatened_by?: Link | readonly Link[] | null;
    /** transfers to (gaat over naar): OrgUnit. The unit that owns the capability after the programme. */
    readonly transfers_to?: Link | readonly Link[] | null;
  }

  /**
   * category of indicator (categorie indicator)
   * outcome: outcome (effect): Change in the world outside.
   * process_quality: process quality (proceskwaliteit): How well the agreed way of working is followed and works.
   * decision_quality: decision quality (besluitvormingskwaliteit): How timely and well-founded decisions are.
   * resource_availability: availability of resources (beschikbaarheid van middelen): Whether promised money and people are really there.
   */
  export type Category = "outcome" | "process_quality" | "decision_quality" | "resource_availability";

  /**
   * compliance (naleving)
   * comply: complies (past toe): The policy is followed.
   * explain: explains (legt uit): The deviation is explained.
   * none: does neither (geen van beide): The policy is not followed and nothing is explained.
   */
  export type Compliance = "comply" | "explain" | "none";

  /** A decision that is planned or taken: endorsement, choice of approach, gate, mandate, approval, change, budget, advice, closure. */
  export interface Decision {
    /** addresses (pakt op): Finding. Is answered by it. */
    readonly addresses?: Link | readonly Link[] | null;
    /** amount (bedrag). Amount authorised or changed. Unit: EUR. */
    readonly amount_eur?: number | null;
    /** is based on (is gebaseerd op): Decision, Mandate, Document, Finding. Evidence or authority used. */
    readonly based_on?: Link | readonly Link[] | null;
    /** is the basis for (is basis voor): Decision. Evidence or authority used. */
    readonly basis_for?: Link | readonly Link[] | null;
    /** concerns (gaat over): Programme, Goal, Benefit, Capability, Project, Tranche, Mandate, Document, Policy, Resource, Risk. What the decision is about. */
    readonly concerns?: Link | readonly Link[] | null;
    /** is decided by (wordt genomen door): Role, Body. Who takes the decision. */
    readonly decided_by?: Link | readonly Link[] | null;
    /** decision type (soort besluit). The kind of decision. */
    readonly decision_type?: DecisionType | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** gate (beslispunt). The gate that is decided on; only for gate decisions. */
    readonly gate?: Gate | null;
    /** grants (verleent): Mandate. The decision that gave the mandate. */
    readonly grants?: Link | readonly Link[] | null;
    readonly id: Id;
    /** mitigates (beheerst): Risk. Is made smaller by it. */
    readonly mitigates?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is needed by (is nodig voor): Programme, Capability, Project, LearningActivity. Cannot finish before the other is there. */
    readonly needed_by?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** outcome (uitkomst). What was decided. */
    readonly outcome?: Outcome | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** planned on (gepland op). Day on which the decision is planned. */
    readonly planned_on?: string | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "planned" | "taken" | "implemented" | "withdrawn" | "cancelled" | null;
    /** taken on (genomen op). Day on which the decision was taken. */
    readonly taken_on?: string | null;
  }

  /**
   * decision type (soort besluit)
   * shared_view: shared view (gedeeld beeld): A body has discussed a subject and shares one view of it.
   * approach_choice: choice of approach (keuze van de aanpak): Choice between line work, project, process and programme.
   * endorsement: endorsement (bekrachtiging): A strategy or goal gets the backing of a body.
   * gate: gate decision (fasebesluit): Passage to the next phase or tranche.
   * mandate_grant: grant of a mandate (mandaatverlening): Authority is given to a role.
   * approval: approval (vaststelling): A document or result is approved.
   * agreement: agreement (onderlinge afspraak): Participants agree on something with each other.
   * budget: budget decision (budgetbesluit): Money is authorised.
   * change: change decision (wijzigingsbesluit): An approved plan, scope or budget is changed.
   * derogation: derogation (afwijkingsbesluit): A deviation from a rule or policy is accepted.
   * advice: advice (advies): A body gives advice.
   * closure: closure (afsluiting): A programme or project is closed and discharged.
   * other: other decision (overig besluit): Any other decision.
   */
  export type DecisionType = "shared_view" | "approach_choice" | "endorsement" | "gate" | "mandate_grant" | "approval" | "agreement" | "budget" | "change" | "derogation" | "advice" | "closure" | "other";

  /**
   * direction (richting)
   * increase: increase (stijging): The value should go up.
   * decrease: decrease (daling): The value should go down.
   */
  export type Direction = "increase" | "decrease";

  /** A management document or log. Its approval is a decision that concerns it. */
  export interface Document {
    /** addresses (pakt op): Finding. Is answered by it. */
    readonly addresses?: Link | readonly Link[] | null;
    /** is authored by (is opgesteld door): Role, Person, Body. Who wrote it. */
    readonly authored_by?: Link | readonly Link[] | null;
    /** is the basis for (is basis voor): Decision. Evidence or authority used. */
    readonly basis_for?: Link | readonly Link[] | null;
    /** covers (beschrijft): Programme, Project, Tranche. The document is about it. */
    readonly covers?: Link | readonly Link[] | null;
    /** steering criteria (stuurcriteria). Steering criteria reported on, such as `tempo`, `haalbaarheid` and `doelgerichtheid`. */
    readonly criteria?: readonly (string | number | boolean)[] | null;
    /** dated on (gedateerd op). Date of the current version. */
    readonly dated_on?: string | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** document type (soort document). The kind of document. */
    readonly document_type?: DocumentType | null;
    /** is governed by (valt onder): Policy. Must respect the policy. */
    readonly governed_by?: LinkGovernedBy | readonly LinkGovernedBy[] | null;
    readonly id: Id;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** options compared (aantal vergeleken opties). Number of alternatives weighed. */
    readonly options_compared?: number | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** quality checked on (getoetst op). Day of the quality check. */
    readonly quality_checked_on?: string | null;
    /** rating (oordeel). Delivery confidence in a review report. */
    readonly rating?: Rating | null;
    /** was sent to (is gestuurd aan): Person, Body, OrgUnit. Was sent or presented to. */
    readonly sent_to?: LinkSentTo | readonly LinkSentTo[] | null;
    /** sets out (legt vast): Goal. The document states the goal. */
    readonly sets_out?: Link | readonly Link[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "draft" | "in_review" | "approved" | "superseded" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** tailoring note (toelichting op maatwerk). How the approach was fitted to this organisation. */
    readonly tailoring_note?: string | number | boolean | null;
  }

  /**
   * document type (soort document)
   * strategy: strategy (strategie): States the goals and the way towards them.
   * vision: vision (visie): Short statement of the intended future situation.
   * introduction_strategy: introduction strategy (invoeringsstrategie): How programme management will be introduced.
   * introduction_plan: introduction plan (invoeringsplan): Elaboration of the introduction strategy for this organisation.
   * brief: programme brief (startnotitie): First description of the programme and its alternatives.
   * initiation_request: initiation request (initiatiefverzoek): Request to start.
   * business_case: business case (businesscase): Weighs benefits against cost and risk.
   * charter: programme charter (programmaopdracht): The assignment of the programme: goals, scope and authority.
   * handbook: programme handbook (programmahandboek): How the programme is managed.
   * programme_plan: programme plan (programmaplan): Efforts, planning, money, capacity and organisation.
   * benefits_plan: benefits plan (batenplan): Benefits with owners, measurement and dates.
   * transition_plan: transition plan (transitieplan): How the line goes from the old to the new situation.
   * implementation_plan: implementation plan (implementatieplan): How results are taken into use.
   * project_charter: project charter (projectopdracht): The assignment of one project or other effort.
   * progress_report: progress report (voortgangsrapportage): Progress for commissioner and board.
   * council_report: report to the council (raadsrapportage): Information for the municipal council.
   * review_report: review report (toetsrapport): Result of an independent review.
   * end_report: end report (eindverslag): Account and lessons at the end.
   * announcement: announcement (bericht aan de organisatie): Message to the organisation about the programme.
   * process_model: process model (procesmodel): Shows step by step how changes are taken up.
   * log: log (logboek): Register of decisions, risks, issues or changes.
   * other: other document (overig document): Any other document.
   */
  export type DocumentType = "strategy" | "vision" | "introduction_strategy" | "introduction_plan" | "brief" | "initiation_request" | "business_case" | "charter" | "handbook" | "programme_plan" | "benefits_plan" | "transition_plan" | "implementation_plan" | "project_charter" | "progress_report" | "council_report" | "review_report" | "end_report" | "announcement" | "process_model" | "log" | "other";

  /**
   * domain of effort (domein van de inspanning)
   * people: people (mensen): Staff, competences and behaviour.
   * process: process (processen): Ways of working, rules and agreements.
   * data_systems: data and systems (gegevens en systemen): Information, applications and technical means.
   * culture: culture (cultuur): Beliefs and manners.
   */
  export type Domain = "people" | "process" | "data_systems" | "culture";

  /** Something learned or recommended that asks for an answer. */
  export interface Finding {
    /** is addressed by (wordt opgepakt in): Project, LearningActivity, Decision, Document, Policy. Is answered by it. */
    readonly addressed_by?: Link | readonly Link[] | null;
    /** is the basis for (is basis voor): Decision. Evidence or authority used. */
    readonly basis_for?: Link | readonly Link[] | null;
    /** closed on (afgesloten op). Day on which it was closed. */
    readonly closed_on?: string | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** due on (uiterlijk op). Day on which it should be dealt with. */
    readonly due_on?: string | null;
    /** finding type (soort bevinding). Lesson, bottleneck in line steering, success condition or recommendation of a review. */
    readonly finding_type?: FindingType | null;
    /** helped (hielp). For a lesson: whether it helped or hindered. */
    readonly helped?: boolean | null;
    readonly id: Id;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** raised on (ingebracht op). Day on which it was raised. */
    readonly raised_on?: string | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "open" | "addressed" | "closed" | "cancelled" | null;
    /** urgency (urgentie). For a recommendation: how soon it asks for action. */
    readonly urgency?: Urgency | null;
  }

  /**
   * finding type (soort bevinding)
   * lesson: lesson (leerpunt): Something that helped or hindered before.
   * bottleneck: bottleneck: A place where line steering blocks results.
   * condition: success condition (succesconditie): Something that makes success likely.
   * recommendation: recommendation (aanbeveling): Recommendation from a review.
   */
  export type FindingType = "lesson" | "bottleneck" | "condition" | "recommendation";

  /**
   * form of effort (vorm van de inspanning)
   * project: project: A temporary organisation with a defined result.
   * process: process effort (procesinspanning): Work with parties towards a result that cannot be fixed beforehand.
   * line_activity: line activity (lijnactiviteit): Work that a unit of the line does for the programme.
   * pilot: pilot (proef): A small-scale trial.
   */
  export type Form = "project" | "process" | "line_activity" | "pilot";

  /**
   * gate (beslispunt)
   * G1: start decision (startbesluit): Approach chosen, start the design.
   * G2: strategy decision (strategiebesluit): Strategy endorsed.
   * G3: delivery decision (uitvoeringsbesluit): Go on plan and means.
   * GT: tranche decision (tranchebesluit): End of a tranche and start of the next one.
   * G4: hand-over decision (overdrachtsbesluit): Ready for hand-over to the line.
   * G5: closure decision (afsluitbesluit): The programme can be closed.
   */
  export type Gate = "G1" | "G2" | "G3" | "GT" | "G4" | "G5";

  /** A wanted situation: an ambition, a strategic goal or a programme goal. A lower goal refines a higher one. */
  export interface Goal {
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** class (soort doel). Political goal, societal goal or a goal about the way of working. */
    readonly goal_class?: GoalClass | null;
    /** horizon. Day on which the situation should exist. */
    readonly horizon?: string | null;
    readonly id: Id;
    /** level (niveau). Place in the goal tree. */
    readonly level?: Level | null;
    /** is measured by (wordt gemeten met): Indicator. Is measured with the indicator. */
    readonly measured_by?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** is pursued by (wordt nagestreefd door): Programme, Project. Is undertaken to reach the goal. A project pursues a goal directly only when it is a loose initiative of the line. */
    readonly pursued_by?: Link | readonly Link[] | null;
    /** is refined by (wordt uitgewerkt in): Goal. The lower goal works out the higher one. */
    readonly refined_by?: Link | readonly Link[] | null;
    /** refines (werkt uit): Goal. The lower goal works out the higher one. */
    readonly refines?: Link | readonly Link[] | null;
    /** is set out in (is vastgelegd in): Document. The document states the goal. */
    readonly set_out_in?: Link | readonly Link[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "proposed" | "adopted" | "achieved" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** is supported by (wordt ondersteund door): Benefit. Helps reach the goal, or leads to the next benefit in the chain. */
    readonly supported_by?: LinkContributesTo | readonly LinkContributesTo[] | null;
    /** is threatened by (wordt bedreigd door): Risk. Puts it at risk; an opportunity may improve it. */
    readonly threatened_by?: Link | readonly Link[] | null;
  }

  /**
   * class of goal (soort doel)
   * political: political goal (politiek doel): A goal from the council programme or the coalition agreement.
   * environment: societal goal (omgevingsdoel): A situation in society or in the surroundings.
   * way_of_working: way of working (manier van werken): How the organisation works on its goals.
   */
  export type GoalClass = "political" | "environment" | "way_of_working";

  /** A quantity that is measured, shared by every benefit or goal that refers to it. */
  export interface Indicator {
    /** category (categorie). The kind of steering it serves. */
    readonly category?: Category | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** measurement interval (meetinterval). Agreed longest time between two measurements. Unit: days. */
    readonly frequency_days?: number | null;
    readonly id: Id;
    /** last measured on (laatst gemeten op). Day of the latest measurement. */
    readonly last_measured_on?: string | null;
    /** measures (meet): Programme, Goal, Benefit. Is measured with the indicator. */
    readonly measures?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "proposed" | "in_use" | "cancelled" | null;
    /** unit (eenheid). Unit of measure. */
    readonly unit?: string | number | boolean | null;
  }

  /** Training, coaching, orientation or practice that equips people for a role in the programme. */
  export interface LearningActivity {
    /** addresses (pakt op): Finding. Is answered by it. */
    readonly addresses?: Link | readonly Link[] | null;
    /** was attended by (is gevolgd door): Person. The person took part. */
    readonly attended_by?: LinkAttendedBy | readonly LinkAttendedBy[] | null;
    /** builds (bouwt op): Capability. Creates or improves the capability. */
    readonly builds?: Link | readonly Link[] | null;
    /** cost (kosten). Cost to be paid from a budget. Unit: EUR. */
    readonly cost_eur?: number | null;
    /** depends on (hangt af van): Programme, Capability, Project, LearningActivity, Decision. Cannot finish before the other is there. */
    readonly depends_on?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** competences developed (te ontwikkelen competenties). Competences that it develops. */
    readonly develops?: readonly (string | number | boolean)[] | null;
    /** domain (domein). The side of the organisation that it changes, normally people or culture. */
    readonly domain?: Domain | null;
    /** capacity needed (benodigde capaciteit). Average capacity needed. Unit: fte. */
    readonly effort_fte?: number | null;
    /** end date (einddatum). Planned or actual end. */
    readonly end_on?: string | null;
    readonly id: Id;
    /** mitigates (beheerst): Risk. Is made smaller by it. */
    readonly mitigates?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is needed by (is nodig voor): Programme, Capability, Project, LearningActivity. Cannot finish before the other is there. */
    readonly needed_by?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** is planned in (is gepland in): Tranche. Falls in the tranche. */
    readonly planned_in?: Link | readonly Link[] | null;
    /** purposes (leerdoelen). What it serves: `orientation`, `role`, `process` or `documents`, or several of these. */
    readonly purposes?: readonly (string | number | boolean)[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** start date (startdatum). Planned or actual start. */
    readonly start_on?: string | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "planned" | "running" | "completed" | "cancelled" | null;
    /** tailored (op maat). Whether it is made to measure for this programme. */
    readonly tailored?: boolean | null;
    /** trains (rust toe voor): Role. Equips for the role. */
    readonly trains?: Link | readonly Link[] | null;
    /** uses (gebruikt): Resource. Draws on the resource. */
    readonly uses?: LinkUses | readonly LinkUses[] | null;
  }

  /**
   * goal level (doelniveau)
   * ambition: ambition (ambitie): Where the municipality wants to be in the long run.
   * strategic: strategic goal (strategisch doel): A goal of the municipality for the coming years.
   * programme: programme goal (programmadoel): A goal that one programme answers for.
   */
  export type Level = "ambition" | "strategic" | "programme";

  /** Authority given to a role: the assignment of the programme, or a power under administrative or private law. */
  export interface Mandate {
    /** is the basis for (is basis voor): Decision. Evidence or authority used. */
    readonly basis_for?: Link | readonly Link[] | null;
    /** is delegated as (is doorgegeven als): Mandate. Is derived from the other mandate. */
    readonly delegated_as?: Link | readonly Link[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** is granted by (is verleend bij): Decision. The decision that gave the mandate. */
    readonly granted_by?: Link | readonly Link[] | null;
    /** is granted to (is verleend aan): Role. The role that may use the mandate. */
    readonly granted_to?: Link | readonly Link[] | null;
    readonly id: Id;
    /** limit (financieel plafond). Financial ceiling. Unit: EUR. */
    readonly limit_eur?: number | null;
    /** mandate type (soort mandaat). Assignment, mandate, power of attorney or authorisation. */
    readonly mandate_type?: MandateType | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** scope (reikwijdte). What it covers. */
    readonly scope?: string | number | boolean | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "proposed" | "in_force" | "revoked" | "expired" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** is a submandate of (is ondermandaat van): Mandate. Is derived from the other mandate. */
    readonly submandate_of?: Link | readonly Link[] | null;
    /** valid from (geldig vanaf). First day on which it may be used. */
    readonly valid_from?: string | null;
    /** valid until (geldig tot en met). Last day on which it may be used; without a date it is open-ended. */
    readonly valid_until?: string | null;
  }

  /**
   * mandate type (soort mandaat)
   * assignment: assignment (opdracht): A clear assignment inside the organisation.
   * awb_mandate: mandate under the Awb (mandaat (Awb)): Power to take decisions in the name of an administrative body.
   * power_of_attorney: power of attorney (volmacht): Power to perform acts of private law.
   * authorisation: authorisation (machtiging): Power to perform other acts.
   */
  export type MandateType = "assignment" | "awb_mandate" | "power_of_attorney" | "authorisation";

  /** A department, team or municipality, or an outside party such as a partner or target group. */
  export interface OrgUnit {
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** employs (heeft als medewerker): Person. Works in the unit. */
    readonly employs?: LinkWorksIn | readonly LinkWorksIn[] | null;
    /** has role (heeft rol): Role. Setting in which the role is exercised. */
    readonly has_role?: Link | readonly Link[] | null;
    /** has a stake in (heeft belang bij): Programme. Has an interest in the programme. */
    readonly has_stake_in?: LinkHasStakeIn | readonly LinkHasStakeIn[] | null;
    readonly id: Id;
    /** includes (omvat): OrgUnit. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly includes?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** owns (is eigenaar van): Goal, Benefit, Indicator, Capability, Project, Document, Resource, Risk, Finding. Who answers for it; for an indicator: who measures. */
    readonly owns?: Link | readonly Link[] | null;
    /** is part of (is onderdeel van): OrgUnit. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** realises (realiseert): Benefit. Where the benefit shows up. */
    readonly realises?: Link | readonly Link[] | null;
    /** receives (neemt over): Capability. The unit that owns the capability after the programme. */
    readonly receives?: Link | readonly Link[] | null;
    /** received document (kreeg document): Document. Was sent or presented to. */
    readonly receives_document?: LinkSentTo | readonly LinkSentTo[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "active" | "dissolved" | "cancelled" | null;
    /** unit type (soort onderdeel). The kind of unit or party. */
    readonly unit_type?: UnitType | null;
  }

  /**
   * organisational impact (organisatorische impact)
   * none: none (geen): Structure and powers stay as they are.
   * limited: limited (beperkt): Tasks shift within existing units.
   * major: major (ingrijpend): Structure or powers change; asks for advice of the works council.
   */
  export type OrganisationalImpact = "none" | "limited" | "major";

  /**
   * outcome of a decision (uitkomst van een besluit)
   * approved: approved (akkoord): Decided in favour.
   * approved_with_conditions: approved with conditions (akkoord onder voorwaarden): Decided in favour, under conditions.
   * deferred: deferred (aangehouden): To be decided later.
   * rejected: rejected (afgewezen): Decided against.
   * advice_positive: positive advice (positief advies): The advice is in favour.
   * advice_negative: negative advice (negatief advies): The advice is against.
   */
  export type Outcome = "approved" | "approved_with_conditions" | "deferred" | "rejected" | "advice_positive" | "advice_negative";

  /** A natural person, identified by a pseudonymous id. */
  export interface Person {
    /** attended (heeft gevolgd): LearningActivity. The person took part. */
    readonly attended?: LinkAttendedBy | readonly LinkAttendedBy[] | null;
    /** is author of (is opsteller van): Document. Who wrote it. */
    readonly authors?: Link | readonly Link[] | null;
    /** available capacity (beschikbare capaciteit). Total working time. Unit: fte. Where it is not filled in: 1.0. */
    readonly available_fte?: number | null;
    /** competences (competenties). Competences shown. */
    readonly competences?: readonly (string | number | boolean)[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** has a stake in (heeft belang bij): Programme. Has an interest in the programme. */
    readonly has_stake_in?: LinkHasStakeIn | readonly LinkHasStakeIn[] | null;
    /** holds (vervult): Role. Is filled by the person. */
    readonly holds?: LinkHeldBy | readonly LinkHeldBy[] | null;
    readonly id: Id;
    /** is a member of (is lid van): Body. Is a member of the body. */
    readonly member_of?: LinkMemberOf | readonly LinkMemberOf[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** owns (is eigenaar van): Goal, Benefit, Indicator, Capability, Project, Document, Resource, Risk, Finding. Who answers for it; for an indicator: who measures. */
    readonly owns?: Link | readonly Link[] | null;
    /** received document (kreeg document): Document. Was sent or presented to. */
    readonly receives_document?: LinkSentTo | readonly LinkSentTo[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "active" | "left" | "cancelled" | null;
    /** works in (werkt bij): OrgUnit. Works in the unit. */
    readonly works_in?: LinkWorksIn | readonly LinkWorksIn[] | null;
  }

  /**
   * phase (fase)
   * explore: explore (verkennen): Form a picture of what is wanted and what it needs.
   * design: design (ontwerpen): Determine the strategy.
   * mandate: mandate and plan (mandateren en plannen): Mandate the strategy and turn it into a realistic programme plan.
   * deliver: deliver (uitvoeren): Build the capabilities and realise the first benefits, tranche by tranche.
   * embed: embed (borgen): Hand the results over to the line organisation and keep the benefits going.
   * close: close (afsluiten): Give account, learn and discharge the programme organisation.
   */
  export type Phase = "explore" | "design" | "mandate" | "deliver" | "embed" | "close";

  /** Something to comply with: a law, municipal policy, standard, principle, or the ground rules agreed in the programme. */
  export interface Policy {
    /** addresses (pakt op): Finding. Is answered by it. */
    readonly addresses?: Link | readonly Link[] | null;
    /** applies to (is van toepassing op): Programme, Project, Document. Must respect the policy. */
    readonly applies_to?: LinkGovernedBy | readonly LinkGovernedBy[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    readonly id: Id;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** policy type (soort kader). The kind of policy. */
    readonly policy_type?: PolicyType | null;
    /** regime. Mandatory, comply or explain, or guidance. */
    readonly regime?: Regime | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "draft" | "in_force" | "withdrawn" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
  }

  /**
   * policy type (soort kader)
   * law: law (wet- of regelgeving): Legislation.
   * municipal_policy: municipal policy (gemeentelijk beleid): Policy adopted by the municipality.
   * standard: standard (standaard): A norm or open standard.
   * principle: principle (principe): A principle that directs choices.
   * ground_rules: ground rules (spelregels): What those involved agreed on working together.
   */
  export type PolicyType = "law" | "municipal_policy" | "standard" | "principle" | "ground_rules";

  /** A temporary coherent set of goals, efforts and means, directed as one whole to realise benefits. The introduction of programme management is itself a programme. */
  export interface Programme {
    /** board interval (ritme stuurgroep). Agreed longest interval between decisions of the programme board. Unit: days. */
    readonly board_interval_days?: number | null;
    /** change tolerance (wijzigingsruimte). Total change that may be approved below board level since the last baseline. Unit: EUR. */
    readonly change_tolerance_eur?: number | null;
    /** council interval (ritme raadsrapportage). Agreed longest interval between reports to the council. Unit: days. */
    readonly council_interval_days?: number | null;
    /** depends on (hangt af van): Programme, Capability, Project, LearningActivity, Decision. Cannot finish before the other is there. */
    readonly depends_on?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** is documented by (is beschreven in): Document. The document is about it. */
    readonly documented_by?: Link | readonly Link[] | null;
    /** end date (einddatum). Day on which it is planned to end. */
    readonly end_on?: string | null;
    /** is governed by (valt onder): Policy. Must respect the policy. */
    readonly governed_by?: LinkGovernedBy | readonly LinkGovernedBy[] | null;
    /** has role (heeft rol): Role. Setting in which the role is exercised. */
    readonly has_role?: Link | readonly Link[] | null;
    /** has stakeholder (heeft als belanghebbende): Person, Body, OrgUnit. Has an interest in the programme. */
    readonly has_stakeholder?: LinkHasStakeIn | readonly LinkHasStakeIn[] | null;
    readonly id: Id;
    /** includes (omvat): Programme, Benefit, Project, LearningActivity, Tranche, Body, Decision, Risk, Finding. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly includes?: Link | readonly Link[] | null;
    /** is measured by (wordt gemeten met): Indicator. Is measured with the indicator. */
    readonly measured_by?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is needed by (is nodig voor): Programme, Capability, Project, LearningActivity. Cannot finish before the other is there. */
    readonly needed_by?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** organisational impact (organisatorische impact). Effect on the structure or the division of powers of the organisation. */
    readonly organisational_impact?: OrganisationalImpact | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** phase (fase). The furthest phase that the programme has formally entered. Where it is not filled in: explore. */
    readonly phase?: Phase | null;
    /** purpose (aard). Whether it introduces programme management itself or brings about another change. */
    readonly purpose?: Purpose | null;
    /** pursues (streeft na): Goal. Is undertaken to reach the goal. A project pursues a goal directly only when it is a loose initiative of the line. */
    readonly pursues?: Link | readonly Link[] | null;
    /** risk appetite (risicobereidheid). Largest accepted total of probability times impact over the open threats. */
    readonly risk_appetite?: number | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** start date (startdatum). Day on which it starts or started. */
    readonly start_on?: string | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "proposed" | "active" | "paused" | "closed" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** is threatened by (wordt bedreigd door): Risk. Puts it at risk; an opportunity may improve it. */
    readonly threatened_by?: Link | readonly Link[] | null;
    /** uses (gebruikt): Resource. Draws on the resource. */
    readonly uses?: LinkUses | readonly LinkUses[] | null;
    /** vision (visie). Short statement of the intended future situation. */
    readonly vision?: string | number | boolean | null;
  }

  /** A project or other effort: a unit of work with its own leader. */
  export interface Project {
    /** addresses (pakt op): Finding. Is answered by it. */
    readonly addresses?: Link | readonly Link[] | null;
    /** builds (bouwt op): Capability. Creates or improves the capability. */
    readonly builds?: Link | readonly Link[] | null;
    /** cost (kosten). Estimated cost to be paid from a budget; internal hours only if they are charged. Unit: EUR. */
    readonly cost_eur?: number | null;
    /** depends on (hangt af van): Programme, Capability, Project, LearningActivity, Decision. Cannot finish before the other is there. */
    readonly depends_on?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** is documented by (is beschreven in): Document. The document is about it. */
    readonly documented_by?: Link | readonly Link[] | null;
    /** domain (domein). The side of the organisation that it changes. */
    readonly domain?: Domain | null;
    /** capacity needed (benodigde capaciteit). Average capacity needed. Unit: fte. */
    readonly effort_fte?: number | null;
    /** end date (einddatum). Planned or actual end. */
    readonly end_on?: string | null;
    /** form (vorm). Project, process effort, line activity or pilot. Where it is not filled in: project. */
    readonly form?: Form | null;
    /** is governed by (valt onder): Policy. Must respect the policy. */
    readonly governed_by?: LinkGovernedBy | readonly LinkGovernedBy[] | null;
    /** has role (heeft rol): Role. Setting in which the role is exercised. */
    readonly has_role?: Link | readonly Link[] | null;
    readonly id: Id;
    /** mitigates (beheerst): Risk. Is made smaller by it. */
    readonly mitigates?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is needed by (is nodig voor): Programme, Capability, Project, LearningActivity. Cannot finish before the other is there. */
    readonly needed_by?: LinkDependsOn | readonly LinkDependsOn[] | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** is planned in (is gepland in): Tranche. Falls in the tranche. */
    readonly planned_in?: Link | readonly Link[] | null;
    /** pursues (streeft na): Goal. Is undertaken to reach the goal. A project pursues a goal directly only when it is a loose initiative of the line. */
    readonly pursues?: Link | readonly Link[] | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** start date (startdatum). Planned or actual start. */
    readonly start_on?: string | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "proposed" | "chartered" | "executing" | "delivered" | "closed" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** is threatened by (wordt bedreigd door): Risk. Puts it at risk; an opportunity may improve it. */
    readonly threatened_by?: Link | readonly Link[] | null;
    /** uses (gebruikt): Resource. Draws on the resource. */
    readonly uses?: LinkUses | readonly LinkUses[] | null;
  }

  /**
   * purpose of the programme (aard van het programma)
   * introduction: introduction of programme management (invoering van programmamanagement): The programme that introduces programme management itself.
   * substantive: substantive change (inhoudelijke verandering): Any other change.
   */
  export type Purpose = "introduction" | "substantive";

  /**
   * rating (oordeel)
   * green: green (groen): Success is very likely.
   * amber_green: amber-green (oranje-groen): Success is likely if attention stays.
   * amber: amber (oranje): Success is possible; issues need attention now.
   * amber_red: amber-red (oranje-rood): Success is in doubt; action is urgent.
   * red: red (rood): Success seems out of reach without a new start.
   */
  export type Rating = "green" | "amber_green" | "amber" | "amber_red" | "red";

  /**
   * regime
   * mandatory: mandatory (verplicht): Deviating is not allowed.
   * comply_or_explain: comply or explain (pas toe of leg uit): Deviating is allowed with an explanation.
   * guidance: guidance (richtlijn): Advice, not an obligation.
   */
  export type Regime = "mandatory" | "comply_or_explain" | "guidance";

  /** Money, capacity or a facility. */
  export interface Resource {
    /** amount (omvang). Size, in the unit of the resource. */
    readonly amount?: number | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    readonly id: Id;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** resource type (soort middel). Budget, capacity or facility. */
    readonly resource_type?: ResourceType | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "requested" | "committed" | "released" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** is threatened by (wordt bedreigd door): Risk. Puts it at risk; an opportunity may improve it. */
    readonly threatened_by?: Link | readonly Link[] | null;
    /** unit (eenheid). Unit of the amount. */
    readonly unit?: Unit | null;
    /** is used by (wordt gebruikt door): Programme, Project, LearningActivity. Draws on the resource. */
    readonly used_by?: LinkUses | readonly LinkUses[] | null;
  }

  /**
   * resource type (soort middel)
   * budget: budget: Money.
   * capacity: capacity (capaciteit): Working time of people.
   * facility: facility (voorziening): Rooms, tools and other provisions.
   */
  export type ResourceType = "budget" | "capacity" | "facility";

  /**
   * risk response (beheersstrategie)
   * avoid: avoid (vermijden): Take the cause away.
   * reduce: reduce (verminderen): Make probability or impact smaller.
   * transfer: transfer (overdragen): Let another party carry it.
   * accept: accept (aanvaarden): Live with it knowingly.
   * exploit: exploit (benutten): Make use of an opportunity.
   */
  export type Response = "avoid" | "reduce" | "transfer" | "accept" | "exploit";

  /** An uncertain event, threat or opportunity, or an issue that has already occurred. */
  export interface Risk {
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    readonly id: Id;
    /** impact (gevolg). How large the effect would be, from 1 to 5. */
    readonly impact?: number | null;
    /** is mitigated by (wordt beheerst door): Project, LearningActivity, Decision. Is made smaller by it. */
    readonly mitigated_by?: Link | readonly Link[] | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is owned by (heeft als eigenaar): Role, Person, Body, OrgUnit. Who answers for it; for an indicator: who measures. */
    readonly owned_by?: Link | readonly Link[] | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** probability (waarschijnlijkheid). How likely it is, from 1 to 5. */
    readonly probability?: number | null;
    /** response (beheersstrategie). Chosen response. */
    readonly response?: Response | null;
    /** next review (volgende beoordeling). Day of the next review. */
    readonly review_on?: string | null;
    /** risk type (soort risico). Threat, opportunity or issue. */
    readonly risk_type?: RiskType | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "open" | "mitigated" | "closed" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** threatens (bedreigt): Programme, Goal, Benefit, Capability, Project, Tranche, Resource. Puts it at risk; an opportunity may improve it. */
    readonly threatens?: Link | readonly Link[] | null;
  }

  /**
   * risk type (soort risico)
   * threat: threat (bedreiging): An uncertain event that would do harm.
   * opportunity: opportunity (kans): An uncertain event that would help.
   * issue: issue (knelpunt): Something that has already occurred.
   */
  export type RiskType = "threat" | "opportunity" | "issue";

  /** A seat in the programme organisation, in a project, in a body or in a line unit; one for each seat. */
  export interface Role {
    /** is accountable to (legt verantwoording af aan): Role. Gives account to the other role. */
    readonly accountable_to?: Link | readonly Link[] | null;
    /** is author of (is opsteller van): Document. Who wrote it. */
    readonly authors?: Link | readonly Link[] | null;
    /** decides (neemt): Decision. Who takes the decision. */
    readonly decides?: Link | readonly Link[] | null;
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** directs (stuurt aan): Role. Gives account to the other role. */
    readonly directs?: Link | readonly Link[] | null;
    /** has mandate (heeft mandaat): Mandate. The role that may use the mandate. */
    readonly has_mandate?: Link | readonly Link[] | null;
    /** is held by (wordt vervuld door): Person. Is filled by the person. */
    readonly held_by?: LinkHeldBy | readonly LinkHeldBy[] | null;
    readonly id: Id;
    /** key role (sleutelrol). Whether a vacancy stops the programme. */
    readonly key_role?: boolean | null;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** owns (is eigenaar van): Goal, Benefit, Indicator, Capability, Project, Document, Resource, Risk, Finding. Who answers for it; for an indicator: who measures. */
    readonly owns?: Link | readonly Link[] | null;
    /** required competences (vereiste competenties). Competences that the seat needs. */
    readonly required_competences?: readonly (string | number | boolean)[] | null;
    /** responsibilities (taken en bevoegdheden). Description of responsibilities and authority. */
    readonly responsibilities?: string | number | boolean | null;
    /** is a role in (is rol in): Programme, Project, Body, OrgUnit. Setting in which the role is exercised. */
    readonly role_in?: Link | readonly Link[] | null;
    /** role type (soort rol). The kind of seat. */
    readonly role_type?: RoleType | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "planned" | "open" | "filled" | "discontinued" | "cancelled" | null;
    /** is trained by (wordt toegerust door): LearningActivity. Equips for the role. */
    readonly trained_by?: Link | readonly Link[] | null;
  }

  /**
   * role type (soort rol)
   * commissioner: official commissioner (ambtelijk opdrachtgever): Owner of the programme, one person; preferably a member of the management team.
   * political_commissioner: political commissioner (bestuurlijk opdrachtgever): Member of the executive who answers to the council.
   * delegated_commissioner: delegated commissioner (gedelegeerd opdrachtgever): Acts for the commissioner under a mandate.
   * programme_manager: programme manager (programmamanager): Daily direction and coherence.
   * change_lead: change lead (verandermanager): Leads the transition in the line unit that changes.
   * effort_leader: effort leader (inspanningsleider): Leads one project or other effort.
   * benefit_owner: benefit owner (bateneigenaar): Answers in the line for realising a benefit.
   * measurer: measurer (meetverantwoordelijke): Measures, and does not own what is measured.
   * business_manager: requesting side (vertegenwoordiger van de vrager): Speaks for the side that asks for the result; often a process owner.
   * solution_provider: solution provider (opdrachtnemer): Speaks for the side that provides the result.
   * controller: controller: Guards money, progress and the planning and control cycle.
   * assurance: assurance (onafhankelijke toetser): Independent of those who run the programme.
   * programme_office: programme office (programmabureau): Supports the programme.
   * member: member (teamlid): Any other seat.
   */
  export type RoleType = "commissioner" | "political_commissioner" | "delegated_commissioner" | "programme_manager" | "change_lead" | "effort_leader" | "benefit_owner" | "measurer" | "business_manager" | "solution_provider" | "controller" | "assurance" | "programme_office" | "member";

  /** A period that ends in a step change: a stable situation in which benefits can be measured. */
  export interface Tranche {
    /** description (omschrijving). What it is, in a few sentences. */
    readonly description?: string | number | boolean | null;
    /** is documented by (is beschreven in): Document. The document is about it. */
    readonly documented_by?: Link | readonly Link[] | null;
    /** end date (einddatum). Planned or actual end. */
    readonly end_on?: string | null;
    readonly id: Id;
    /** name (naam). What people call it. */
    readonly name?: string | number | boolean | null;
    /** is part of (is onderdeel van): Programme. Belongs to the programme, or to a larger programme or portfolio; an organisation unit belongs to a larger unit. */
    readonly part_of?: Link | readonly Link[] | null;
    /** has planned (heeft gepland): Benefit, Capability, Project, LearningActivity. Falls in the tranche. */
    readonly plans?: Link | readonly Link[] | null;
    /** sequence (volgnummer). Order within the programme, from 1. */
    readonly sequence?: number | null;
    /** source (bron). Where the information came from. */
    readonly source?: string | number | boolean | null;
    /** start date (startdatum). Planned or actual start. */
    readonly start_on?: string | null;
    /** state (status). How far an element is; every kind knows some of these states. */
    readonly state?: "planned" | "running" | "ended" | "cancelled" | null;
    /** is the subject of (is onderwerp van): Decision. What the decision is about. */
    readonly subject_of?: Link | readonly Link[] | null;
    /** is threatened by (wordt bedreigd door): Risk. Puts it at risk; an opportunity may improve it. */
    readonly threatened_by?: Link | readonly Link[] | null;
  }

  /**
   * unit of a resource (eenheid van een middel)
   * EUR: euro: Euros.
   * FTE: FTE (fte): Full-time equivalents.
   * piece: piece (stuk): Pieces.
   */
  export type Unit = "EUR" | "FTE" | "piece";

  /**
   * unit type (soort onderdeel)
   * municipality: municipality (gemeente): The municipality as a whole.
   * department: department (afdeling): A department of the municipality.
   * team: team: A team within a department.
   * shared_service: shared service (gemeenschappelijke dienst): A service run together with other municipalities.
   * external_party: outside party (externe partij): A partner, supplier or other party outside the organisation.
   * target_group: target group (doelgroep): Those for whom the change is meant.
   */
  export type UnitType = "municipality" | "department" | "team" | "shared_service" | "external_party" | "target_group";

  /**
   * urgency (urgentie)
   * critical: critical (kritiek): Act now.
   * essential: essential (essentieel): Act before the next gate.
   * advisory: advisory (raadzaam): Would help.
   */
  export type Urgency = "critical" | "essential" | "advisory";

  /**
   * purpose of use (bestemming)
   * delivery: delivery (uitvoering): Carrying out the programme.
   * embedding: embedding (borging): Making results last in the line.
   * learning: learning (leren): Equipping people for their role.
   */
  export type UsesPurpose = "delivery" | "embedding" | "learning";

  /** A departure from a rule that somebody decided: it waives what the rule finds. */
  export interface Deviation {
    /** Who decided so. */
    readonly decided_by?: string | number | boolean | null;
    /** The id of what departs from it; `model` for the model as a whole. */
    readonly element?: string | number | boolean | readonly (string | number | boolean)[] | null;
    /** The ids of several. */
    readonly elements?: string | number | boolean | readonly (string | number | boolean)[] | null;
    /** Leads from the elements to those that are covered: `includes+[Project]`. */
    readonly path?: string | number | boolean | null;
    /** Why. */
    readonly reason: string | number | boolean;
    /** The rule's id; `pack/rule` where several packs have one of that id. */
    readonly rule: string | number | boolean;
    /** The last day on which it holds. */
    readonly until?: string | null;
  }

  /** 1 to 128 letters, digits and . _ - :, starting with a letter or digit. */
  export type Id = string | number | boolean;

  export type Link = Id | {
    readonly to: Id;
  };

  export type LinkAttendedBy = Id | {
    /** completed on (afgerond op). Day on which the person completed it. */
    readonly completed_on?: string | null;
    readonly to: Id;
  };

  export type LinkContributesTo = Id | {
    /** share (aandeel). Part of the goal or of the next benefit that the benefit is expected to deliver. Unit: fraction. */
    readonly share?: number | null;
    readonly to: Id;
  };

  export type LinkDependsOn = Id | {
    /** agreed (afgesproken). Whether the other side has accepted the dependency. */
    readonly agreed?: boolean | null;
    readonly to: Id;
  };

  export type LinkGovernedBy = Id | {
    /** compliance (naleving). Whether the policy is followed, or the deviation explained. */
    readonly compliance?: Compliance | null;
    /** explanation (uitleg). Why the policy is not followed. */
    readonly explanation?: string | number | boolean | null;
    readonly to: Id;
  };

  export type LinkHasStakeIn = Id | {
    /** attitude (houding). From -2 (against), -1 (critical), 0 (neutral) and 1 (supports) to 2 (carries it). */
    readonly attitude?: number | null;
    /** desired attitude (gewenste houding). The attitude that the programme needs, on the same scale. */
    readonly desired_attitude?: number | null;
    /** influence (invloed). From 1 (little) to 5 (decisive). */
    readonly influence?: number | null;
    readonly to: Id;
  };

  export type LinkHeldBy = Id | {
    /** accepted (aanvaard). Whether the person has accepted the role. */
    readonly accepted?: boolean | null;
    /** as deputy (als plaatsvervanger). Whether the person is deputy; otherwise the principal holder. Where it is not filled in: false. */
    readonly as_deputy?: boolean | null;
    /** FTE (fte). Planned time for this seat. Unit: fte. */
    readonly fte?: number | null;
    readonly to: Id;
    /** valid from (geldig vanaf). First day of the assignment. */
    readonly valid_from?: string | null;
    /** valid until (geldig tot en met). Last day of the assignment. */
    readonly valid_until?: string | null;
  };

  export type LinkMemberOf = Id | {
    /** chair (voorzitter). Whether the person chairs the body. */
    readonly chair?: boolean | null;
    readonly to: Id;
    /** valid from (geldig vanaf). First day of the membership. */
    readonly valid_from?: string | null;
    /** valid until (geldig tot en met). Last day of the membership. */
    readonly valid_until?: string | null;
  };

  export type LinkSentTo = Id | {
    /** sent on (gestuurd op). Day on which it was sent or presented. */
    readonly sent_on?: string | null;
    readonly to: Id;
  };

  export type LinkUses = Id | {
    /** amount (omvang). How much is used, in the unit of the resource. */
    readonly amount?: number | null;
    /** purpose (bestemming). What it is used for. */
    readonly purpose?: UsesPurpose | null;
    readonly to: Id;
    /** valid from (geldig vanaf). First day of the use. */
    readonly valid_from?: string | null;
    /** valid until (geldig tot en met). Last day of the use. */
    readonly valid_until?: string | null;
  };

  export type LinkWorksIn = Id | {
    readonly to: Id;
    /** valid from (geldig vanaf). First day of the placement. */
    readonly valid_from?: string | null;
    /** valid until (geldig tot en met). Last day of the placement. */
    readonly valid_until?: string | null;
  };

}

/** A change programme as a graph of elements and links. Several files make one model. */
export interface ModelDocument {
  /** benefits (baten) */
  readonly benefits?: readonly kinds.Benefit[] | null;
  /** bodies (organen) */
  readonly bodies?: readonly kinds.Body[] | null;
  /** capabilities (vermogens) */
  readonly capabilities?: readonly kinds.Capability[] | null;
  /** decisions (besluiten) */
  readonly decisions?: readonly kinds.Decision[] | null;
  /** Comply or explain: departures from rules that somebody decided. */
  readonly deviations?: readonly kinds.Deviation[] | null;
  /** documents (documenten) */
  readonly documents?: readonly kinds.Document[] | null;
  /** findings (bevindingen) */
  readonly findings?: readonly kinds.Finding[] | null;
  /** goals (doelen) */
  readonly goals?: readonly kinds.Goal[] | null;
  /** indicators (indicatoren) */
  readonly indicators?: readonly kinds.Indicator[] | null;
  /** learning activities (leeractiviteiten) */
  readonly learning_activities?: readonly kinds.LearningActivity[] | null;
  /** mandates (mandaten) */
  readonly mandates?: readonly kinds.Mandate[] | null;
  /** Kinds that the model does not record completely: what isn't there is unknown rather than absent. */
  readonly open_kinds?: readonly ("Programme" | "Goal" | "Benefit" | "Indicator" | "Capability" | "Project" | "LearningActivity" | "Tranche" | "Role" | "Person" | "Body" | "OrgUnit" | "Decision" | "Mandate" | "Document" | "Policy" | "Resource" | "Risk" | "Finding")[] | null;
  /** organisation units (organisatieonderdelen) */
  readonly org_units?: readonly kinds.OrgUnit[] | null;
  /** persons (personen) */
  readonly persons?: readonly kinds.Person[] | null;
  /** policies (kaders) */
  readonly policies?: readonly kinds.Policy[] | null;
  /** programmes (programma's) */
  readonly programmes?: readonly kinds.Programme[] | null;
  /** projects (inspanningen) */
  readonly projects?: readonly kinds.Project[] | null;
  /** resources (middelen) */
  readonly resources?: readonly kinds.Resource[] | null;
  /** risks (risico's) */
  readonly risks?: readonly kinds.Risk[] | null;
  /** roles (rollen) */
  readonly roles?: readonly kinds.Role[] | null;
  /** The version of the format: 1. */
  readonly spelregel?: 1 | "1" | null;
  /** tranches */
  readonly tranches?: readonly kinds.Tranche[] | null;
}

/** A test of a rule: a small model, and the verdicts expected on it. */
export interface PackExample {
  /** The date of the check. */
  readonly at: string;
  /** Verdicts by element; elements not named are expected to be not applicable. */
  readonly expect: { readonly [name: string]: "not_applicable" | "pass" | "fail" | "unknown" | "waived" | "error" };
  /** The gate that is asked for. */
  readonly gate?: kinds.Gate | null;
  /** The model. */
  readonly model: ModelDocument;
  /** What it shows. */
  readonly name?: string | number | boolean | null;
}

/** A text for both languages, or one for each. */
export type PackLabel = string | number | boolean | {
  readonly en?: string | number | boolean | null;
  readonly nl?: string | number | boolean | null;
};

/** A text in one language or both. */
export interface PackLanguages {
  readonly en?: string | number | boolean | null;
  readonly nl?: string | number | boolean | null;
}

/** A value that an organisation may override. */
export interface PackParameter {
  /** Its value where nobody sets another. */
  readonly default: unknown;
  /** What people call it. */
  readonly label?: PackLabel | null;
  /** Its type, such as `duration` or `list<RoleType>`. */
  readonly type: string | number | boolean;
}

/** A question asked of every element of some kinds. */
export interface PackRule {
  /** `false` refuses deviations, as for rules that rest on law. */
  readonly deviations?: boolean | null;
  /** The kinds of which it is asked, or `Model` to ask it once. */
  readonly each: "Programme" | "Goal" | "Benefit" | "Indicator" | "Capability" | "Project" | "LearningActivity" | "Tranche" | "Role" | "Person" | "Body" | "OrgUnit" | "Decision" | "Mandate" | "Document" | "Policy" | "Resource" | "Risk" | "Finding" | "Model" | readonly ("Programme" | "Goal" | "Benefit" | "Indicator" | "Capability" | "Project" | "LearningActivity" | "Tranche" | "Role" | "Person" | "Body" | "OrgUnit" | "Decision" | "Mandate" | "Document" | "Policy" | "Resource" | "Risk" | "Finding" | "Model")[];
  /** Tests: small models with the verdicts expected. */
  readonly examples?: readonly PackExample[] | null;
  /** The phase from which it applies. */
  readonly from?: kinds.Phase | null;
  /** The gate for which it applies already when that is asked for. */
  readonly gate?: kinds.Gate | null;
  /** The id, unique in the pack. */
  readonly id: string | number | boolean;
  /** Names for parts of its conditions and messages. */
  readonly let?: { readonly [name: string]: string | number | boolean } | null;
  /** What is the matter; `{…}` holds expressions. */
  readonly message: PackLanguages;
  /** What to do when it fails. */
  readonly remedy?: PackLanguages | null;
  /** The condition that must hold. */
  readonly require: string | number | boolean;
  /** How bad it is when it fails. */
  readonly severity: "error" | "warning" | "advice";
  /** Where it comes from. */
  readonly source?: PackLabel | null;
  /** Words by which to choose rules. */
  readonly tags?: readonly (string | number | boolean)[] | null;
  /** What it wants, in a sentence. */
  readonly title: PackLanguages;
  /** A further condition under which it applies. */
  readonly when?: string | number | boolean | null;
  /** Why it is there. */
  readonly why?: PackLanguages | null;
}

/** A pack of rules, with the definitions, paths and parameters that they share. */
export interface PackDocument {
  /** Named parts of conditions: `Kind.name` or `Kind.name(argument: type)`, and an expression. */
  readonly define?: { readonly [name: string]: string | number | boolean } | null;
  /** The id, with which the full ids of its rules start. */
  readonly pack: string | number | boolean;
  /** Values that an organisation may override, by name. */
  readonly parameters?: { readonly [name: string]: PackParameter } | null;
  /** Derived relations: `Kind.name`, and a path. */
  readonly paths?: { readonly [name: string]: string | number | boolean } | null;
  /** The rules, in the order in which they are asked. */
  readonly rules?: readonly PackRule[] | null;
  /** Where its rules come from. */
  readonly source?: PackLabel | null;
  /** The version of the format: 1. */
  readonly spelregel?: 1 | "1" | null;
  /** What it is called. */
  readonly title: PackLanguages;
  /** Packs whose definitions, paths and parameters it uses. */
  readonly uses?: readonly (string | number | boolean)[] | null;
  /** The pack's own version. */
  readonly version: string | number | boolean;
}

/** Kinds that may be linked: any of the sources with any of the targets. */
export interface SettingsEnds {
  /** Kinds of sources. */
  readonly from: readonly (string | number | boolean)[];
  /** Kinds of targets. */
  readonly to: readonly (string | number | boolean)[];
}

/** A closed list of values. */
export interface SettingsEnumeration {
  /** What it is, in a sentence. */
  readonly description?: SettingsLabel | null;
  /** What people call it. */
  readonly label?: SettingsLabel | null;
  /** Whether the order of the values means something. */
  readonly ordered?: boolean | null;
  /** The values by name, in their order. */
  readonly values?: { readonly [name: string]: SettingsValue | null } | null;
}

/** A kind of element. */
export interface SettingsKind {
  /** Those in which an element is no longer live. */
  readonly dead_states?: readonly (string | number | boolean)[] | null;
  /** What people call one that has been named before. */
  readonly definite?: SettingsLabel | null;
  /** What it is, in a sentence. */
  readonly description?: SettingsLabel | null;
  /** What people call it. */
  readonly label?: SettingsLabel | null;
  /** What people call several. */
  readonly plural?: SettingsLabel | null;
  /** The path from an element to the programmes it belongs to. */
  readonly programmes?: string | number | boolean | null;
  /** Its properties by name. */
  readonly properties?: { readonly [name: string]: SettingsProperty } | null;
  /** The key of its section in model documents. A new kind needs one. */
  readonly section?: string | number | boolean | null;
  /** The states that its elements go through. */
  readonly states?: readonly (string | number | boolean)[] | null;
}

/** A text for both languages, or one for each. */
export type SettingsLabel = string | number | boolean | {
  readonly en?: string | number | boolean | null;
  readonly nl?: string | number | boolean | null;
};

/** A vocabulary: kinds of elements, their properties, and the relations between them. */
export interface SettingsMetamodel {
  /** Closed lists of values, by name. */
  readonly enumerations?: { readonly [name: string]: SettingsEnumeration | null } | null;
  /** Kinds of elements by name, in model order. */
  readonly kinds?: { readonly [name: string]: SettingsKind | null } | null;
  /** Its id; without one, the document adds to the metamodel that there is. */
  readonly metamodel?: string | number | boolean | null;
  /** Properties that every kind has, by name. */
  readonly properties?: { readonly [name: string]: SettingsProperty } | null;
  /** Relations by name. */
  readonly relations?: { readonly [name: string]: SettingsRelation | null } | null;
  /** The version of the format: 1. */
  readonly spelregel?: 1 | "1" | null;
  /** What it is called. */
  readonly title?: SettingsLabel | null;
  /** Its own version. */
  readonly version?: string | number | boolean | null;
}

/** What elements of a kind, or links of a relation, have. */
export interface SettingsProperty {
  /** What it counts as where it is not filled in. */
  readonly absent?: string | number | boolean | null;
  /** What it is, in a sentence. */
  readonly description?: SettingsLabel | null;
  /** What people call it. */
  readonly label?: SettingsLabel | null;
  /** The most that it can be. */
  readonly max?: number | null;
  /** The least that it can be. */
  readonly min?: number | null;
  /** Whether it is remarkable that it is not filled in. */
  readonly required?: boolean | null;
  /** `text`, `bool`, `int`, `number`, `date`, `list<text>` or an enumeration. */
  readonly type: string | number | boolean;
  /** Of a number: in what it is counted. */
  readonly unit?: string | number | boolean | null;
}

/** A relation between kinds, read from either end. */
export interface SettingsRelation {
  /** What it is, in a sentence. */
  readonly description?: SettingsLabel | null;
  /** Which kinds may be linked. */
  readonly ends?: readonly SettingsEnds[] | null;
  /** Its name when read from the other end. A new relation needs one. */
  readonly inverse?: string | number | boolean | null;
  /** What people call it when read from the other end. */
  readonly inverse_label?: SettingsLabel | null;
  /** What people call it. */
  readonly label?: SettingsLabel | null;
  /** Whether a source has one target at most. */
  readonly one?: boolean | null;
  /** The properties of its links by name. */
  readonly properties?: { readonly [name: string]: SettingsProperty } | null;
  /** What sources are to their target: `decisions about`. */
  readonly sources?: SettingsLabel | null;
  /** What targets are to their source: `holders of`. */
  readonly targets?: SettingsLabel | null;
}

/** An organisation's own parameters, severities, languages and additions to the metamodel. */
export interface SettingsSettingsFields {
  /** The languages of reports, the first one first. */
  readonly languages?: readonly ("en" | "nl")[] | null;
  /** Kinds, properties, relations and values to add to the metamodel. */
  readonly metamodel?: SettingsMetamodel | null;
  /** Values of parameters of packs, by name. */
  readonly parameters?: { readonly [name: string]: unknown } | null;
  /** Severities by rule; `off` switches a rule off. */
  readonly severity?: { readonly [name: string]: "error" | "warning" | "advice" | "off" } | null;
}

/** A value of an enumeration. */
export interface SettingsValue {
  /** What it is, in a sentence. */
  readonly description?: SettingsLabel | null;
  /** What people call it. */
  readonly label?: SettingsLabel | null;
  /** Of a gate: the phase that it opens. */
  readonly opens?: string | number | boolean | null;
}

/** What an organisation changes without touching packs. */
export interface SettingsDocument {
  /** The settings. */
  readonly settings: SettingsSettingsFields;
  /** The version of the format: 1. */
  readonly spelregel?: 1 | "1" | null;
}

/** Kinds that may be linked: any of the sources with any of the targets. */
export interface MetamodelEnds {
  /** Kinds of sources. */
  readonly from: readonly (string | number | boolean)[];
  /** Kinds of targets. */
  readonly to: readonly (string | number | boolean)[];
}

/** A closed list of values. */
export interface MetamodelEnumeration {
  /** What it is, in a sentence. */
  readonly description?: MetamodelLabel | null;
  /** What people call it. */
  readonly label?: MetamodelLabel | null;
  /** Whether the order of the values means something. */
  readonly ordered?: boolean | null;
  /** The values by name, in their order. */
  readonly values?: { readonly [name: string]: MetamodelValue | null } | null;
}

/** A kind of element. */
export interface MetamodelKind {
  /** Those in which an element is no longer live. */
  readonly dead_states?: readonly (string | number | boolean)[] | null;
  /** What people call one that has been named before. */
  readonly definite?: MetamodelLabel | null;
  /** What it is, in a sentence. */
  readonly description?: MetamodelLabel | null;
  /** What people call it. */
  readonly label?: MetamodelLabel | null;
  /** What people call several. */
  readonly plural?: MetamodelLabel | null;
  /** The path from an element to the programmes it belongs to. */
  readonly programmes?: string | number | boolean | null;
  /** Its properties by name. */
  readonly properties?: { readonly [name: string]: MetamodelProperty } | null;
  /** The key of its section in model documents. A new kind needs one. */
  readonly section?: string | number | boolean | null;
  /** The states that its elements go through. */
  readonly states?: readonly (string | number | boolean)[] | null;
}

/** A text for both languages, or one for each. */
export type MetamodelLabel = string | number | boolean | {
  readonly en?: string | number | boolean | null;
  readonly nl?: string | number | boolean | null;
};

/** What elements of a kind, or links of a relation, have. */
export interface MetamodelProperty {
  /** What it counts as where it is not filled in. */
  readonly absent?: string | number | boolean | null;
  /** What it is, in a sentence. */
  readonly description?: MetamodelLabel | null;
  /** What people call it. */
  readonly label?: MetamodelLabel | null;
  /** The most that it can be. */
  readonly max?: number | null;
  /** The least that it can be. */
  readonly min?: number | null;
  /** Whether it is remarkable that it is not filled in. */
  readonly required?: boolean | null;
  /** `text`, `bool`, `int`, `number`, `date`, `list<text>` or an enumeration. */
  readonly type: string | number | boolean;
  /** Of a number: in what it is counted. */
  readonly unit?: string | number | boolean | null;
}

/** A relation between kinds, read from either end. */
export interface MetamodelRelation {
  /** What it is, in a sentence. */
  readonly description?: MetamodelLabel | null;
  /** Which kinds may be linked. */
  readonly ends?: readonly MetamodelEnds[] | null;
  /** Its name when read from the other end. A new relation needs one. */
  readonly inverse?: string | number | boolean | null;
  /** What people call it when read from the other end. */
  readonly inverse_label?: MetamodelLabel | null;
  /** What people call it. */
  readonly label?: MetamodelLabel | null;
  /** Whether a source has one target at most. */
  readonly one?: boolean | null;
  /** The properties of its links by name. */
  readonly properties?: { readonly [name: string]: MetamodelProperty } | null;
  /** What sources are to their target: `decisions about`. */
  readonly sources?: MetamodelLabel | null;
  /** What targets are to their source: `holders of`. */
  readonly targets?: MetamodelLabel | null;
}

/** A value of an enumeration. */
export interface MetamodelValue {
  /** What it is, in a sentence. */
  readonly description?: MetamodelLabel | null;
  /** What people call it. */
  readonly label?: MetamodelLabel | null;
  /** Of a gate: the phase that it opens. */
  readonly opens?: string | number | boolean | null;
}

/** A vocabulary: kinds of elements, their properties, and the relations between them. */
export interface MetamodelDocument {
  /** Closed lists of values, by name. */
  readonly enumerations?: { readonly [name: string]: MetamodelEnumeration | null } | null;
  /** Kinds of elements by name, in model order. */
  readonly kinds?: { readonly [name: string]: MetamodelKind | null } | null;
  /** Its id; without one, the document adds to the metamodel that there is. */
  readonly metamodel?: string | number | boolean | null;
  /** Properties that every kind has, by name. */
  readonly properties?: { readonly [name: string]: MetamodelProperty } | null;
  /** Relations by name. */
  readonly relations?: { readonly [name: string]: MetamodelRelation | null } | null;
  /** The version of the format: 1. */
  readonly spelregel?: 1 | "1" | null;
  /** What it is called. */
  readonly title?: MetamodelLabel | null;
  /** Its own version. */
  readonly version?: string | number | boolean | null;
}


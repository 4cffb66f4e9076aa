/** What the page says, in two languages. */

export type Language = "en" | "nl";

const en = {
  about: "Type a programme, and see what its governance lacks. Nothing leaves your browser.",
  language: "Language",
  packs: "Rules",
  at: "Date",
  gate: "As if this gate were asked for",
  noGate: "none",
  written: "The programme",
  told: "What the rules find",
  findings: "Findings",
  network: "Network",
  missing: "To find out",
  rules: "Rules",
  loading: "Loading…",
  sound: "The text is read.",
  faulty: (count: number) =>
    `${count} ${count === 1 ? "problem" : "problems"} in the text: the findings are those of before.`,
  counted: (failing: number, unknown: number) =>
    `${failing} ${failing === 1 ? "finding" : "findings"}, ${unknown} not known yet`,
  nothing: "Nothing to report.",
  nothingMissing: "Nothing is missing that a rule asks for.",
  goTo: (place: string) => `Go to ${place}`,
  why: "Why",
  remedy: "What to do",
  source: "Source",
  asks: "What the rule asks",
  settles: (count: number) => `settles ${count}`,
  html: "Report as a page",
  sarif: "Report as SARIF",
  editor: "Text of the programme",
  severities: { error: "error", warning: "warning", advice: "advice" },
  verdicts: { fail: "fails", unknown: "unknown", waived: "accepted", error: "cannot be evaluated" },
  fault: "This page ran into a fault. Load it anew.",
  parts: {
    all_of: "all of",
    any_of: "at least one of",
    not: "not",
    every: "for each",
    some: "for at least one",
    exactly_one: "for exactly one",
    choice: "depending on",
  } as Readonly<Record<string, string>>,
};

const nl: typeof en = {
  about: "Typ een programma, en zie wat er aan de besturing ontbreekt. Niets verlaat uw browser.",
  language: "Taal",
  packs: "Regels",
  at: "Datum",
  gate: "Alsof deze poort wordt gevraagd",
  noGate: "geen",
  written: "Het programma",
  told: "Wat de regels vinden",
  findings: "Bevindingen",
  network: "Netwerk",
  missing: "Uit te zoeken",
  rules: "Regels",
  loading: "Bezig met laden…",
  sound: "De tekst is gelezen.",
  faulty: (count) =>
    `${count} ${count === 1 ? "fout" : "fouten"} in de tekst: de bevindingen zijn die van ervoor.`,
  counted: (failing, unknown) =>
    `${failing} ${failing === 1 ? "bevinding" : "bevindingen"}, ${unknown} nog niet bekend`,
  nothing: "Niets te melden.",
  nothingMissing: "Er ontbreekt niets waar een regel naar vraagt.",
  goTo: (place) => `Ga naar ${place}`,
  why: "Waarom",
  remedy: "Wat te doen",
  source: "Bron",
  asks: "Wat de regel vraagt",
  settles: (count) => `beslist er ${count}`,
  html: "Rapport als pagina",
  sarif: "Rapport als SARIF",
  editor: "Tekst van het programma",
  severities: { error: "fout", warning: "waarschuwing", advice: "advies" },
  verdicts: {
    fail: "voldoet niet",
    unknown: "onbekend",
    waived: "geaccepteerd",
    error: "niet te beoordelen",
  },
  fault: "Deze pagina liep vast. Laad haar opnieuw.",
  parts: {
    all_of: "al het volgende",
    any_of: "ten minste één van",
    not: "niet",
    every: "voor elk",
    some: "voor ten minste één",
    exactly_one: "voor precies één",
    choice: "afhankelijk van",
  },
};

export type Words = typeof en;

/** The words of a language. */
export const words: Readonly<Record<Language, Words>> = { en, nl };

/** A text in a language, else in the other one. */
export function say(text: { readonly en?: string; readonly nl?: string }, language: Language): string {
  return text[language] ?? text.en ?? text.nl ?? "";
}

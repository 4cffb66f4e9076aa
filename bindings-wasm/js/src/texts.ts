/** Texts as people hand them over. */

/** A text, and the name to show for it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A text with its name. */
export function named(text: string | NamedText, name: string): NamedText {
  return typeof text === "string" ? { name, text } : { name: text.name, text: text.text };
}

/** The texts of one document or several. */
export function texts(given: string | NamedText | readonly NamedText[]): string {
  const list = typeof given === "string" || "text" in given ? [given] : given;
  return JSON.stringify(list.map((text) => named(text, "text")));
}

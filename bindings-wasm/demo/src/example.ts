/** The programme that the page starts with: the example of the repository. */

import type { NamedText } from "spelregel";

import documents from "../../../examples/linderveen/documenten.yaml?raw";
import people from "../../../examples/linderveen/mensen.yaml?raw";
import programme from "../../../examples/linderveen/programma.yaml?raw";

export const example: readonly NamedText[] = [
  { name: "programma.yaml", text: programme },
  { name: "mensen.yaml", text: people },
  { name: "documenten.yaml", text: documents },
];

/** The day on which the example is looked at. */
export const day = "2026-06-01";

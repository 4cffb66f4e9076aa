/** The editor of a text: completion, problems and what things are come from the worker. */

import { autocompletion, type CompletionContext, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic as Squiggle, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { Completion, Diagnostic, Hover } from "spelregel";

import { make } from "./make.js";

/** What an editor asks. */
export interface Asking {
  complete(offset: number): Promise<readonly Completion[]>;
  hover(offset: number): Promise<Hover | undefined>;
  changed(text: string): void;
}

const ICONS: Readonly<Record<Completion["kind"], string>> = {
  field: "keyword",
  section: "namespace",
  property: "property",
  relation: "interface",
  value: "enum",
  element: "variable",
  kind: "type",
  name: "constant",
  function: "function",
};

/** An editor for a text. */
export function textEditor(text: string, label: string, asking: Asking): EditorView {
  const complete = async (context: CompletionContext) => {
    const word = context.matchBefore(/[\w-]+/);
    const begins = context.matchBefore(/[.:\s[{,]\s?/);
    if (!context.explicit && !word && !begins) {
      return null;
    }
    const offers = await asking.complete(context.pos);
    const first = offers[0];
    if (!first || context.aborted) {
      return null;
    }
    return {
      from: first.start.offset_utf16,
      to: first.end.offset_utf16,
      filter: false,
      options: offers.map((offer) => ({
        label: offer.label,
        apply: offer.insert,
        detail: offer.detail,
        type: ICONS[offer.kind],
        ...(offer.about && { info: offer.about }),
      })),
    };
  };
  const hover = hoverTooltip(async (_, offset) => {
    const found = await asking.hover(offset);
    if (!found) {
      return null;
    }
    const dom = make(
      "div",
      { class: "hover" },
      make("strong", {}, found.title),
      found.detail ? ` ${found.detail}` : undefined,
      found.about ? make("p", {}, found.about) : undefined,
    );
    return {
      pos: found.start.offset_utf16,
      end: found.end.offset_utf16,
      create: () => ({ dom }),
    };
  });
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        yaml(),
        syntaxHighlighting(classHighlighter),
        autocompletion({ override: [complete], activateOnTyping: true }),
        hover,
        lintGutter(),
        keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            asking.changed(update.state.doc.toString());
          }
        }),
      ],
    }),
  });
  // Who has no mouse scrolls it by keys.
  view.scrollDOM.tabIndex = 0;
  return view;
}

/** Shows problems under what they are about. */
export function showProblems(view: EditorView, problems: readonly Diagnostic[]): void {
  const length = view.state.doc.length;
  const squiggles = problems.map((problem): Squiggle => {
    const from = Math.min(problem.labels[0]?.start.offset_utf16 ?? 0, length);
    const to = Math.min(Math.max(problem.labels[0]?.end.offset_utf16 ?? 0, from), length);
    const actions = problem.helps.flatMap(({ text, replacement }) =>
      replacement
        ? [
            {
              name: text,
              apply: (target: EditorView) =>
                target.dispatch({
                  changes: {
                    from: replacement.start.offset_utf16,
                    to: replacement.end.offset_utf16,
                    insert: replacement.text,
                  },
                }),
            },
          ]
        : [],
    );
    const advice = problem.helps.filter(({ replacement }) => !replacement).map(({ text }) => text);
    const message = [problem.message, ...advice].join("\n");
    return { from, to, severity: problem.level, message, actions };
  });
  view.dispatch(setDiagnostics(view.state, squiggles));
}

/** Moves the cursor to a line and shows it. */
export function goTo(view: EditorView, line: number, column: number): void {
  const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  const offset = Math.min(found.from + column - 1, found.to);
  view.dispatch({ selection: { anchor: offset }, effects: EditorView.scrollIntoView(offset, { y: "center" }) });
  view.focus();
}

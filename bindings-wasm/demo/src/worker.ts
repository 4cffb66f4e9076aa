/** Checks apart from the page, so that typing never waits. */

import {
  Editor,
  init,
  LoadError,
  Metamodel,
  Model,
  type NamedText,
  Pack,
  type Report,
  RuleSet,
} from "spelregel";

import type { Answer, Answers, Asked, Question } from "./protocol.js";
import type { Language } from "./words.js";

const loaded = init();

let rules: RuleSet | undefined;
let packs = "";
let last: { readonly model: Model; readonly report: Report } | undefined;

function compiled(asked: Asked): { readonly rules: RuleSet; readonly isNew: boolean } {
  const wanted = asked.packs.join(" ");
  if (rules && packs === wanted) {
    return { rules, isNew: false };
  }
  rules?.free();
  rules = RuleSet.compile(asked.packs);
  packs = wanted;
  return { rules, isNew: true };
}

function editor(texts: readonly NamedText[], file: number, language: Language): Editor {
  const beside = texts.filter((_, position) => position !== file);
  return new Editor(rules ?? RuleSet.compile([]), { language, beside });
}

/** The second WASM file, when it is needed. */
async function extra(): Promise<typeof import("spelregel/extra")> {
  const part = await import("spelregel/extra");
  await part.init();
  return part;
}

function current(): { readonly rules: RuleSet; readonly model: Model; readonly report: Report } {
  if (!rules || !last) {
    throw new Error("nothing has been checked yet");
  }
  return { rules, ...last };
}

const answers: { [Name in keyof Answers]: (
  ...args: Parameters<Answers[Name]>
) => ReturnType<Answers[Name]> | Promise<ReturnType<Answers[Name]>> } = {
  choices() {
    const titled = Pack.shippedIds.map((id) => ({ id, title: Pack.shipped(id).title }));
    using metamodel = Metamodel.standard();
    return { packs: titled.filter(({ id }) => id !== "base"), kinds: metamodel.kinds };
  },

  check(texts, asked) {
    const { rules, isNew } = compiled(asked);
    const note = isNew ? { rules: rules.rules } : {};
    try {
      const model = Model.load(texts, rules.metamodel);
      const report = rules.check(model, asked);
      const problems = texts.map(({ name }) =>
        model.problems.filter((problem) => problem.labels[0]?.file === name),
      );
      last?.model.free();
      last = { model, report };
      return { ...note, report, problems };
    } catch (error) {
      if (!(error instanceof LoadError)) {
        throw error;
      }
      const problems = texts.map(({ name }) =>
        error.diagnostics.filter((problem) => problem.labels[0]?.file === name),
      );
      return { ...note, problems };
    }
  },

  complete(texts, file, offset, language) {
    using asked = editor(texts, file, language);
    return asked.complete(texts[file]?.text ?? "", offset);
  },

  hover(texts, file, offset, language) {
    using asked = editor(texts, file, language);
    return asked.hover(texts[file]?.text ?? "", offset);
  },

  async outline(rule) {
    return (await extra()).outline(current().rules, rule);
  },

  async picture(language) {
    const { rules, model, report } = current();
    return (await extra()).picture(rules, model, { language, report, theme: "neutral" });
  },

  async write(form, language) {
    return (await extra()).write(current().report, form, language);
  },
};

self.addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  const answer = answers[data.name] as (...args: readonly unknown[]) => unknown;
  let told: Answer;
  try {
    await loaded;
    told = { number: data.number, value: await answer(...data.args) };
  } catch (error) {
    told = { number: data.number, problem: String(error) };
  }
  self.postMessage(told);
});

/** The page: texts on the left, what the rules find on the right, checked again while one types. */

import type { EditorView } from "@codemirror/view";
import type { Report, RuleNote } from "spelregel";

import { findingsList, missingList, rulesList } from "./answers.js";
import { ask } from "./ask.js";
import { day, example } from "./example.js";
import { make, part, tabs } from "./make.js";
import type { Choices } from "./protocol.js";
import { goTo, showProblems, textEditor } from "./text.js";
import { type Language, say, words } from "./words.js";

/** Nobody reads while typing: this long after the last key, in milliseconds. */
const PAUSE = 80;

const state = {
  language: (navigator.language.startsWith("nl") ? "nl" : "en") as Language,
  texts: example.map((text) => ({ ...text })),
  packs: [] as string[],
  at: day,
  gate: "",
  file: "file-0",
  answer: "findings",
  faults: 0,
};
let choices: Choices | undefined;
let report: Report | undefined;
let rules: readonly RuleNote[] = [];
let editors: EditorView[] = [];

const doing = {
  goTo({ file, line, column }: { readonly file: string; readonly line: number; readonly column: number }) {
    const position = state.texts.findIndex(({ name }) => name === file);
    document.getElementById(`tab-file-${position}`)?.click();
    const editor = editors[position];
    if (editor) {
      goTo(editor, line, column);
    }
  },
  outline: (rule: string) => ask("outline", rule),
};

// Checking. Questions that come while one is open are asked once it is answered, the last of them alone.

let isChecking = false;
let isStale = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function checkSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void check(), PAUSE);
}

async function check(): Promise<void> {
  if (isChecking) {
    isStale = true;
    return;
  }
  isChecking = true;
  try {
    const gate = state.gate ? { gate: state.gate } : {};
    const asked = { packs: state.packs, at: state.at, ...gate };
    const checked = await ask("check", state.texts, asked);
    rules = checked.rules ?? rules;
    report = checked.report ?? report;
    checked.problems.forEach((problems, position) => {
      const editor = editors[position];
      if (editor) {
        showProblems(editor, problems);
      }
    });
    state.faults = checked.report ? 0 : checked.problems.flat().length;
    showAnswers();
    document.body.dataset["checked"] = String(performance.now());
  } catch (error) {
    console.error(error);
    part("loaded").textContent = words[state.language].fault;
  }
  isChecking = false;
  if (isStale) {
    isStale = false;
    void check();
  }
}

// Showing.

function showAnswers(): void {
  const { language } = state;
  const word = words[language];
  const loaded = part("loaded");
  loaded.textContent = state.faults > 0 ? word.faulty(state.faults) : word.sound;
  loaded.classList.toggle("faulty", state.faults > 0);
  if (!report) {
    return;
  }
  const { verdicts } = report.counts;
  fill("findings", findingsList(report, language, doing));
  fill("missing", missingList(report, language));
  fill("rules", rulesList(rules, language, doing));
  part("counted").textContent = word.counted(verdicts.fail + verdicts.error, verdicts.unknown);
  showNetwork();
  showGates();
}

/** Draws the network where it is looked at: it takes its time. */
function showNetwork(): void {
  const shown = report;
  if (state.answer === "network") {
    void ask("picture", state.language).then((svg) => {
      if (shown === report) {
        const picture = make("div", { class: "picture" });
        picture.innerHTML = svg;
        part("panel-network").replaceChildren(picture);
      }
    });
  }
}

/** Puts something in a panel and keeps open what was open there. */
function fill(id: string, content: HTMLElement): void {
  const panel = part(`panel-${id}`);
  const open = [...panel.querySelectorAll<HTMLElement>("details[open]")].map(key);
  panel.replaceChildren(content);
  for (const one of panel.querySelectorAll<HTMLDetailsElement>("details")) {
    one.open = open.includes(key(one));
  }
}

function key(details: HTMLElement): string {
  return details.parentElement?.dataset["rule"] ?? details.parentElement?.textContent ?? "";
}

function showGates(): void {
  const select = document.getElementById("gate");
  const gates = Object.entries(report?.labels.gates ?? {});
  if (select instanceof HTMLSelectElement) {
    const none = make("option", { value: "" }, words[state.language].noGate);
    const known = gates.map(([name, label]) =>
      make("option", { value: name }, `${name} ${say(label, state.language)}`),
    );
    select.replaceChildren(none, ...known);
    select.value = state.gate;
  }
}

function showPage(): void {
  const { language } = state;
  const word = words[language];
  document.documentElement.lang = language;
  part("about").textContent = word.about;
  part("written").textContent = word.written;
  part("told").textContent = word.told;
  showLanguages();
  showAsked();
  showFiles();
  const panel = () => make("div", { class: "panel", tabindex: "0" });
  const all = (["findings", "network", "missing", "rules"] as const).map((id) => ({
    id,
    title: word[id],
    panel: panel(),
  }));
  part("answers").replaceChildren(
    make("p", { id: "counted", role: "status", class: "counted" }, report ? undefined : word.loading),
    tabs(word.told, all, state.answer, (id) => {
      state.answer = id;
      showNetwork();
    }),
    make(
      "p",
      { class: "exports" },
      make("button", { type: "button", id: "html", click: () => save("html") }, word.html),
      make("button", { type: "button", id: "sarif", click: () => save("sarif") }, word.sarif),
    ),
  );
}

function showLanguages(): void {
  const buttons = (["nl", "en"] as const).map((language) =>
    make(
      "button",
      {
        type: "button",
        lang: language,
        "aria-pressed": String(language === state.language),
        click: () => {
          state.language = language;
          showPage();
          void check();
        },
      },
      { nl: "Nederlands", en: "English" }[language],
    ),
  );
  part("languages").setAttribute("aria-label", words[state.language].language);
  part("languages").replaceChildren(...buttons);
}

function showAsked(): void {
  const { language } = state;
  const word = words[language];
  const packs = (choices?.packs ?? []).map(({ id, title }) => {
    const box = make("input", {
      type: "checkbox",
      value: id,
      checked: state.packs.includes(id),
      change: () => {
        const ids = choices?.packs.map((pack) => pack.id) ?? [];
        state.packs = ids.filter((one) => (one === id ? box.checked : state.packs.includes(one)));
        void check();
      },
    });
    return make("label", {}, box, ` ${say(title, language)}`);
  });
  const date = make("input", {
    type: "date",
    id: "at",
    value: state.at,
    change: () => {
      state.at = date.value || state.at;
      void check();
    },
  });
  const gate = make("select", {
    id: "gate",
    change: () => {
      state.gate = gate.value;
      void check();
    },
  });
  part("asked").replaceChildren(
    make("fieldset", {}, make("legend", {}, word.packs), ...packs),
    make("p", {}, make("label", { for: "at" }, word.at), date),
    make("p", {}, make("label", { for: "gate" }, word.gate), gate),
  );
  showGates();
}

function showFiles(): void {
  editors.forEach((editor) => editor.destroy());
  editors = state.texts.map((text, position) =>
    textEditor(text.text, `${words[state.language].editor}: ${text.name}`, {
      complete: (offset) => ask("complete", state.texts, position, offset, state.language),
      hover: (offset) => ask("hover", state.texts, position, offset, state.language),
      changed(changed) {
        text.text = changed;
        checkSoon();
      },
    }),
  );
  const all = state.texts.map(({ name }, position) => {
    const panel = make("div", { class: "panel editor" });
    panel.append(editors[position]?.dom ?? "");
    return { id: `file-${position}`, title: name, panel };
  });
  part("files").replaceChildren(
    tabs(words[state.language].written, all, state.file, (id) => {
      state.file = id;
    }),
  );
}

async function save(form: "html" | "sarif"): Promise<void> {
  const text = await ask("write", form, state.language);
  const type = form === "html" ? "text/html" : "application/sarif+json";
  const link = make("a", {
    href: URL.createObjectURL(new Blob([text], { type })),
    download: `spelregel.${form === "html" ? "html" : "sarif.json"}`,
  });
  link.click();
  URL.revokeObjectURL(link.href);
}

showPage();
choices = await ask("choices");
state.packs = choices.packs.map(({ id }) => id);
showAsked();
await check();

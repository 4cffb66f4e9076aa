/** Making elements of a page. */

type Child = Node | string | undefined | false;

/** An element with attributes and children; functions among the attributes listen to events. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean | ((event: Event) => void)>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** The element of the page with an id. */
export function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no part ${id}`);
  }
  return found;
}

/** A tab and what it shows. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly panel: HTMLElement;
}

/** Tabs as the ARIA practices have them: arrow keys move, and one panel shows. */
export function tabs(label: string, all: readonly Tab[], chosen: string, choose: (id: string) => void): HTMLElement {
  const buttons = all.map(({ id, title }) =>
    make(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": `panel-${id}`,
        "aria-selected": String(id === chosen),
        tabindex: id === chosen ? "0" : "-1",
        click: () => show(id),
        keydown: (event) => move(event as KeyboardEvent, id),
      },
      title,
    ),
  );
  for (const { id, panel } of all) {
    panel.id = `panel-${id}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `tab-${id}`);
    panel.hidden = id !== chosen;
  }

  function show(wanted: string): void {
    all.forEach(({ id, panel }, position) => {
      const button = buttons[position];
      button?.setAttribute("aria-selected", String(id === wanted));
      button?.setAttribute("tabindex", id === wanted ? "0" : "-1");
      panel.hidden = id !== wanted;
    });
    choose(wanted);
  }

  function move(event: KeyboardEvent, from: string): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const position = all.findIndex(({ id }) => id === from) + step;
      const next = (position + all.length) % all.length;
      show(all[next]?.id ?? from);
      buttons[next]?.focus();
      event.preventDefault();
    }
  }

  const list = make("div", { role: "tablist", "aria-label": label }, ...buttons);
  return make("div", { class: "tabs" }, list, ...all.map(({ panel }) => panel));
}

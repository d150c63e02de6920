/** The sheet beside the map: one node or edge in full, with what can be done about it. Every word of the workspace is set as text. */
import type { DescribedAspect, DescribedFinding, DescribedStep, Description, Link } from "../protocol/description.ts";
import type { SceneMark } from "../protocol/scene.ts";
import { html } from "./render.ts";

export interface Action {
  readonly title: string;
  readonly key: string;
  readonly run: () => void;
}

/** What its links and buttons ask for. */
export interface DetailsHost {
  open(id: string, link: number, way: "stay" | "fix"): void;
  explain(rule: string): void;
  close(): void;
}

export class Details {
  readonly element = html("aside", { class: "details", "aria-label": "Details", tabindex: "-1" });
  readonly #host: DetailsHost;

  constructor(host: DetailsHost) {
    this.#host = host;
    this.element.hidden = true;
  }

  /** What is known at once, until all of it comes. */
  announce(title: string, kind: string, actions: readonly Action[]): void {
    this.element.replaceChildren(this.#head(title, kind), actionRow(actions));
  }

  show(description: Description, actions: readonly Action[]): void {
    const { title, kind, facts, policy, places, findings, evidence } = description;
    const top = this.element.scrollTop;
    this.element.replaceChildren(
      this.#head(title, kind),
      actionRow(actions),
      ...section("Findings", findings.map((finding) => this.#finding(description.id, finding))),
      ...section("Policy", policy.map((one) => this.#aspect(description.id, one))),
      ...section(
        places.title,
        places.entries.map(({ text, marks, link }) => html("li", {}, this.#link(description.id, link, text), ...marks.map(markOf), html("span", { class: "where" }, link.text))),
      ),
      ...section("About", facts.map(({ name, value }) => html("li", {}, html("span", { class: "term" }, name), ` ${value}`))),
      ...section("Why it is here", this.#steps(description.id, evidence)),
    );
    this.element.scrollTop = top;
  }

  #head(title: string, kind: string): HTMLElement {
    const close = html("button", { type: "button", class: "close", "aria-label": "Close the details (i)", title: "Close (i)" }, "✕");
    close.addEventListener("click", () => this.#host.close());
    return html("header", {}, html("h2", {}, title), close, html("p", { class: "kind" }, kind));
  }

  #finding(id: string, { rule, severity, what, why, instead, link, fixes }: DescribedFinding): HTMLElement {
    const explain = button("Explain", () => this.#host.explain(rule));
    explain.title = `Open the page of ${rule}`;
    const [fix] = fixes;
    return html(
      "li",
      { class: `finding ${severity}` },
      html("p", { class: "what" }, html("span", { class: "sign", "aria-hidden": "true" }, signs[severity]), html("span", { class: "spoken" }, `${severity}: `), ...worded(what)),
      html("p", {}, ...worded(why)),
      html("p", {}, "→ ", ...worded(instead)),
      html("p", { class: "row" }, this.#link(id, link, link.text), html("code", {}, rule)),
      html("p", { class: "row" }, ...(fix === undefined ? [] : [button(`Fix: ${fix}…`, () => this.#host.open(id, link.number, "fix"))]), explain),
    );
  }

  #aspect(id: string, { name, value, tone, evidence }: DescribedAspect): HTMLElement {
    const line = html("span", { class: "aspect" }, html("span", { class: "term" }, name), html("span", { class: `mark ${tone}` }, value));
    if (evidence.length === 0) return html("li", {}, line);
    return html("li", {}, html("details", {}, html("summary", {}, line), html("ul", {}, ...this.#steps(id, evidence))));
  }

  #steps(id: string, steps: readonly DescribedStep[]): readonly HTMLElement[] {
    return steps.map(({ says, link }) => html("li", {}, says, ...(link === undefined ? [] : [" ", this.#link(id, link, link.text)])));
  }

  #link(id: string, link: Link, text: string): HTMLButtonElement {
    const element = button(text, () => this.#host.open(id, link.number, "stay"));
    element.className = "link";
    element.title = link.text;
    return element;
  }
}

const signs = { error: "✖", warning: "▲", information: "●", hint: "·" } as const;

/** What stands between backticks is code. */
function worded(text: string): readonly (Node | string)[] {
  return text.split("`").map((part, at) => (at % 2 === 1 ? html("code", {}, part) : part));
}

function section(title: string, items: readonly HTMLElement[]): readonly HTMLElement[] {
  return items.length === 0 ? [] : [html("section", {}, html("h3", {}, title), html("ul", {}, ...items))];
}

function actionRow(actions: readonly Action[]): HTMLElement {
  return html("p", { class: "row actions" }, ...actions.map(({ title, key, run }) => {
    const element = button(title, run);
    element.title = `${title} (${key})`;
    return element;
  }));
}

function markOf({ text, tone }: SceneMark): HTMLElement {
  return html("span", { class: `mark ${tone}` }, text);
}

function button(text: string, run: () => void): HTMLButtonElement {
  const element = html("button", { type: "button" }, text);
  element.addEventListener("click", run);
  return element;
}

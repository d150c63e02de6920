/** The failure view's controls: which node fails how, a time line to move along, what happens in words, and what would help. */
import type { FailureQuestion, FailureRun, WeakEdge } from "../protocol/failure.ts";
import type { PictureNode } from "../protocol/scene.ts";
import { html } from "./render.ts";
import { failureKinds, faultOf, type FailureKind, type Scenario } from "./scenario.ts";

export interface FailureHost {
  ask(question: FailureQuestion): void;
  /** The moment that the drawing is to show. */
  moved(): void;
  showEdge(id: string): void;
  fix(fingerprint: string): void;
  /** `orders → payments`. */
  edgeName(id: string): string;
  end(): void;
}

const kinds: Readonly<Record<FailureKind, string>> = {
  silent: "is down and never answers",
  refusing: "is down and refuses calls",
  slow: "is slow by",
  errors: "fails a share of its calls",
  cold: "has lost its content (cold cache)",
  broker: "has a dead broker",
};
const playMs = 60;

export class FailurePanel {
  readonly element = html("section", { class: "failure", "aria-label": "What if it fails" });
  #host: FailureHost | undefined;
  readonly #title = html("h2", {});
  readonly #kind = html("select", { "aria-label": "How it fails" });
  readonly #slow = html("input", { type: "number", min: "0", max: "600000", step: "100", value: "2000", "aria-label": "Milliseconds" });
  readonly #share = html("input", { type: "number", min: "0", max: "100", step: "5", value: "50", "aria-label": "Percent" });
  readonly #play = html("button", { type: "button" }, "▶ Play");
  readonly #time = html("input", { type: "range", min: "0", max: "60000", step: "250", value: "0", "aria-label": "Time since it failed" });
  readonly #clock = html("output", {}, "0 s");
  readonly #said = html("ol", { class: "said", "aria-label": "What happens", tabindex: "0" });
  readonly #weak = html("ul", { class: "weak", "aria-label": "Weak connections" });
  readonly #assumed = html("ul", {});
  #target: PictureNode | undefined;
  #repaired: readonly { readonly edge: string; readonly rule: string }[] = [];
  /** Weak edges of the run without repairs: what is repaired is still offered to be broken again. */
  #offers: readonly WeakEdge[] = [];
  #run: FailureRun | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    this.element.hidden = true;
    const close = html("button", { type: "button", class: "close", "aria-label": "End the failure view (Escape)", title: "End the failure view (Escape)" }, "✕");
    close.addEventListener("click", () => this.#host?.end());
    for (const input of [this.#kind, this.#slow, this.#share]) input.addEventListener("change", () => this.#askAnew());
    this.#time.addEventListener("input", () => this.#moveOn());
    this.#play.addEventListener("click", () => this.#togglePlay());
    const assumptions = html("details", {}, html("summary", {}, "What is taken for granted"), this.#assumed);
    this.element.append(
      html("div", { class: "row" }, this.#title, this.#kind, this.#slow, this.#share, this.#play, html("label", { class: "time" }, this.#time, this.#clock), close),
      html("div", { class: "columns" }, html("div", {}, html("h3", {}, "What happens"), this.#said), html("div", {}, html("h3", {}, "What would help"), this.#weak, assumptions)),
    );
  }

  connect(host: FailureHost): void {
    this.#host = host;
  }

  get run(): FailureRun | undefined {
    return this.#run;
  }

  get ms(): number {
    return Number(this.#time.value);
  }

  /** What is being looked at; undefined while nothing fails. */
  get scenario(): Scenario | undefined {
    if (this.#target === undefined) return undefined;
    const kind = failureKinds.find((one) => one === this.#kind.value) ?? "silent";
    const number = (input: HTMLInputElement, most: number): number => Math.min(most, Math.max(0, Number(input.value) || 0));
    return { target: this.#target.id, kind, slowMs: number(this.#slow, 600_000), percent: number(this.#share, 100), ms: this.ms, repaired: this.#repaired };
  }

  start(target: PictureNode): void {
    this.#open(target, this.#kind.value);
    this.#askAnew();
    this.#kind.focus();
  }

  /** As it was before the page was loaded anew. */
  resume(target: PictureNode, { kind, slowMs, percent, ms, repaired }: Scenario): void {
    this.#open(target, kind);
    this.#slow.value = String(slowMs);
    this.#share.value = String(percent);
    this.#showInputs();
    this.#time.value = String(ms);
    // The edges that are weak without any repair are the ones to be offered: they are asked for first.
    if (repaired.length > 0) this.#ask();
    this.#repaired = repaired;
    this.#ask();
  }

  #open(target: PictureNode, kind: string): void {
    this.#target = target;
    this.#title.textContent = `What if ${target.name}`;
    const offered: readonly FailureKind[] = ["silent", "refusing", "slow", "errors", ...(target.kind === "store" ? (["cold"] as const) : []), ...(target.broker === undefined ? [] : (["broker"] as const))];
    const chosen = offered.find((one) => one === kind) ?? "silent";
    this.#kind.replaceChildren(...offered.map((one) => html("option", { value: one, ...(one === chosen ? { selected: "" } : {}) }, kinds[one])));
    this.element.hidden = false;
    document.body.classList.add("is-failing");
  }

  /** After an edit: the same question of the system as it is now. */
  askAgain(): void {
    if (this.#target !== undefined && !this.element.hidden) this.#ask();
  }

  show({ repaired = [] }: FailureQuestion, run: FailureRun | null): void {
    this.#run = run ?? undefined;
    if (run === null) {
      this.#said.replaceChildren(html("li", {}, "It is not there any more."));
      this.#weak.replaceChildren();
      return this.#host?.moved();
    }
    if (repaired.length === 0) this.#offers = run.weakEdges;
    this.#time.max = String(run.horizonMs);
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["repair"] : undefined;
    this.#weak.replaceChildren(...(this.#offers.length === 0 ? [html("li", {}, "Nothing that a rule knows of: the system bears this.")] : this.#offers.map((edge) => this.#offer(edge))));
    if (focused !== undefined) [...this.#weak.querySelectorAll("input")].find((box) => box.dataset["repair"] === focused)?.focus();
    this.#assumed.replaceChildren(...run.assumptions.map((text) => html("li", {}, text)));
    this.#moved();
  }

  end(): void {
    this.#stop();
    document.body.classList.remove("is-failing");
    this.element.hidden = true;
    this.#run = undefined;
    this.#target = undefined;
    this.#repaired = [];
    this.#time.value = "0";
  }

  #askAnew(): void {
    this.#repaired = [];
    this.#showInputs();
    // What matters is where it leads: the view begins some seconds in.
    this.#time.value = "15000";
    this.#ask();
  }

  #showInputs(): void {
    this.#slow.hidden = this.#kind.value !== "slow";
    this.#share.hidden = this.#kind.value !== "errors";
  }

  #ask(): void {
    const { scenario } = this;
    const target = this.#kind.value === "broker" ? this.#target?.broker : this.#target?.id;
    if (target === undefined || scenario === undefined) return;
    this.#host?.ask({ target, fault: faultOf(scenario), ...(this.#repaired.length === 0 ? {} : { repaired: this.#repaired }) });
  }

  #offer({ edge, rule, says, findings }: WeakEdge): HTMLElement {
    const isTried = this.#repaired.some((one) => one.edge === edge && one.rule === rule);
    const box = html("input", { type: "checkbox", "data-repair": `${edge} ${rule}` });
    box.checked = isTried;
    box.addEventListener("change", () => {
      this.#repaired = isTried ? this.#repaired.filter((one) => one.edge !== edge || one.rule !== rule) : [...this.#repaired, { edge, rule }];
      this.#ask();
    });
    const show = html("button", { type: "button", class: "link" }, this.#host?.edgeName(edge) ?? edge);
    show.addEventListener("click", () => this.#host?.showEdge(edge));
    const [finding] = findings;
    const fix = html("button", { type: "button" }, "Fix…");
    fix.addEventListener("click", () => finding !== undefined && this.#host?.fix(finding.fingerprint));
    return html("li", {}, show, " ", html("code", {}, rule), html("p", {}, says), html("p", { class: "row" }, html("label", {}, box, "Try it repaired"), ...(finding === undefined ? [] : [fix])));
  }

  #moved(): void {
    const { ms } = this;
    this.#clock.textContent = `${(ms / 1000).toFixed(1)} s`;
    this.#time.setAttribute("aria-valuetext", `${(ms / 1000).toFixed(1)} seconds`);
    const past = (this.#run?.steps ?? []).filter(({ atMs, says }) => atMs <= ms && says.length > 0);
    this.#said.replaceChildren(...past.map(({ atMs, says }) => html("li", {}, html("span", { class: "at" }, `${(atMs / 1000).toFixed(1)} s`), html("span", {}, ...says.map((sentence) => html("span", { class: "sentence" }, sentence, " "))))));
    this.#host?.moved();
  }

  /** Whoever moves along the time line wants to see what comes next; whoever opens the view, how it begins. */
  #moveOn(): void {
    this.#moved();
    this.#said.scrollTop = this.#said.scrollHeight;
  }

  #togglePlay(): void {
    if (this.#timer !== undefined) return this.#stop();
    if (this.ms >= Number(this.#time.max)) this.#time.value = "0";
    this.#play.textContent = "❚❚ Stop";
    this.#timer = setInterval(() => {
      this.#time.value = String(this.ms + 250);
      this.#moveOn();
      if (this.ms >= Number(this.#time.max)) this.#stop();
    }, playMs);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.textContent = "▶ Play";
  }
}

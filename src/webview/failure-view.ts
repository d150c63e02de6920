/** The failure view: joins its controls with the drawing. */
import type { PageMessage } from "../protocol/map.ts";
import { findingPrefix } from "../protocol/map.ts";
import type { Picture, PictureEdge, PictureNode } from "../protocol/scene.ts";
import { canFail } from "./actions.ts";
import type { FailureHost } from "./failure-panel.ts";
import { drawnNotes } from "./notes.ts";
import { overlayOf, type Overlay } from "./overlay.ts";
import type { Parts } from "./parts.ts";
import type { Scenario } from "./scenario.ts";

interface Surroundings {
  readonly post: (message: PageMessage) => void;
  readonly activate: (id: string) => void;
  /** The drawing is to be marked anew. */
  readonly marked: () => void;
}

const none: ReadonlyMap<string, string> = new Map();

export class FailureView implements FailureHost {
  readonly #parts: Parts;
  readonly #around: Surroundings;
  #picture: Picture | undefined;
  #overlay: Overlay | undefined;
  /** From before the page was loaded anew; until there is a picture with its target. */
  #saved: Scenario | undefined;

  constructor(parts: Parts, around: Surroundings, saved: Scenario | undefined) {
    this.#parts = parts;
    this.#around = around;
    this.#saved = saved;
    parts.failure.connect(this);
  }

  get classes(): ReadonlyMap<string, string> {
    return this.#overlay?.classes ?? none;
  }

  /** Another picture: the same question is asked of it. */
  take(picture: Picture): void {
    this.#picture = picture;
    const saved = this.#saved;
    const target = saved === undefined ? undefined : picture.nodes.find(({ id }) => id === saved.target);
    this.#saved = undefined;
    if (saved !== undefined && target !== undefined) return this.#parts.failure.resume(target, saved);
    this.moved();
    this.#parts.failure.askAgain();
  }

  get scenario(): Scenario | undefined {
    return this.#saved ?? this.#parts.failure.scenario;
  }

  targetFor(active: string | undefined): PictureNode | undefined {
    const nodes = this.#picture?.nodes.filter(canFail) ?? [];
    const calls = (id: string): number => this.#picture?.edges.filter(({ to }) => to === id).length ?? 0;
    return nodes.find(({ id }) => id === active) ?? nodes.toSorted((a, b) => calls(b.id) - calls(a.id))[0];
  }

  end(): void {
    this.#parts.failure.end();
    this.moved();
    this.#parts.frame.outline.element.focus();
  }

  ask(question: Parameters<FailureHost["ask"]>[0]): void {
    this.#around.post({ type: "fail", question });
  }

  moved(): void {
    const { run, ms } = this.#parts.failure;
    this.#overlay = this.#picture === undefined || run === undefined ? undefined : overlayOf(this.#picture, run, ms);
    this.#parts.frame.sheet.note(this.#overlay === undefined ? [] : drawnNotes(this.#overlay));
    this.#around.marked();
  }

  showEdge(id: string): void {
    const edge = this.#edge(id);
    if (edge !== undefined) this.#around.activate(edge.id);
  }

  fix(fingerprint: string): void {
    this.#around.post({ type: "open", id: findingPrefix + fingerprint, way: "fix" });
  }

  edgeName(id: string): string {
    const edge = this.#edge(id);
    const name = (end: string): string => [...(this.#picture?.nodes ?? []), ...(this.#picture?.groups ?? [])].find((one) => one.id === end)?.name ?? end;
    return edge === undefined ? "a connection that is folded away" : `${name(edge.from)} → ${name(edge.to)}`;
  }

  /** The edge itself, or the one that it is part of. */
  #edge(id: string): PictureEdge | undefined {
    return this.#picture?.edges.find((one) => one.id === id || one.stands?.includes(id) === true || one.id.startsWith(`${id}|`));
  }
}

/** The map of all folders: drawn when somebody asks, told of when it changed, and followed back to the code. */
import type { Connection } from "vscode-languageserver/node";
import { joinedScene, layoutOf, mermaidOf, pictureOf, sceneOf, svgOf, type Layout } from "../diagram/index.ts";
import {
  exportMapMethod,
  findOnMapMethod,
  locateMethod,
  readCodePlace,
  readFormat,
  readId,
  sceneChangedMethod,
  sceneMethod,
  type CodeLocation,
  type CodePlace,
  type MapFormat,
} from "../protocol/map.ts";
import type { Picture, Scene, SceneSource } from "../protocol/scene.ts";
import { uriOf } from "./addresses.ts";
import type { Root } from "./root.ts";
import type { Roots } from "./roots.ts";
import { shownFindings } from "./view.ts";

/** Answers the map's requests. */
export function serveMap(connection: Connection, roots: Roots): MapDesk {
  const desk = new MapDesk(roots, () => void connection.sendNotification(sceneChangedMethod));
  connection.onRequest(sceneMethod, () => desk.picture());
  connection.onRequest(locateMethod, (asked: unknown) => desk.locate(readId(asked) ?? "") ?? null);
  connection.onRequest(findOnMapMethod, (asked: unknown) => {
    const place = readCodePlace(asked);
    return place === undefined ? null : (desk.find(place) ?? null);
  });
  connection.onRequest(exportMapMethod, (asked: unknown) => desk.file(readFormat(asked) ?? "svg"));
  return desk;
}

const paceMs = 30;

export class MapDesk {
  readonly #roots: Roots;
  readonly #tell: () => void;
  /** The scene that the client shows, as JSON; undefined while nobody looks. */
  #shown: string | undefined;
  #layout: Layout | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(roots: Roots, tell: () => void) {
    this.#roots = roots;
    this.#tell = tell;
  }

  /** Something was analysed: tells the client, if it shows something else. */
  changed(): void {
    if (this.#shown === undefined) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#isKnown() && JSON.stringify(this.#scene()) !== this.#shown) this.#tell();
    }, paceMs);
  }

  async picture(): Promise<Picture | null> {
    if (!this.#isKnown()) {
      this.#shown = "";
      return null;
    }
    const scene = this.#scene();
    this.#shown = JSON.stringify(scene);
    this.#layout = await layoutOf(scene, this.#layout);
    return pictureOf(scene, this.#layout);
  }

  async file(format: MapFormat): Promise<string> {
    const scene = this.#scene();
    if (format === "mermaid") return mermaidOf(scene);
    if (format === "json") return `${JSON.stringify(scene, undefined, 2)}\n`;
    return svgOf(pictureOf(scene, await layoutOf(scene, this.#layout)));
  }

  locate(id: string): CodeLocation | undefined {
    for (const root of this.#roots.all) {
      const source = sourceOf(this.#sceneOf(root), id);
      if (source !== undefined) return { uri: uriOf(root.folder, source.path), range: root.lines.range(source) };
    }
    return undefined;
  }

  /** The edge of a call on this line, else the service that the file belongs to. */
  find({ uri, position }: CodePlace): string | undefined {
    const located = this.#roots.locate(uri);
    if (located === undefined) return undefined;
    const { root, path } = located;
    const isHere = (source: SceneSource): boolean => {
      if (source.path !== path) return false;
      const { start, end } = root.lines.range(source);
      return start.line <= position.line && position.line <= end.line;
    };
    const edge = this.#sceneOf(root).edges.find(({ sources }) => sources.some(isHere));
    if (edge !== undefined) return edge.id;
    const holding = (root.analysis?.knowledge.model.services ?? []).filter(({ root: dir }) => dir === "" || path === dir || path.startsWith(`${dir}/`));
    const [innermost] = [...holding].sort((a, b) => b.root.length - a.root.length);
    return innermost === undefined ? undefined : this.#prefix(root) + innermost.id;
  }

  #isKnown(): boolean {
    return this.#roots.all.some(({ analysis }) => analysis !== undefined);
  }

  #scene(): Scene {
    return joinedScene(this.#roots.all.map((root) => this.#sceneOf(root)));
  }

  #sceneOf(root: Root): Scene {
    const { analysis } = root;
    if (analysis === undefined) return { nodes: [], edges: [] };
    return sceneOf(analysis.knowledge.model, shownFindings(analysis, root.settings), this.#prefix(root));
  }

  /** Services of two folders may have one name. */
  #prefix({ folder }: Root): string {
    return this.#roots.all.length < 2 ? "" : `${folder.uri}#`;
  }
}

/** For an edge, the call that a finding speaks of would be best; the first is what the model names first. */
function sourceOf({ nodes, edges }: Scene, id: string): SceneSource | undefined {
  return nodes.find((node) => node.id === id)?.source ?? edges.find((edge) => edge.id === id)?.sources[0];
}

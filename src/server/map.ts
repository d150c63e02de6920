/** The map of all folders: drawn when somebody asks, told of when it changed, and followed back to the code. */
import type { Connection } from "vscode-languageserver/node";
import { describe, exportedScene, failureSystemOf, joinedSystem, joinedWorld, layoutOf, pictureOf, shownScene, simulate, svgOf, thingsAt, worldOf, type Described, type Layout, type Shown, type World } from "../diagram/index.ts";
import { readFailureQuestion, simulateMethod, type FailureQuestion, type FailureRun } from "../protocol/failure.ts";
import type { Description } from "../protocol/description.ts";
import {
  describeMethod,
  findingPrefix,
  exportMapMethod,
  findOnMapMethod,
  locateMethod,
  readAsked,
  readAskedFile,
  readCodePlace,
  sceneChangedMethod,
  sceneMethod,
  type Asked,
  type AskedFile,
  type CodeLocation,
  type CodePlace,
  type FoundOnMap,
} from "../protocol/map.ts";
import { readView, wholeSystem, type MapView } from "../protocol/map-view.ts";
import type { Picture, Scene, SceneSource } from "../protocol/scene.ts";
import { uriOf } from "./addresses.ts";
import type { Root } from "./root.ts";
import type { Roots } from "./roots.ts";
import { shownFindings } from "./view.ts";

/** Answers the map's requests. */
export function serveMap(connection: Connection, roots: Roots): MapDesk {
  const desk = new MapDesk(roots, () => void connection.sendNotification(sceneChangedMethod));
  const answer = <T>(method: string, read: (asked: unknown) => T | undefined, reply: (asked: T) => unknown): void => {
    connection.onRequest(method, async (asked: unknown) => {
      const known = read(asked);
      return known === undefined ? null : ((await reply(known)) ?? null);
    });
  };
  connection.onRequest(sceneMethod, (asked: unknown) => desk.picture(readView(asked)));
  answer(locateMethod, readAsked, (asked) => desk.locate(asked));
  answer(describeMethod, readAsked, (asked) => desk.describe(asked));
  answer(findOnMapMethod, readCodePlace, (place) => desk.find(place));
  answer(simulateMethod, readFailureQuestion, (question) => desk.fail(question));
  answer(exportMapMethod, readAskedFile, (asked) => desk.file(asked));
  return desk;
}

const paceMs = 30;
/** Views whose places are kept: going back finds everything where it was. */
const mostLayouts = 40;

export class MapDesk {
  readonly #roots: Roots;
  readonly #tell: () => void;
  /** The view that the client shows, and its scene as JSON; undefined while nobody looks. */
  #shown: { readonly view: MapView; readonly json: string } | undefined;
  readonly #layouts = new Map<string, Layout>();
  /** The world of one analysis serves every question about it. */
  readonly #worlds = new WeakMap<Root, { readonly of: unknown; readonly with: string; readonly world: World }>();
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
      if (this.#shown !== undefined && this.#isKnown() && JSON.stringify(this.#scene(this.#shown.view)) !== this.#shown.json) this.#tell();
    }, paceMs);
  }

  async picture(view: MapView): Promise<Picture | null> {
    if (!this.#isKnown()) {
      this.#shown = { view, json: "" };
      return null;
    }
    const shown = this.#scene(view);
    this.#shown = { view, json: JSON.stringify(shown) };
    return pictureOf(shown.scene, await this.#layout(shown.scene, view), shown);
  }

  async file({ format, hidden, view }: AskedFile): Promise<string> {
    const seen = view === undefined ? wholeSystem : readView(view);
    const shown = this.#scene(seen);
    const scene = without(shown.scene, new Set(hidden));
    if (format !== "svg") return exportedScene(scene, format);
    return svgOf(pictureOf(scene, view === undefined ? await layoutOf(scene) : await this.#layout(shown.scene, seen), shown));
  }

  describe({ id, view }: Asked): Description | undefined {
    return this.#described(id, readView(view))?.described.description;
  }

  fail(question: FailureQuestion): FailureRun | undefined {
    const systems = this.#roots.all.flatMap((root) =>
      root.analysis === undefined ? [] : [failureSystemOf(root.analysis.knowledge.model, shownFindings(root.analysis, root.settings), this.#prefix(root))],
    );
    return simulate(joinedSystem(systems), question);
  }

  locate({ id, link, view }: Asked): CodeLocation | undefined {
    const found = this.#finding(id) ?? (link === undefined ? this.#source(id, readView(view)) : this.#linked(id, link, readView(view)));
    return found === undefined ? undefined : { uri: uriOf(found.root.folder, found.source.path), range: found.root.lines.range(found.source) };
  }

  /** What stands on this line, and the service that the file belongs to. */
  find({ uri, position, view }: CodePlace): FoundOnMap | undefined {
    const located = this.#roots.locate(uri);
    if (located === undefined) return undefined;
    const { root, path } = located;
    const document = root.lines.document(path);
    const at = document?.offsetAt({ line: position.line, character: 0 }) ?? 0;
    const end = document?.offsetAt({ line: position.line + 1, character: 0 }) ?? 0;
    const things = thingsAt({ path, at, end }, this.#scene(readView(view)).scene);
    const [service] = root.analysis?.knowledge.serviceOf(path) ?? [];
    return { things, ...(service === undefined ? {} : { service: this.#prefix(root) + service.id }) };
  }

  /** `finding:<fingerprint>` */
  #finding(id: string): { readonly root: Root; readonly source: SceneSource } | undefined {
    if (!id.startsWith(findingPrefix)) return undefined;
    for (const root of this.#roots.all) {
      const found = root.analysis?.findings.find(({ fingerprint }) => findingPrefix + fingerprint === id);
      if (found !== undefined) return { root, source: found.place };
    }
    return undefined;
  }

  #source(id: string, view: MapView): { readonly root: Root; readonly source: SceneSource } | undefined {
    const { scene } = this.#scene(view);
    const source = scene.nodes.find((node) => node.id === id)?.source ?? scene.edges.find((edge) => edge.id === id)?.sources[0];
    const root = this.#rootOf(id);
    return source === undefined || root === undefined ? undefined : { root, source };
  }

  #linked(id: string, link: number, view: MapView): { readonly root: Root; readonly source: SceneSource } | undefined {
    const found = this.#described(id, view);
    const source = found?.described.sources[link];
    return found === undefined || source === undefined ? undefined : { root: found.root, source };
  }

  #described(id: string, view: MapView): { readonly root: Root; readonly described: Described } | undefined {
    const root = this.#rootOf(id);
    if (root?.analysis === undefined) return undefined;
    const { analysis, settings, lines } = root;
    const placeText = (source: SceneSource): string => `${source.path}:${lines.range(source).start.line + 1}`;
    const { scene } = this.#scene(view);
    const described = describe(id, { scene, knowledge: analysis.knowledge, findings: shownFindings(analysis, settings), prefix: this.#prefix(root), placeText });
    return described === undefined ? undefined : { root, described };
  }

  /** The folder that a thing belongs to. A folded group of several folders belongs to the first of them. */
  #rootOf(id: string): Root | undefined {
    const roots = this.#roots.all.filter(({ analysis }) => analysis !== undefined);
    return roots.find((root) => id.startsWith(this.#prefix(root))) ?? roots.find((root) => id.includes(this.#prefix(root)));
  }

  #isKnown(): boolean {
    return this.#roots.all.some(({ analysis }) => analysis !== undefined);
  }

  #scene(view: MapView): Shown {
    return shownScene(joinedWorld(this.#roots.all.flatMap((root) => this.#worldOf(root) ?? [])), view);
  }

  #worldOf(root: Root): World | undefined {
    const { analysis, settings } = root;
    if (analysis === undefined) return undefined;
    const key = JSON.stringify([settings, this.#prefix(root)]);
    const known = this.#worlds.get(root);
    if (known?.of === analysis && known.with === key) return known.world;
    const world = worldOf(analysis.knowledge, shownFindings(analysis, settings), this.#prefix(root), root.folder.path.split("/").at(-1) ?? "");
    this.#worlds.set(root, { of: analysis, with: key, world });
    return world;
  }

  async #layout(scene: Scene, view: MapView): Promise<Layout> {
    const key = JSON.stringify(view);
    const before = this.#layouts.get(key);
    const layout = await layoutOf(scene, { window: view.window, ...(before === undefined ? {} : { before }) });
    this.#layouts.delete(key);
    this.#layouts.set(key, layout);
    const [oldest] = this.#layouts.keys();
    if (this.#layouts.size > mostLayouts && oldest !== undefined) this.#layouts.delete(oldest);
    return layout;
  }

  /** Services of two folders may have one name. */
  #prefix({ folder }: Root): string {
    return this.#roots.all.length < 2 ? "" : `${folder.uri}#`;
  }
}

function without({ nodes, edges, groups = [] }: Scene, hidden: ReadonlySet<string>): Scene {
  const left = nodes.filter(({ id }) => !hidden.has(id));
  const gone = new Set(nodes.filter(({ id }) => hidden.has(id)).map(({ id }) => id));
  return { nodes: left, edges: edges.filter(({ id, from, to }) => !hidden.has(id) && !gone.has(from) && !gone.has(to)), groups };
}

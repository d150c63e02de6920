/** The scene of a level: the whole system, one service and what it touches, or one request and all that follows from it. */
import type { MapView } from "../protocol/map-view.ts";
import type { Scene, ShownLevel } from "../protocol/scene.ts";
import { foldedScene } from "./fold.ts";
import type { World } from "./world.ts";

export interface Shown {
  readonly scene: Scene;
  readonly level: ShownLevel;
  /** Things folded away because there would be too many. */
  readonly folded: number;
}

export function shownScene(world: World, view: MapView): Shown {
  const { scene, level } = scenery(world, view);
  const { scene: seen, tooMany } = foldedScene(scene, view);
  return { scene: seen, level, folded: tooMany };
}

/** The level before anything is folded; the system where what it is about is gone. */
function scenery(world: World, { level, opened }: MapView): { readonly scene: Scene; readonly level: ShownLevel } {
  const inside = openedServices(world, opened);
  if (level.is === "service") {
    const scene = world.open(new Set([level.id]));
    const service = scene.nodes.find(({ id }) => id === level.id);
    if (service !== undefined) return { scene: around(scene, level.id), level: { is: "service", id: level.id, name: service.name } };
  }
  if (level.is === "request") {
    const scene = following(world, level.id);
    const endpoint = scene?.nodes.find(({ id }) => id === level.id);
    if (scene !== undefined && endpoint !== undefined) return { scene, level: { is: "request", id: level.id, name: endpoint.name, ...serviceOf(endpoint.service, scene, world) } };
  }
  return { scene: world.open(inside), level: { is: "system" } };
}

function serviceOf(id: string | undefined, scene: Scene, world: World): Pick<ShownLevel, "service"> {
  const service = [...scene.nodes, ...world.open(new Set()).nodes].find((node) => node.id === id);
  return service === undefined ? {} : { service: { id: service.id, name: service.name } };
}

function openedServices(world: World, opened: readonly string[]): ReadonlySet<string> {
  if (opened.length === 0) return new Set();
  const wanted = new Set(opened);
  return new Set(world.open(new Set()).nodes.filter(({ opens }) => opens !== undefined && wanted.has(opens)).map(({ id }) => id));
}

/** A service with its endpoints, and everything that one edge leads to. */
function around(scene: Scene, service: string): Scene {
  const own = new Set(scene.nodes.filter((node) => node.id === service || node.service === service).map(({ id }) => id));
  const edges = scene.edges.filter(({ from, to }) => own.has(from) || own.has(to));
  return only(scene, new Set([...own, ...edges.flatMap(({ from, to }) => [from, to])]), new Set(edges.map(({ id }) => id)));
}

/** An endpoint, who calls it, and whatever a request to it comes to, through services and channels. */
function following(world: World, endpoint: string): Scene | undefined {
  const holder = ownerOf(world, endpoint);
  if (holder === undefined) return undefined;
  const opened = new Set([holder]);
  // Each service that the request comes to is opened up; then the way goes on from the endpoint that answers.
  for (;;) {
    const scene = world.open(opened);
    const reached = reachedFrom(endpoint, scene);
    const more = scene.nodes.filter(({ id, opens }) => reached.has(id) && opens !== undefined && !opened.has(id)).map(({ id }) => id);
    if (more.length === 0) return request(scene, endpoint, reached);
    for (const id of more) opened.add(id);
  }
}

function ownerOf(world: World, endpoint: string): string | undefined {
  const services = world.open(new Set()).nodes.filter(({ opens }) => opens !== undefined);
  return services.find(({ id }) => world.open(new Set([id])).nodes.some((node) => node.id === endpoint))?.id;
}

function reachedFrom(endpoint: string, { edges }: Scene): ReadonlySet<string> {
  const reached = new Set([endpoint]);
  // A set that grows while it is walked: what is added is walked, too.
  for (const id of reached) for (const { from, to } of edges) if (from === id) reached.add(to);
  return reached;
}

function request(scene: Scene, endpoint: string, reached: ReadonlySet<string>): Scene {
  const edges = scene.edges.filter(({ from, to }) => reached.has(from) || to === endpoint);
  return only(scene, new Set([...reached, ...edges.map(({ from }) => from)]), new Set(edges.map(({ id }) => id)));
}

function only(scene: Scene, nodes: ReadonlySet<string>, edges: ReadonlySet<string>): Scene {
  return { nodes: scene.nodes.filter(({ id }) => nodes.has(id)), edges: scene.edges.filter(({ id }) => edges.has(id)), groups: scene.groups ?? [] };
}

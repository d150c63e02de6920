/**
 * `tsx bench/map.ts [--nodes 500] [--edges 800]`: how fast the map is with a large system. Layout in this process, the page in a
 * headless Chromium without a GPU: from the scene's arrival to the next frame, and frames while panning.
 */
import { parseArgs } from "node:util";
import { foldedScene, layoutOf, pictureOf } from "../src/diagram/index.ts";
import type { Scene, SceneEdge, SceneNode } from "../src/protocol/scene.ts";
import { openBrowser } from "../test/vscode/host/browser.ts";
import { openMapPage } from "./map-page.ts";
import { quantile } from "./table.ts";

const { values } = parseArgs({ options: { nodes: { type: "string", default: "500" }, edges: { type: "string", default: "800" } } });
const rounds = 3;
const frames = 120;

/** Services that call each other, with stores, channels and outside systems around them: the same at every run. */
function largeSystem(nodes: number, edges: number): Scene {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const kinds: readonly SceneNode["kind"][] = ["service", "service", "service", "store", "channel"];
  const all = Array.from({ length: nodes }, (_, at): SceneNode => {
    const kind = kinds[at % kinds.length] ?? "service";
    return { id: `n${at}`, kind, name: `${kind}-${at}`, detail: kind === "service" ? "TypeScript · 4 endpoints" : "postgres", findings: at % 7 === 0 ? [{ id: `f${at}`, rule: "timeout/missing", severity: "warning", what: "No deadline" }] : [] };
  });
  const services = all.filter(({ kind }) => kind === "service");
  const lines = Array.from({ length: edges }, (_, at): SceneEdge => {
    const from = random(services.length);
    // Most calls stay near: systems have neighbourhoods.
    const near = Math.max(0, Math.min(nodes - 1, Math.floor((from * nodes) / services.length) + random(24) + 1));
    const to = all[random(10) === 0 ? random(nodes) : near];
    return { id: `e${at}`, from: services[from]?.id ?? "n0", to: to?.id ?? "n1", kind: "http", flow: "sync", verb: "calls over HTTP", isBare: at % 3 === 0, marks: [{ text: at % 3 === 0 ? "no deadline" : "5 s", tone: at % 3 === 0 ? "bad" : "good" }], findings: [], sources: [] };
  });
  return { nodes: all, edges: lines.filter(({ from, to }) => from !== to) };
}

async function main(): Promise<void> {
  const { scene } = foldedScene(largeSystem(Number(values.nodes), Number(values.edges)), { folded: [], opened: [] });
  console.log(`${scene.nodes.length} nodes, ${scene.edges.length} edges are shown`);
  await layoutOf({ nodes: scene.nodes.slice(0, 3), edges: [] });
  const laid: number[] = [];
  const computed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    await layoutOf(scene);
    laid.push(performance.now() - began);
    computed.push(process.cpuUsage(used).user / 1000);
  }
  console.log(line("layout", laid, 1000));
  // On a machine that does other things, too, the time that it took says less than the work that it was.
  console.log(line("layout, processor time", computed, 1000));
  const layout = await layoutOf(scene);
  const edited: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await layoutOf(scene, { before: layout });
    edited.push(performance.now() - began);
  }
  console.log(line("layout after an edit", edited, 1000));
  const picture = pictureOf(scene, layout);
  const browser = await openBrowser();
  try {
    const painted: number[] = [];
    const panned: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { page } = await openMapPage(browser, "light", { width: 1280, height: 800 }, async () => []);
      // A page that has been loaded waits for its scene: reading the scene's text into the page is the bench's work and not its own.
      await page.evaluate(`window.json = ${JSON.stringify(JSON.stringify(picture))}`);
      await page.waitForTimeout(300);
      painted.push(await page.evaluate<number>(`new Promise((done) => {
        const began = performance.now();
        window.postMessage({ type: "picture", json }, "*");
        const look = () => document.querySelector(".thing") === null ? requestAnimationFrame(look) : requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        look();
      })`));
      const stage = await page.locator(".stage").boundingBox();
      if (stage === null) throw new Error("no stage");
      await page.mouse.move(640, 400);
      await page.mouse.wheel(0, -1200);
      panned.push(...(await page.evaluate<readonly number[]>(`new Promise((done) => {
        const tree = document.getElementById("outline"), times = [];
        tree.focus();
        let last = performance.now(), at = 0;
        const step = (now) => {
          times.push(now - last);
          last = now;
          tree.dispatchEvent(new KeyboardEvent("keydown", { key: at % 40 < 20 ? "ArrowLeft" : "ArrowRight", shiftKey: true, bubbles: true }));
          if (at++ < ${frames}) requestAnimationFrame(step); else done(times.slice(2));
        };
        requestAnimationFrame(step);
      })`)));
      await page.close();
    }
    console.log(line("scene received to painted", painted, 150));
    console.log(line("frame while panning", panned, 20, 34));
  } finally {
    await browser.close();
  }
}

function line(what: string, taken: readonly number[], median: number, most?: number): string {
  const [half = NaN, high = NaN] = [quantile(taken, 0.5), quantile(taken, 0.95)];
  return `${what.padEnd(28)} median ${half.toFixed(0).padStart(5)} ms (goal ${median})   p95 ${high.toFixed(0).padStart(5)} ms${most === undefined ? "" : ` (goal ${most})`}`;
}

await main();

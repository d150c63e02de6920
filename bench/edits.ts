/** Edits in one open file, through the real language server over stdio: from `didChange` to the diagnostics of that version. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { serverFlags } from "../src/extension/server-flags.ts";

export interface EditTimes {
  readonly what: string;
  /** Milliseconds, one for each edit. */
  readonly times: readonly number[];
}

export interface EditOptions {
  readonly root: string;
  readonly server: string;
  readonly cache: string;
  readonly importers: ReadonlyMap<string, number>;
  readonly edits: number;
}

/** Every second edit adds a call that is reported, the next takes it away again. */
export async function editTimes({ root, server, cache, importers, edits }: EditOptions): Promise<readonly EditTimes[]> {
  const child = spawn(process.execPath, [...serverFlags, server, "server", "--stdio"], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, XDG_CACHE_HOME: cache } });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const waiting = new Map<string, () => void>();
  const reported = new Set<string>();
  const scanned = new Promise<void>((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", ({ uri, version }: { uri: string; version?: number }) => {
      if (uri.endsWith("ts")) reported.add(uri);
      waiting.get(`${uri}#${version}`)?.();
      setTimeout(resolve, 1000);
    });
  });
  connection.onRequest((method) => (method === "workspace/configuration" ? [null] : null));
  connection.listen();
  const uri = (path: string): string => pathToFileURL(path).href;
  await connection.sendRequest("initialize", { processId: process.pid, rootUri: uri(root), workspaceFolders: [{ uri: uri(root), name: "bench" }], capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } } });
  await connection.sendNotification("initialized", {});
  const measured: EditTimes[] = [];
  await scanned;
  for (const { what, path } of chosen()) measured.push({ what: `${what} (${path})`, times: await editsOf(path) });
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  connection.dispose();
  child.kill();
  return measured;

  /** Of the files with findings, for in others the probe may be no finding either. */
  function chosen(): readonly { readonly what: string; readonly path: string }[] {
    const paths = [...reported].map((each) => relative(root, fileURLToPath(each))).sort();
    const [wrapper] = paths.toSorted((a, b) => (importers.get(b) ?? 0) - (importers.get(a) ?? 0));
    const ordinary = paths[Math.floor(paths.length / 2)];
    if (ordinary === undefined || wrapper === undefined) throw new Error("Nothing is reported here, so there is no edit to time.");
    return [
      { what: "an ordinary file", path: ordinary },
      { what: `the file that most others import (${importers.get(wrapper) ?? 0})`, path: wrapper },
    ];
  }

  async function editsOf(path: string): Promise<readonly number[]> {
    const original = readFileSync(join(root, path), "utf8");
    const address = uri(join(root, path));
    // The first version with a finding waits for the first scan, so it is not counted.
    const opened = published(address, 1);
    await connection.sendNotification("textDocument/didOpen", { textDocument: { uri: address, languageId: "typescript", version: 1, text: original + probe(1) } });
    await opened;
    const times: number[] = [];
    for (let version = 2; version < edits + 2; version += 1) {
      const text = version % 2 === 0 ? original : original + probe(version);
      const began = performance.now();
      const answer = published(address, version);
      await connection.sendNotification("textDocument/didChange", { textDocument: { uri: address, version }, contentChanges: [{ text }] });
      await answer;
      times.push(performance.now() - began);
    }
    await connection.sendNotification("textDocument/didClose", { textDocument: { uri: address } });
    return times;
  }

  function published(address: string, version: number): Promise<void> {
    const key = `${address}#${version}`;
    return new Promise((resolve) => waiting.set(key, () => void (waiting.delete(key), resolve())));
  }
}

function probe(number: number): string {
  return `\nexport async function benchProbe() { return fetch("https://probe.example/${number}"); }\n`;
}

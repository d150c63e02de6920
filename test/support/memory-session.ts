/** The real engine, with its rules and its model, over a folder in memory. */
import { createSession, type Session } from "../../src/engine/index.ts";
import { memoryHost } from "./memory-host.ts";

export type Files = Readonly<Record<string, string>>;

export function sessionOf(files: Files): Session {
  const host = memoryHost(files, "/system");
  const readNow = (path: string): Uint8Array => {
    const text = files[path];
    if (text === undefined) throw new Error(`There is no file ${path}`);
    return Buffer.from(text);
  };
  return createSession({ root: "/system", workers: 0, today: "2026-06-15" }, { host: { ...host, readNow } });
}

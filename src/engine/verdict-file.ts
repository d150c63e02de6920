import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { replaceFile, shrinkFolder } from "./cache-folder.ts";
import type { Verdict, VerdictStore } from "./verdict.ts";

export interface VerdictFileOptions {
  /** The user's cache folder. */
  readonly folder: string;
  readonly root: string;
  /** Of Faultline: another version may judge otherwise. */
  readonly version: string;
  readonly log: (line: string) => void;
}

interface Head {
  readonly version: string;
  readonly identity: string;
  readonly checksum: number;
}

/** The last verdict over one workspace, in one file of the user's cache folder: a line of head, and the verdict as JSON. */
export function verdictFile({ folder, root, version, log }: VerdictFileOptions): VerdictStore {
  const path = join(folder, `${createHash("sha256").update(root).digest("hex").slice(0, 16)}.verdict`);
  return { load, save };

  function load(identity: string): Verdict | undefined {
    try {
      const bytes = readFileSync(path);
      const lineEnd = bytes.indexOf(10);
      const head = JSON.parse(bytes.toString("utf8", 0, lineEnd)) as Head;
      const body = bytes.subarray(lineEnd + 1);
      if (head.version !== version || head.identity !== identity || head.checksum !== crc32(body)) return undefined;
      return JSON.parse(body.toString("utf8")) as Verdict;
    } catch {
      return undefined;
    }
  }

  async function save(identity: string, verdict: Verdict): Promise<void> {
    const body = Buffer.from(JSON.stringify(verdict), "utf8");
    const head: Head = { version, identity, checksum: crc32(body) };
    try {
      await replaceFile(path, [Buffer.from(`${JSON.stringify(head)}\n`, "utf8"), body]);
      await shrinkFolder(folder, path);
    } catch (error) {
      log(`what was found could not be kept in ${folder}, so the next start will be slower: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

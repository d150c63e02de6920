/** Serverless Framework, SAM and CDK: one stack is one deployable, its functions are the entry points. */
import type { DocumentSummary, Node } from "../../syntax/summary.ts";
import type { ManifestFiles } from "./manifests.ts";
import type { Unit } from "./packages.ts";
import { baseName, folderOf } from "./paths.ts";
import { entriesOf, nodeAt, textAt, textOf } from "./reading.ts";
import type { Variable } from "./workload.ts";

export interface Stack {
  readonly unit: Unit;
  readonly environment: Readonly<Record<string, Variable>>;
}

export function readStacks(files: ManifestFiles): readonly Stack[] {
  return files.documents.flatMap((file) => {
    const name = baseName(file.path);
    const root = file.documents[0];
    if (/^serverless[\w.-]*\.(?:ya?ml|json)$/.test(name) && nodeAt(root, "provider") !== undefined && nodeAt(root, "functions") !== undefined)
      return [stackOf(file, textAt(root, "service") ?? textAt(root, "service", "name"), "A Serverless Framework stack", variablesOf(nodeAt(root, "provider", "environment"), file.path))];
    if (/^(?:template|sam|template[.-][\w-]+)\.(?:ya?ml|json)$/.test(name) && isSam(root)) return [stackOf(file, undefined, "A SAM stack", variablesOf(nodeAt(root, "Globals", "Function", "Environment", "Variables"), file.path))];
    return name === "cdk.json" && textAt(root, "app") !== undefined ? [stackOf(file, undefined, "A CDK application", {})] : [];
  });
}

function isSam(root: Node | undefined): boolean {
  return entriesOf(nodeAt(root, "Resources")).some((resource) => textAt(resource.value, "Type") === "AWS::Serverless::Function");
}

function stackOf(file: DocumentSummary, name: string | undefined, runs: string, environment: Readonly<Record<string, Variable>>): Stack {
  const dir = folderOf(file.path);
  const plain = name !== undefined && !name.includes("$") ? name : baseName(dir);
  return { unit: { dir, name: plain, runs, because: file.path, isFrontend: false, isDependedOn: false }, environment };
}

function variablesOf(node: Node | undefined, path: string): Readonly<Record<string, Variable>> {
  return Object.fromEntries(
    entriesOf(node).flatMap((entry) => {
      const value = textOf(entry.value);
      return value === undefined || value.includes("${") ? [] : [[entry.key, { value, place: { path, at: entry.keyAt, end: entry.value.end } }]];
    }),
  );
}

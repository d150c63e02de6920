/** What imports and exports stand for, through re-exports, packages of the workspace and catalogued libraries. */
import type { Library } from "../../catalog/library.ts";
import type { ExportFact, ImportFact } from "../../syntax/summary.ts";
import { Cell } from "./ledger.ts";
import { propertyOf } from "./members.ts";
import { type Traced, unknown } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

class Answer extends Cell {
  traced: Traced = unknown("nobody asked");
  private readonly drop: () => void;

  constructor(drop: () => void) {
    super();
    this.drop = drop;
  }

  override forget(): void {
    this.drop();
  }
}

/** A name of a file that was asked for: one object for each. */
interface Question {
  readonly path: string;
  readonly name: string;
}

export class Modules {
  private readonly tracer: Tracer;
  /** By file, and in it by name. */
  private readonly exports = new Map<string, Map<string, Question>>();
  private readonly stars = new Map<string, Map<string, Question>>();
  private readonly answers = new Map<ImportFact | Question, Answer>();

  constructor(tracer: Tracer) {
    this.tracer = tracer;
  }

  /** What `import { imported } from "specifier"` gives. */
  import(specifier: string, imported: string, from: string): Traced {
    const resolved = this.tracer.world.resolve(from, specifier);
    if (resolved.is === "file") return imported === "*" ? this.namespace(resolved.path) : this.exportOf(resolved.path, imported);
    const name = resolved.is === "builtin" ? resolved.name : resolved.is === "package" ? joinPackage(resolved) : specifier;
    if (resolved.is === "builtin" && /^(?:node:)?process$/.test(name)) return processExport(imported);
    const library = this.tracer.world.catalog.find(name) ?? (resolved.is === "package" ? this.tracer.world.catalog.find(resolved.name) : undefined);
    if (library) return this.libraryExport(library, imported === "*" ? "=" : imported);
    return { is: "foreign", package: resolved.is === "package" ? resolved.name : name, name: imported };
  }

  libraryExport(library: Library, name: string): Traced {
    const shape = this.tracer.world.catalog.exportOf(library, name);
    if (shape) return { is: "export", library, name, shape };
    return { is: "foreign", package: library.package, name };
  }

  private namespace(path: string): Traced {
    const whole = this.tracer.view(path).export("=");
    const all = whole && this.exportFact(path, whole);
    return all && all.is !== "unknown" ? all : { is: "module", path };
  }

  /** The value of an export of a file of the workspace. */
  exportOf(path: string, name: string): Traced {
    return this.ask(questionOf(this.exports, path, name), () => this.findExport(path, name));
  }

  /** What an import gives. */
  imported(fact: ImportFact, from: string): Traced {
    return this.ask(fact, () => this.import(fact.specifier, fact.imported, from));
  }

  /** The file behind the `export *` of a file from which a name comes, be it a value or a type. */
  behindStars(path: string, name: string): string | undefined {
    const found = this.ask(questionOf(this.stars, path, name), () => {
      for (const star of this.tracer.view(path).stars) {
        const target = this.tracer.world.resolve(path, star.specifier);
        if (target.is !== "file") continue;
        if (this.tracer.view(target.path).export(name)) return { is: "module", path: target.path };
        const further = this.behindStars(target.path, name);
        if (further !== undefined) return { is: "module", path: further };
      }
      return unknown("no star brings it");
    });
    return found.is === "module" ? found.path : undefined;
  }

  private ask(key: ImportFact | Question, find: () => Traced): Traced {
    const { answers } = this;
    const { pending, ledger } = this.tracer;
    const known = answers.get(key);
    if (known && pending.mayUse(key)) {
      ledger.read(known);
      return known.traced;
    }
    if (pending.comesBack(key)) return unknown("imports go in a circle");
    const answer = new Answer(() => {
      answers.delete(key);
      pending.forget(key);
    });
    const before = ledger.enter(answer);
    pending.begin(key);
    answer.traced = find();
    if (pending.end(key)) answers.set(key, answer);
    ledger.leave(before);
    return answer.traced;
  }

  private findExport(path: string, name: string): Traced {
    const file = this.tracer.view(path);
    if (!file.exists) return unknown("the file is not analysed");
    const direct = file.export(name);
    if (direct) return this.exportFact(path, direct);
    const whole = file.export("=");
    if (whole) {
      const all = this.exportFact(path, whole);
      return name === "default" || name === "=" ? all : propertyOf(this.tracer, all, name);
    }
    for (const star of file.stars) {
      const target = this.tracer.world.resolve(path, star.specifier);
      const found = target.is === "file" ? this.exportOf(target.path, name) : this.import(star.specifier, name, path);
      if (found.is !== "unknown" && found.is !== "foreign") return found;
    }
    return unknown(`${name} is not exported`);
  }

  private exportFact(path: string, fact: ExportFact): Traced {
    const frame = this.tracer.frame({ path, id: 0 });
    if (!frame) return unknown("the file is not analysed");
    if (fact.kind === "local") return this.tracer.name(fact.local, frame, frame.fn.end);
    if (fact.kind === "value") return this.tracer.trace(fact.value, frame);
    if (fact.kind === "star") return unknown("a star export has no value of its own");
    const target = this.tracer.world.resolve(path, fact.specifier);
    if (target.is === "file") return fact.imported === "*" ? this.namespace(target.path) : this.exportOf(target.path, fact.imported);
    return this.import(fact.specifier, fact.imported, path);
  }
}

function questionOf(asked: Map<string, Map<string, Question>>, path: string, name: string): Question {
  let ofFile = asked.get(path);
  if (!ofFile) asked.set(path, (ofFile = new Map()));
  let question = ofFile.get(name);
  if (!question) ofFile.set(name, (question = { path, name }));
  return question;
}

function joinPackage(resolved: { name: string; subpath: string }): string {
  const sub = resolved.subpath.replace(/^\.?\/?/, "");
  return sub === "" ? resolved.name : `${resolved.name}/${sub}`;
}

/** `import process from "node:process"`, `import * as process from "process"`, `import { env } from "node:process"` */
function processExport(imported: string): Traced {
  const process: Traced = { is: "foreign", package: "global", name: "process" };
  if (imported === "env") return { is: "environment" };
  return imported === "default" || imported === "*" ? process : { ...process, name: `process.${imported}` };
}

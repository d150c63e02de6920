/** Structurizr DSL, as far as it says which elements there are and which uses which. Views, styles and deployments are passed over. */
import { Unreadable, type Declared, type DeclaredElement, type DeclaredRelation, type Span } from "./declared.ts";

interface Token extends Span {
  readonly text: string;
}

/** What a brace has opened. */
interface Context {
  readonly is: "element" | "model" | "workspace" | "group" | "properties" | "archetypes" | "other";
  readonly element?: Draft;
  readonly opened: Token;
}

interface Draft extends DeclaredElement {
  readonly hints: string[];
  meant?: string;
}

const elementWords = new Set(["person", "softwaresystem", "container", "component", "element"]);

export function readStructurizr(text: string): Declared {
  const reader = new Reader();
  for (const line of linesOf(text)) if (line.length > 0) reader.take(line);
  return reader.finish(text);
}

class Reader {
  readonly #elements = new Map<string, Draft>();
  readonly #relations: DeclaredRelation[] = [];
  readonly #contexts: Context[] = [];
  /** Words that a file defines for elements of a kind, and for relationships. */
  readonly #archetypes = new Map<string, string>();
  #isHierarchical = false;
  #start: Span | undefined;
  #unnamed = 0;
  #includes = false;

  take(line: readonly Token[]): void {
    const [first] = line;
    if (first === undefined) return;
    if (first.text === "}" && line.length === 1) {
      if (this.#contexts.pop() === undefined) throw new Unreadable("This brace closes nothing.", first);
      return;
    }
    const opens = line.at(-1)?.text === "{" ? line.at(-1) : undefined;
    const words = opens === undefined ? line : line.slice(0, -1);
    const context = this.#statement(words);
    if (opens !== undefined) this.#contexts.push({ ...context, opened: opens });
  }

  finish(text: string): Declared {
    const open = this.#contexts.at(-1);
    if (open !== undefined) throw new Unreadable("This brace is never closed.", open.opened);
    if (this.#start === undefined) throw new Unreadable("There is no `model { … }` in this file.", { at: 0, end: Math.min(1, text.length) });
    return { elements: [...this.#elements.values()], relations: this.#relations, start: this.#start };
  }

  #statement(line: readonly Token[]): Omit<Context, "opened"> {
    const inside = this.#contexts.at(-1)?.is;
    if (inside === "other") return { is: "other" };
    const isNamed = line[1]?.text === "=" && line.length > 2;
    const name = isNamed ? line[0] : undefined;
    const [head, ...rest] = isNamed ? line.slice(2) : line;
    if (head === undefined) return { is: "other" };
    const word = head.text.toLowerCase();
    if (inside === "archetypes") {
      this.#archetypes.set((name ?? head).text.toLowerCase(), word);
      return { is: "other" };
    }
    if (inside === "properties") {
      this.#property(head, rest[0]);
      return { is: "other" };
    }
    return this.#relation(name === undefined ? line : [head, ...rest]) ?? this.#element(word, { name, head, rest }) ?? this.#other(word, head, rest);
  }

  #other(word: string, head: Token, rest: readonly Token[]): Omit<Context, "opened"> {
    const element = this.#current();
    if (word === "model") this.#start = { at: head.at, end: head.end };
    if (word === "workspace" || word === "model") return { is: word };
    if (word === "group" || word === "properties" || word === "archetypes") return { is: word, ...(element === undefined ? {} : { element }) };
    if (word === "!include") this.#includes = true;
    if (word === "!identifiers") this.#isHierarchical = rest[0]?.text.toLowerCase() === "hierarchical";
    if ((word === "tags" || word === "tag" || word === "technology" || word === "description") && element !== undefined) element.hints.push(...rest.map(({ text }) => text));
    if (word === "!element" || word === "!extend" || word === "!ref") {
      const meant = rest[0] === undefined ? undefined : this.#find(rest[0].text);
      return meant === undefined ? { is: "other" } : { is: "element", element: meant };
    }
    return { is: "other" };
  }

  #element(given: string, { name, head, rest }: { readonly name: Token | undefined; readonly head: Token; readonly rest: readonly Token[] }): Omit<Context, "opened"> | undefined {
    const word = elementWords.has(given) ? given : (this.#archetypes.get(given) ?? "");
    if (!elementWords.has(word)) return undefined;
    const [title, ...details] = rest;
    if (title === undefined) throw new Unreadable(`A ${head.text} needs a name.`, head);
    const parent = this.#current();
    const own = name?.text ?? `unnamed ${++this.#unnamed}`;
    const id = (this.#isHierarchical && parent !== undefined ? `${parent.id}.${own}` : own).toLowerCase();
    if (this.#elements.has(id) && name !== undefined) throw new Unreadable(`\`${own}\` is declared twice.`, name);
    const span = { at: (name ?? head).at, end: title.end };
    const element: Draft = { id, name: title.text, kind: word, hints: details.map(({ text }) => text), ...(parent === undefined ? {} : { parent: parent.id }), ...span };
    this.#elements.set(id, element);
    return { is: "element", element };
  }

  #relation(line: readonly Token[]): Omit<Context, "opened"> | undefined {
    const arrow = line.findIndex(({ text }, at) => at < 2 && /^-(?:-.+-)?>$/.test(text));
    if (arrow === -1) return undefined;
    const [source, target] = [arrow === 0 ? undefined : line[0], line[arrow + 1]];
    const sign = line[arrow];
    if (sign === undefined || target === undefined) throw new Unreadable("This arrow leads nowhere.", sign ?? { at: 0, end: 1 });
    const from = source === undefined ? this.#current() : this.#known(source);
    if (from === undefined) throw new Unreadable("This arrow comes from nowhere.", sign);
    const to = this.#known(target);
    this.#relations.push({ from: from.id, to: to.id, at: (source ?? sign).at, end: target.end });
    return { is: "other" };
  }

  #property(key: Token, value: Token | undefined): void {
    const element = this.#current();
    if (key.text === "faultline.id" && value !== undefined && element !== undefined) element.meant = value.text;
  }

  /** The element that the innermost block belongs to. */
  #current(): Draft | undefined {
    return this.#contexts.findLast(({ element }) => element !== undefined)?.element;
  }

  #known(token: Token): Draft {
    const found = token.text.toLowerCase() === "this" ? this.#current() : this.#find(token.text);
    if (found === undefined) throw new Unreadable(`\`${token.text}\` is used here and declared nowhere above${this.#includes ? " (what `!include` names is not read)" : ""}.`, token);
    return found;
  }

  /** An identifier as it stands, or within the elements around. */
  #find(text: string): Draft | undefined {
    const id = text.toLowerCase();
    for (let around = this.#current(); around !== undefined; around = around.parent === undefined ? undefined : this.#elements.get(around.parent)) {
      const found = this.#elements.get(`${around.id}.${id}`);
      if (found !== undefined) return found;
    }
    return this.#elements.get(id);
  }
}

/** Text of one statement, and where each of its characters stands in the file. */
interface Logical {
  text: string;
  readonly places: number[];
}

/** Tokens of each statement: long lines go on after a backslash, comments and text blocks are no statements. */
function* linesOf(text: string): Iterable<readonly Token[]> {
  let logical: Logical = { text: "", places: [] };
  let isComment = false;
  let isBlock = false;
  for (let at = 0; at < text.length; ) {
    const stop = text.indexOf("\n", at);
    const end = stop === -1 ? text.length : stop;
    const line = text.slice(at, end).trimEnd();
    const plain = line.trim();
    if (isBlock) isBlock = !plain.endsWith('"""');
    else if (isComment) isComment = !plain.endsWith("*/");
    else if (plain.startsWith("/*")) isComment = !plain.endsWith("*/");
    else if (plain.endsWith('"""')) isBlock = true;
    else if (!plain.startsWith("//") && !plain.startsWith("#")) {
      const goesOn = line.endsWith("\\");
      append(logical, goesOn ? line.slice(0, -1) : line, at);
      if (!goesOn) {
        yield [...tokensOf(logical)];
        logical = { text: "", places: [] };
      }
    }
    at = end + 1;
  }
  yield [...tokensOf(logical)];
}

function append(logical: Logical, line: string, at: number): void {
  const indent = logical.text === "" ? 0 : line.length - line.trimStart().length;
  logical.text += line.slice(indent);
  for (let column = indent; column < line.length; column++) logical.places.push(at + column);
}

function* tokensOf({ text, places }: Logical): Iterable<Token> {
  const pattern = /"((?:[^"\\]|\\.)*)"|([^\s"]\S*)|(")/gy;
  for (let at = 0; at < text.length; ) {
    if (/[\s\ufeff]/.test(text[at] ?? "")) {
      at += 1;
      continue;
    }
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const start = places[at] ?? 0;
    if (found === null || found[3] !== undefined) throw new Unreadable("This quote is never closed.", { at: start, end: start + 1 });
    const end = (places[pattern.lastIndex - 1] ?? start) + 1;
    yield { text: found[1] === undefined ? (found[2] ?? "") : found[1].replaceAll('\\"', '"'), at: start, end };
    at = pattern.lastIndex;
  }
}

/** LikeC4, as far as it says which elements there are and which uses which. Views, deployments and styles are passed over. */
import { Unreadable, type Declared, type DeclaredElement, type DeclaredRelation, type Span } from "./declared.ts";

interface Token extends Span {
  readonly is: "string" | "word" | "arrow" | "tag" | "sign";
  readonly text: string;
}

interface Draft extends DeclaredElement {
  readonly hints: string[];
  meant?: string;
}

/** A relation whose ends are looked up once everything has been declared. */
interface Loose extends Span {
  readonly within: Draft | undefined;
  readonly from: Token | undefined;
  readonly to: Token;
}

export function readLikeC4(text: string): Declared {
  const reader = new Reader(tokensOf(text));
  return reader.file(text);
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  readonly #elements = new Map<string, Draft>();
  readonly #loose: Loose[] = [];
  #start: Span | undefined;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  file(text: string): Declared {
    for (let token = this.#next(); token !== undefined; token = this.#next()) {
      const opens = this.#peek()?.text === "{" ? this.#next() : undefined;
      if (opens === undefined) continue;
      if (token.text === "model") {
        this.#start ??= { at: token.at, end: token.end };
        this.#body(undefined, opens);
      } else this.#skip(opens);
    }
    if (this.#start === undefined) throw new Unreadable("There is no `model { … }` in this file.", { at: 0, end: Math.min(1, text.length) });
    return { elements: [...this.#elements.values()], relations: this.#loose.flatMap((loose) => this.#relation(loose)), start: this.#start };
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  /** To the brace that closes what `opens` has opened. */
  #skip(opens: Token): void {
    for (let depth = 1; depth > 0; ) {
      const token = this.#next();
      if (token === undefined) throw new Unreadable("This brace is never closed.", opens);
      if (token.text === "{" && token.is === "sign") depth += 1;
      if (token.text === "}" && token.is === "sign") depth -= 1;
    }
  }

  #body(element: Draft | undefined, opens: Token): void {
    for (;;) {
      const token = this.#next();
      if (token === undefined) throw new Unreadable("This brace is never closed.", opens);
      if (token.is === "sign" && token.text === "}") return;
      if (token.is === "tag") element?.hints.push(token.text.slice(1));
      else if (token.is === "arrow") this.#arrow(element, undefined, token);
      else if (token.is === "word") this.#statement(element, token);
      else if (token.is === "sign" && token.text === "{") this.#skip(token);
    }
  }

  #statement(element: Draft | undefined, word: Token): void {
    const after = this.#peek();
    if (after?.is === "arrow") {
      this.#next();
      return this.#arrow(element, word, after);
    }
    if (word.text === "extend") {
      const target = this.#next();
      // What is told of a relation that stands elsewhere adds none.
      const isRelation = this.#peek()?.is === "arrow";
      if (isRelation) this.#at += 2;
      if (isRelation) this.#strings();
      const opens = this.#peek()?.text === "{" ? this.#next() : undefined;
      if (opens !== undefined && isRelation) this.#skip(opens);
      else if (opens !== undefined) this.#body(target === undefined ? undefined : this.#find(target.text, element), opens);
      return;
    }
    if (element !== undefined && propertyWords.has(word.text) && after?.text !== "=") return this.#property(element, word);
    if (after?.text === "=") {
      this.#next();
      const kind = this.#next();
      if (kind?.is !== "word") throw new Unreadable(`\`${word.text}\` has no kind.`, word);
      return this.#element(element, word, kind);
    }
    if (after?.is === "word") {
      this.#next();
      // A relation with a dotted kind: `orders .calls payments`.
      if (after.text.startsWith(".")) return this.#arrow(element, word, after);
      return this.#element(element, after, word);
    }
  }

  #element(parent: Draft | undefined, name: Token, kind: Token): void {
    const id = parent === undefined ? name.text : `${parent.id}.${name.text}`;
    if (this.#elements.has(id)) throw new Unreadable(`\`${id}\` is declared twice.`, name);
    const [title, ...hints] = this.#strings();
    const span = { at: Math.min(name.at, kind.at), end: Math.max(name.end, kind.end) };
    const element: Draft = { id, name: title?.text ?? name.text, kind: kind.text, hints: hints.map(({ text }) => text), ...(parent === undefined ? {} : { parent: parent.id }), ...span };
    this.#elements.set(id, element);
    this.#block(element);
  }

  /** The body of an element or a relation, where there is one. */
  #block(element: Draft | undefined): void {
    if (this.#peek()?.text !== "{" || this.#peek()?.is !== "sign") return;
    const opens = this.#next();
    if (opens === undefined) return;
    if (element === undefined) this.#skip(opens);
    else this.#body(element, opens);
  }

  #strings(): readonly Token[] {
    const found: Token[] = [];
    for (let token = this.#peek(); token?.is === "string"; token = this.#peek()) {
      found.push(token);
      this.#at += 1;
    }
    return found;
  }

  #arrow(within: Draft | undefined, from: Token | undefined, arrow: Token): void {
    const to = this.#next();
    if (to?.is !== "word") throw new Unreadable("This arrow leads nowhere.", arrow);
    if (from === undefined && within === undefined) throw new Unreadable("This arrow comes from nowhere.", arrow);
    this.#loose.push({ within, from, to, at: (from ?? arrow).at, end: to.end });
    this.#strings();
    while (this.#peek()?.is === "tag") this.#at += 1;
    this.#block(undefined);
  }

  #property(element: Draft, word: Token): void {
    if (this.#peek()?.text === ":") this.#at += 1;
    const opens = this.#peek();
    if (opens?.text === "{" && opens.is === "sign") {
      this.#at += 1;
      const from = this.#at;
      this.#skip(opens);
      const inside = this.#tokens.slice(from, this.#at - 1);
      if (word.text === "metadata") this.#meant(element, inside);
      if (word.text === "style") element.hints.push(...inside.filter(({ is }) => is === "word").map(({ text }) => text));
      return;
    }
    const value = this.#next();
    if (value !== undefined && word.text !== "title") element.hints.push(value.text);
  }

  #meant(element: Draft, inside: readonly Token[]): void {
    const at = inside.findIndex(({ text }) => text === "faultline_id");
    const value = inside.slice(at + 1).find(({ is }) => is === "string");
    if (at !== -1 && value !== undefined) element.meant = value.text;
  }

  #relation({ within, from, to, at, end }: Loose): readonly DeclaredRelation[] {
    const find = (token: Token): Draft => {
      const found = token.text === "this" || token.text === "it" ? within : this.#find(token.text, within);
      if (found === undefined) throw new Unreadable(`\`${token.text}\` is used here and declared nowhere in this file.`, token);
      return found;
    };
    const source = from === undefined ? within : find(from);
    return source === undefined ? [] : [{ from: source.id, to: find(to).id, at, end }];
  }

  /** As the language looks names up: inside out; and where only one element ends in the name, that one. */
  #find(name: string, within: Draft | undefined): Draft | undefined {
    for (let around = within; around !== undefined; around = around.parent === undefined ? undefined : this.#elements.get(around.parent)) {
      const found = this.#elements.get(`${around.id}.${name}`);
      if (found !== undefined) return found;
    }
    const ending = [...this.#elements.values()].filter(({ id }) => id === name || id.endsWith(`.${name}`));
    return this.#elements.get(name) ?? (ending.length === 1 ? ending[0] : undefined);
  }
}

const propertyWords = new Set(["title", "description", "technology", "summary", "style", "metadata", "link", "icon", "notation", "notes"]);

function tokensOf(text: string): readonly Token[] {
  const pattern =
    /(?<blank>[\s\ufeff]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<block>'''[\s\S]*?'''|"""[\s\S]*?""")|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<arrow>-\[[^\]\n]*\]->|->)|(?<tag>#[\w-]+)|(?<uri>\w+:\/\/\S+|\.{0,2}\/\S+|@[\w-]*\/\S+)|(?<word>\.?[\w][\w-]*(?:\.[\w][\w-]*)*)|(?<sign>[\s\S])/gy;
  const tokens: Token[] = [];
  for (const found of text.matchAll(pattern)) {
    const { blank, block, string, arrow, tag, uri, word, sign } = found.groups ?? {};
    const span = { at: found.index, end: found.index + found[0].length };
    if (blank !== undefined) continue;
    if (sign === '"' || sign === "'") throw new Unreadable("This quote is never closed.", { at: span.at, end: span.end });
    if (block !== undefined) tokens.push({ is: "string", text: block.slice(3, -3), ...span });
    else if (string !== undefined) tokens.push({ is: "string", text: string.slice(1, -1).replace(/\\(.)/gs, "$1"), ...span });
    else if (arrow !== undefined) tokens.push({ is: "arrow", text: arrow, ...span });
    else if (tag !== undefined) tokens.push({ is: "tag", text: tag, ...span });
    else if (word !== undefined) tokens.push({ is: "word", text: word, ...span });
    else tokens.push({ is: "sign", text: uri ?? sign ?? "", ...span });
  }
  return tokens;
}

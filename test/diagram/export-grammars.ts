/** Readers of the written formats, after their grammars and just large enough: what they give back is what another tool would see. */

/** Structurizr reads line by line: tokens between blanks or quotes, a brace last on its line opens, a brace alone closes. */
export function structurizrLines(text: string): readonly (readonly string[])[] {
  let depth = 0;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    if (/^\s*(\/\/|#)/.test(line)) throw new Error(`a comment: ${line}`);
    if (line.endsWith("\\") || line.endsWith('"""')) throw new Error(`goes on in the next line: ${line}`);
    const tokens = structurizrTokens(line.trim());
    if (tokens.at(-1) === "{") depth += 1;
    if (tokens.length === 1 && tokens[0] === "}") depth -= 1;
    if (depth < 0) throw new Error(`closes too much: ${line}`);
    // The arrow counts wherever it stands second, quoted or not.
    const [first = "", second = ""] = tokens[1] === "=" ? tokens.slice(2) : tokens;
    if (/^-\/?>$/.test(second) && !/_/.test(first)) throw new Error(`a relationship of a keyword: ${line}`);
    if (tokens.some((token) => /\$\{[\w.-]+\}/.test(token))) throw new Error(`a variable: ${line}`);
    return tokens;
  });
}

function structurizrTokens(line: string): readonly string[] {
  const tokens: string[] = [];
  for (let at = 0; at < line.length; ) {
    if (line[at] === " ") at += 1;
    else if (line[at] === '"') {
      let end = at + 1;
      while (end < line.length && (line[end] !== '"' || line[end - 1] === "\\")) end += 1;
      if (end >= line.length) throw new Error(`a quote is not closed: ${line}`);
      tokens.push(line.slice(at + 1, end));
      at = end + 1;
    } else {
      const end = line.indexOf(" ", at);
      tokens.push(line.slice(at, end === -1 ? line.length : end));
      at = end === -1 ? line.length : end;
    }
  }
  return tokens;
}

/** LikeC4's lexer: strings with escapes, identifiers, arrows, tags and braces. */
export function likec4Tokens(text: string): readonly { readonly is: "string" | "word" | "sign"; readonly text: string }[] {
  const pattern = /\s+|"((?:[^"\\]|\\.)*)"|(-\[[a-z]+\]->|#[\w-]+|[{}=*])|((?:[a-zA-Z]|_+[a-zA-Z0-9])[-\w]*)/uy;
  const tokens: { is: "string" | "word" | "sign"; text: string }[] = [];
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) throw new Error(`LikeC4 cannot read on from: ${text.slice(at, at + 40)}`);
    const [, string, sign, word] = found;
    if (string !== undefined) tokens.push({ is: "string", text: string.replace(/\\(.)/gs, "$1") });
    else if (sign !== undefined) tokens.push({ is: "sign", text: sign });
    else if (word !== undefined) tokens.push({ is: "word", text: word });
  }
  return tokens;
}

/** A macro's name and arguments; quoted ones with signs written by number read back. */
export function plantUmlCall(line: string): { readonly name: string; readonly args: readonly string[] } {
  const call = /^(\w+)\((.*)\)$/.exec(line);
  if (call === null) throw new Error(`no macro: ${line}`);
  const args = [...(call[2] ?? "").matchAll(/\s*(?:(\$\w+)=)?(?:"([^"]*)"|(\w+\(\)|\w+))\s*(,|$)/g)];
  if (args.map(([whole]) => whole).join("") !== call[2]) throw new Error(`arguments: ${line}`);
  const plain = args.map(([, , quoted, word]) => quoted ?? word ?? "");
  for (const arg of plain) if (/[$%!\\"'~^]|\*\*|\/\/|__|--/.test(arg) || /<(?!U\+[0-9A-F]{4,6}>)/.test(arg)) throw new Error(`markup: ${arg}`);
  return { name: call[1] ?? "", args: plain.map((arg) => arg.replace(/<U\+([0-9A-F]+)>/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))) };
}

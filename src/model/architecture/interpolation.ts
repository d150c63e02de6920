/** `${NAME}`, `${NAME:-default}` and `$NAME`, as Compose and dotenv files write them. */

/** Replaces what is known; a name that nothing sets stays as it is written. */
export function interpolate(text: string, lookup: (name: string) => string | undefined): string {
  if (!text.includes("$")) return text;
  const held = text.replace(/\$\$/g, "\u0000");
  let out = "";
  for (let at = 0; at < held.length; ) {
    const dollar = held.indexOf("$", at);
    if (dollar < 0) return (out + held.slice(at)).replace(/\u0000/g, "$");
    out += held.slice(at, dollar);
    const read = held[dollar + 1] === "{" ? readBraced(held, dollar) : readPlain(held, dollar);
    out += valueOf(read);
    at = read.end;
  }
  return out.replace(/\u0000/g, "$");

  function valueOf(read: Reference): string {
    if (read.name === "") return held.slice(read.start, read.end);
    const value = lookup(read.name);
    if (value !== undefined && (value !== "" || !read.operator.startsWith(":"))) return read.operator.endsWith("+") ? interpolate(read.word, lookup) : value;
    if (read.operator.endsWith("-")) return interpolate(read.word, lookup);
    return read.operator.endsWith("+") ? "" : held.slice(read.start, read.end);
  }
}

interface Reference {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly operator: string;
  readonly word: string;
}

function readPlain(text: string, start: number): Reference {
  const name = /^[A-Za-z_]\w*/.exec(text.slice(start + 1))?.[0] ?? "";
  return { start, end: start + 1 + name.length, name, operator: "", word: "" };
}

function readBraced(text: string, start: number): Reference {
  let depth = 0;
  let end = start + 1;
  for (; end < text.length; end++) {
    if (text[end] === "{") depth++;
    else if (text[end] === "}" && --depth === 0) break;
  }
  const inner = /^([A-Za-z_]\w*)(:?[-+?])?([\s\S]*)$/.exec(text.slice(start + 2, end));
  return { start, end: Math.min(end + 1, text.length), name: inner?.[1] ?? "", operator: inner?.[2] ?? "", word: inner?.[3] ?? "" };
}

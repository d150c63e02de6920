/** One for each value of the key, made when it is first asked for. */
export function keyed(name: string, created: string, { key, setUps, isTyped }: { readonly key: string; readonly setUps: readonly string[]; readonly isTyped: boolean }): string {
  const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const usesKey = new RegExp(`\\b${key}\\b`).test([created, ...setUps].join("\n"));
  const parameter = isTyped ? `${key}: string` : key;
  const make = setUps.length === 0 ? [`return ${created};`] : [`const made = ${created};`, ...setUps, "return made;"];
  const find = [`const known = ${name}s.get(${key});`, "if (known !== undefined) return known;", `const made = make${capital}(${usesKey ? key : ""});`, `${name}s.set(${key}, made);`, "return made;"];
  const body = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join("");
  const held = isTyped ? `new Map<string, ReturnType<typeof make${capital}>>()` : "new Map()";
  return `const ${name}s = ${held};\n\nfunction make${capital}(${usesKey ? parameter : ""}) {\n${body(make)}}\n\nfunction ${name}For(${parameter}) {\n${body(find)}}`;
}

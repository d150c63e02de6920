import type {
  ClassFact,
  CodeSummary,
  DecoratorFact,
  ExportFact,
  FunctionFact,
  Instruction,
  LoopInstruction,
  Node,
  ParamFact,
  Pattern,
  TypeFact,
  TypeMember,
  TypeRef,
  Value,
} from "../../src/syntax/index.ts";
import { summarize } from "../../src/syntax/index.ts";

const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The summary of a piece of code, which must be readable. */
export function codeOf(text: string, path = "example.ts"): CodeSummary {
  const summary = summarize(path, "code", bytesOf(text));
  if (summary.kind !== "code") throw new Error(summary.problems[0]?.message);
  return summary;
}

/** Body of the module, or of the function of that name, a line for each instruction. */
export function printBody(text: string, name = "", path?: string): string {
  const found = codeOf(text, path).functions.find((fact) => fact.name === name);
  return found === undefined ? "(no such function)" : printInstructions(found.body).join("\n");
}

/** The value of the file's first expression. */
export function printFirstValue(text: string, path?: string): string {
  const first = codeOf(text, path).functions[0]?.body[0];
  return first?.kind === "evaluate" ? printValue(first.value) : "(no expression)";
}

export function printFunctions(text: string, path?: string): string {
  return codeOf(text, path).functions.slice(1).map(printFunction).join("\n");
}

export function printFunction(fact: FunctionFact): string {
  const flags = [
    fact.isExported && "exported",
    fact.isStatic && "static",
    fact.isAsync && "async",
    fact.isGenerator && "generator",
  ].filter(Boolean);
  const owner = fact.classId >= 0 ? ` of class ${fact.classId}` : "";
  const returns = fact.returns === undefined ? "" : `: ${printType(fact.returns)}`;
  const decorators = fact.decorators.map((each) => `${printDecorator(each)} `).join("");
  const head = [...flags, fact.kind].join(" ");
  return `${fact.id} in ${fact.parent}${owner}: ${decorators}${head} ${fact.name}(${fact.params.map(printParam).join(", ")})${returns}`;
}

function printParam(param: ParamFact): string {
  const decorators = param.decorators.map((each) => `${printDecorator(each)} `).join("");
  const type = param.type === undefined ? "" : `: ${printType(param.type)}`;
  const preset = param.default === undefined ? "" : ` = ${printValue(param.default)}`;
  const name = `${param.property ? "field " : ""}${param.rest ? "..." : ""}${printPattern(param.pattern)}${param.optional ? "?" : ""}`;
  return `${decorators}${name}${type}${preset}`;
}

function printDecorator(decorator: DecoratorFact): string {
  return `@${decorator.name}${decorator.args === undefined ? "" : `(${decorator.args.map(printValue).join(", ")})`}`;
}

export function printImports(text: string, path?: string): string {
  return codeOf(text, path)
    .imports.map(
      (fact) => `${fact.typeOnly ? "type " : ""}${fact.imported} as ${fact.local || "-"} from ${fact.specifier}`,
    )
    .join("\n");
}

export function printExports(text: string, path?: string): string {
  return codeOf(text, path).exports.map(printExport).join("\n");
}

function printExport(fact: ExportFact): string {
  switch (fact.kind) {
    case "local":
      return `${fact.name} is local ${fact.local}`;
    case "value":
      return `${fact.name} is ${printValue(fact.value)}`;
    case "from":
      return `${fact.name} is ${fact.imported} from ${fact.specifier}`;
    case "star":
      return `* from ${fact.specifier}`;
  }
}

export function printClass(fact: ClassFact): string {
  const base = fact.extends === undefined ? "" : ` extends ${printValue(fact.extends)}${printArgs(fact.extendsArgs)}`;
  const types = fact.implements.length === 0 ? "" : ` implements ${fact.implements.map(printType).join(", ")}`;
  const flags = `${fact.isExported ? "exported " : ""}${fact.isAbstract ? "abstract " : ""}`;
  const fields = fact.fields.map((field) => {
    const head = `${field.decorators.map((each) => `${printDecorator(each)} `).join("")}${field.isStatic ? "static " : ""}${field.isReadonly ? "readonly " : ""}`;
    const type = field.type === undefined ? "" : `: ${printType(field.type)}`;
    return `  ${head}${field.name}${type}${field.value === undefined ? "" : ` = ${printValue(field.value)}`}`;
  });
  const decorators = fact.decorators.map((each) => `${printDecorator(each)} `).join("");
  const members = `  members ${fact.members.join(" ")}, constructor ${fact.constructorId}`;
  return [`${decorators}${flags}class ${fact.name}${base}${types}`, ...fields, members].join("\n");
}

export function printTypeFact(fact: TypeFact): string {
  switch (fact.kind) {
    case "interface": {
      const bases = fact.extends.length === 0 ? "" : ` extends ${fact.extends.map(printType).join(", ")}`;
      return `interface ${fact.name}${bases} ${printMembers(fact.members)}`;
    }
    case "alias":
      return `type ${fact.name} = ${printType(fact.type)}`;
    case "enum": {
      const members = fact.members.map(({ name, value }) =>
        value === undefined ? name : `${name} = ${printValue(value)}`,
      );
      return `enum ${fact.name} { ${members.join(", ")} }`;
    }
  }
}

export function printType(type: TypeRef): string {
  switch (type.kind) {
    case "name":
      return `${type.name}${printArgs(type.args)}`;
    case "union":
      return type.of.map(printType).join(" | ");
    case "intersection":
      return type.of.map(printType).join(" & ");
    case "typeof":
      return `typeof ${type.name}`;
    case "literal":
      return JSON.stringify(type.value);
    case "object":
      return printMembers(type.members);
    case "function": {
      const params = type.params.map((param) => (param === undefined ? "-" : printType(param))).join(", ");
      return `(${params}) => ${type.returns === undefined ? "-" : printType(type.returns)}`;
    }
    case "other":
      return "?";
  }
}

function printArgs(types: readonly TypeRef[]): string {
  return types.length === 0 ? "" : `<${types.map(printType).join(", ")}>`;
}

function printMembers(members: readonly TypeMember[]): string {
  const print = ({ name, type, readonly }: TypeMember): string =>
    `${readonly ? "readonly " : ""}${name}${type === undefined ? "" : `: ${printType(type)}`}`;
  return `{ ${members.map(print).join("; ")} }`;
}

export function printPattern(pattern: Pattern | null): string {
  if (pattern === null) return "";
  switch (pattern.kind) {
    case "name":
      return pattern.name;
    case "object": {
      const properties = pattern.properties.map(
        (property) =>
          `${property.key}: ${printPattern(property.pattern)}${property.default === undefined ? "" : ` = ${printValue(property.default)}`}`,
      );
      return `{${[...properties, ...(pattern.rest === undefined ? [] : [`...${pattern.rest}`])].join(", ")}}`;
    }
    case "array":
      return `[${pattern.items.map(printPattern).join(", ")}]`;
    case "other":
      return "?";
  }
}

export function printInstructions(body: readonly Instruction[], indent = ""): string[] {
  return body.flatMap((instruction) => printInstruction(instruction, indent));
}

function printInstruction(instruction: Instruction, indent: string): string[] {
  const inner = (body: readonly Instruction[]): string[] => printInstructions(body, `${indent}  `);
  const line = (text: string): string => `${indent}${text}`;
  switch (instruction.kind) {
    case "declare": {
      const type = instruction.type === undefined ? "" : `: ${printType(instruction.type)}`;
      const value = instruction.value === undefined ? "" : ` = ${printValue(instruction.value)}`;
      return [line(`${instruction.keyword} ${printPattern(instruction.pattern)}${type}${value}`)];
    }
    case "evaluate":
      return [line(printValue(instruction.value))];
    case "return":
      return [line(instruction.value === undefined ? "return" : `return ${printValue(instruction.value)}`)];
    case "throw":
      return [line(`throw ${printValue(instruction.value)}`)];
    case "if": {
      const otherwise = instruction.else.length === 0 ? [] : [line("else"), ...inner(instruction.else)];
      return [line(`if ${printValue(instruction.test)}`), ...inner(instruction.then), ...otherwise];
    }
    case "loop":
      return [line(printLoopHead(instruction)), ...inner(instruction.body)];
    case "try": {
      const { handler, finalizer } = instruction;
      const caught =
        handler === undefined
          ? []
          : [line(`catch ${printPattern(handler.binding ?? null)}`.trimEnd()), ...inner(handler.body)];
      return [
        line("try"),
        ...inner(instruction.body),
        ...caught,
        ...(finalizer === undefined ? [] : [line("finally"), ...inner(finalizer)]),
      ];
    }
    case "switch": {
      const cases = instruction.cases.flatMap((each) => [
        line(each.test === undefined ? "default" : `case ${printValue(each.test)}`),
        ...inner(each.body),
      ]);
      return [line(`switch ${printValue(instruction.on)}`), ...cases];
    }
    case "block":
      return [
        line(instruction.label === undefined ? "block" : `block ${instruction.label}`),
        ...inner(instruction.body),
      ];
    case "break":
    case "continue":
      return [line(instruction.label === undefined ? instruction.kind : `${instruction.kind} ${instruction.label}`)];
  }
}

function printLoopHead(loop: LoopInstruction): string {
  const parts = [
    loop.init.length > 0 && `init(${printInstructions(loop.init).join("; ")})`,
    loop.test !== undefined && `test(${printValue(loop.test)})`,
    loop.update !== undefined && `update(${printValue(loop.update)})`,
    loop.each !== undefined && `each(${printPattern(loop.each)})`,
    loop.over !== undefined && `over(${printValue(loop.over)})`,
  ];
  return [loop.label, "loop", loop.form, ...parts].filter(Boolean).join(" ");
}

/** Close to the code that it was, but with every operation in brackets, and functions and classes by number. */
export function printValue(value: Value): string {
  switch (value.kind) {
    case "const":
      return JSON.stringify(value.value);
    case "template":
      return `text(${value.parts.map(printValue).join(", ")})`;
    case "object": {
      const properties = value.properties.map(({ key, spread, value: held }) =>
        spread ? `...${printValue(held)}` : `${key ?? "?"}: ${printValue(held)}`,
      );
      return `{${properties.join(", ")}}`;
    }
    case "array":
      return `[${value.items.map(printValue).join(", ")}${value.cut ? ", cut" : ""}]`;
    case "name":
      return value.name;
    case "member":
      return `${printValue(value.of)}${value.optional ? "?." : "."}${value.name}`;
    case "index":
      return `${printValue(value.of)}[${printValue(value.key)}]`;
    case "call":
      return `${printValue(value.callee)}${value.tagged ? " tags" : ""}${printArgs(value.typeArgs)}(${value.args.map(printValue).join(", ")})`;
    case "new":
      return `new ${printValue(value.callee)}${printArgs(value.typeArgs)}(${value.args.map(printValue).join(", ")})`;
    case "function":
      return `function ${value.id}`;
    case "class":
      return `class ${value.id}`;
    case "unary":
      return `(${value.op} ${printValue(value.of)})`;
    case "binary":
      return `(${printValue(value.left)} ${value.op} ${printValue(value.right)})`;
    case "conditional":
      return `(${printValue(value.test)} ? ${printValue(value.then)} : ${printValue(value.else)})`;
    case "assign":
      return `(${printValue(value.target)} ${value.op} ${printValue(value.value)})`;
    case "await":
    case "spread":
    case "yield":
    case "yield*":
      return `(${value.kind} ${printValue(value.of)})`;
    case "require":
      return `require(${value.specifier})`;
    case "other":
      return `other(${value.inner.map(printValue).join(", ")})`;
  }
}

/** A document's tree, each scalar beside the text that its span covers. */
export function printNode(node: Node, text: string, indent = ""): string {
  switch (node.kind) {
    case "scalar":
      return `${JSON.stringify(node.value)} at ${JSON.stringify(text.slice(node.at, node.end))}`;
    case "list":
      return node.items.map((item) => `\n${indent}- ${printNode(item, text, `${indent}  `)}`).join("");
    case "map":
      return node.entries
        .map(({ key, keyAt, keyEnd, value }) => {
          const written = text.slice(keyAt, keyEnd);
          return `\n${indent}${key}${written === key ? "" : ` at ${written}`}: ${printNode(value, text, `${indent}  `)}`;
        })
        .join("");
  }
}

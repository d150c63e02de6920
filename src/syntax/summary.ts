/**
 * What `syntax/` makes of one file. Everything here is plain, serialisable data; a summary never refers to another file.
 * Offsets are UTF-16 code units from the start of the file's text (as TypeScript counts them).
 */

export interface Span {
  readonly at: number;
  readonly end: number;
}

export type FileSummary = CodeSummary | DocumentSummary | PrismaSummary | DockerfileSummary | EnvSummary | UnreadableSummary;

interface FileHead {
  /** Path relative to the workspace root, with `/`. */
  readonly path: string;
  /** Things that went wrong in this file alone: it could not be parsed here and there, it was cut off. Analysis goes on. */
  readonly problems: readonly SyntaxProblem[];
}

export interface SyntaxProblem extends Span {
  readonly message: string;
}

/** A file that yields nothing: binary, too large, not decodable. `problems` says why. */
export interface UnreadableSummary extends FileHead {
  readonly kind: "unreadable";
}

// ---------------------------------------------------------------------------------------------------------- code

export interface CodeSummary extends FileHead {
  readonly kind: "code";
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  /** Every function of the file, methods and arrow functions too, by id. Function 0 is the module body. */
  readonly functions: readonly FunctionFact[];
  /** Every class by id. */
  readonly classes: readonly ClassFact[];
  /** Interfaces, type aliases and enums of the file. */
  readonly types: readonly TypeFact[];
  readonly suppressions: readonly SuppressionFact[];
  /** True where the text says that a tool wrote it (`@generated`, `DO NOT EDIT` in the first lines). */
  readonly generated: boolean;
  /** True where the file holds JSX. */
  readonly jsx: boolean;
}

/**
 * `import { imported as local } from "specifier"`; also `const { imported: local } = require("specifier")` at any level.
 * What binds no name (`import "x"`, `app.use(require("x"))`, a lone `import("x")`) has local `""` and imported `*`.
 */
export interface ImportFact extends Span {
  readonly local: string;
  /** `default`, `*` (namespace, or the whole of a `require`), or the exported name. */
  readonly imported: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

export type ExportFact =
  /** `export { local as name }`, `export const name`, `export default local`, `exports.name = local` */
  | { readonly kind: "local"; readonly name: string; readonly local: string; readonly at: number; readonly end: number }
  /**
   * `export default <expression>`, `exports.name = <expression>`, `module.exports = <expression>` (name `=`).
   * The properties of an object given to `module.exports` are exported one by one besides.
   */
  | { readonly kind: "value"; readonly name: string; readonly value: Value; readonly at: number; readonly end: number }
  /** `export { imported as name } from "specifier"`; `export * as name from` has imported `*` */
  | { readonly kind: "from"; readonly name: string; readonly imported: string; readonly specifier: string; readonly at: number; readonly end: number }
  /** `export * from "specifier"` */
  | { readonly kind: "star"; readonly specifier: string; readonly at: number; readonly end: number };

export interface FunctionFact extends Span {
  readonly id: number;
  /** Its own name, or the name of the variable, property or field that it is the value of; `""` where it has none. */
  readonly name: string;
  readonly kind: "module" | "function" | "arrow" | "method" | "constructor" | "getter" | "setter";
  /** The function that lexically encloses it; -1 for the module. */
  readonly parent: number;
  /** The class whose member it is; -1 where none. */
  readonly classId: number;
  readonly isStatic: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly isExported: boolean;
  readonly params: readonly ParamFact[];
  readonly returns?: TypeRef;
  readonly decorators: readonly DecoratorFact[];
  /** Span of the name, or of the keyword or first parameter where there is none: what an editor would underline. */
  readonly nameAt: number;
  readonly nameEnd: number;
  /**
   * Outline of the calls made in this very body (not in nested functions), without spans: dotted callee chains such as
   * `fetch`, `axios.post`, `this.http.get`, `new Pool`, `?.then` (`?` for a callee that is no chain of names). Sorted, unique.
   * Always at hand, so that callers can decide whether the body is worth loading.
   */
  readonly calls: readonly string[];
  /** The lowered body. May be decoded on first access. An expression-bodied arrow has one `return`. */
  readonly body: readonly Instruction[];
}

export interface ParamFact extends Span {
  readonly pattern: Pattern;
  readonly type?: TypeRef;
  readonly default?: Value;
  readonly rest: boolean;
  readonly optional: boolean;
  /** TypeScript parameter property (`constructor(private readonly http: HttpService)`). */
  readonly property: boolean;
  readonly decorators: readonly DecoratorFact[];
}

export interface DecoratorFact extends Span {
  /** Dotted name: `Injectable`, `nest.Inject`. */
  readonly name: string;
  /** Arguments; `undefined` where the decorator is not called. */
  readonly args?: readonly Value[];
}

export interface ClassFact extends Span {
  readonly id: number;
  readonly name: string;
  readonly parent: number;
  readonly isExported: boolean;
  readonly isAbstract: boolean;
  readonly extends?: Value;
  readonly extendsArgs: readonly TypeRef[];
  readonly implements: readonly TypeRef[];
  readonly decorators: readonly DecoratorFact[];
  readonly fields: readonly FieldFact[];
  /** Ids of its member functions: constructor, accessors, static blocks (named `static`), fields that hold a function. */
  readonly members: readonly number[];
  /** Id of the constructor; -1 where none is written. */
  readonly constructorId: number;
  readonly nameAt: number;
  readonly nameEnd: number;
}

export interface FieldFact extends Span {
  readonly name: string;
  readonly isStatic: boolean;
  readonly isReadonly: boolean;
  readonly type?: TypeRef;
  readonly value?: Value;
  readonly decorators: readonly DecoratorFact[];
}

export type TypeFact =
  | { readonly kind: "interface"; readonly name: string; readonly extends: readonly TypeRef[]; readonly members: readonly TypeMember[]; readonly at: number; readonly end: number }
  | { readonly kind: "alias"; readonly name: string; readonly type: TypeRef; readonly at: number; readonly end: number }
  | { readonly kind: "enum"; readonly name: string; readonly members: readonly EnumMember[]; readonly at: number; readonly end: number };

export interface TypeMember {
  readonly name: string;
  readonly type?: TypeRef;
  readonly readonly: boolean;
}

export interface EnumMember extends Span {
  readonly name: string;
  readonly value?: Value;
}

/** A written type, cut down to what value tracing needs. */
export type TypeRef =
  /** `Repository<Order>`; a qualified name keeps its dots (`Prisma.TransactionClient`). Arrays are `Array<T>`, keywords their own names. */
  | { readonly kind: "name"; readonly name: string; readonly args: readonly TypeRef[] }
  | { readonly kind: "union"; readonly of: readonly TypeRef[] }
  | { readonly kind: "intersection"; readonly of: readonly TypeRef[] }
  | { readonly kind: "typeof"; readonly name: string }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "object"; readonly members: readonly TypeMember[] }
  | { readonly kind: "function"; readonly params: readonly (TypeRef | undefined)[]; readonly returns?: TypeRef }
  | { readonly kind: "other" };

// ---------------------------------------------------------------------------------------------- instruction tree

/**
 * Function and class declarations are instructions too: `declare`s of a function or class value. Those of functions come first in
 * their block, where they are bound. Types leave no instruction, imports neither; a namespace's statements are the module's own.
 */
export type Instruction =
  | DeclareInstruction
  | { readonly kind: "evaluate"; readonly value: Value; readonly at: number; readonly end: number }
  | { readonly kind: "return"; readonly value?: Value; readonly at: number; readonly end: number }
  | { readonly kind: "throw"; readonly value: Value; readonly at: number; readonly end: number }
  | { readonly kind: "if"; readonly test: Value; readonly then: readonly Instruction[]; readonly else: readonly Instruction[]; readonly at: number; readonly end: number }
  | LoopInstruction
  | TryInstruction
  | SwitchInstruction
  | { readonly kind: "block"; readonly label?: string; readonly body: readonly Instruction[]; readonly at: number; readonly end: number }
  | { readonly kind: "break" | "continue"; readonly label?: string; readonly at: number; readonly end: number };

export interface DeclareInstruction extends Span {
  readonly kind: "declare";
  readonly keyword: "const" | "let" | "var" | "using" | "await using";
  readonly pattern: Pattern;
  readonly type?: TypeRef;
  readonly value?: Value;
}

export interface LoopInstruction extends Span {
  readonly kind: "loop";
  readonly form: "for" | "while" | "do" | "of" | "await of" | "in";
  readonly label?: string;
  readonly init: readonly Instruction[];
  /** Absent in `for (;;)` and in of/in loops. */
  readonly test?: Value;
  readonly update?: Value;
  /** of/in loops: what is bound on each round, and what is gone through. */
  readonly each?: Pattern;
  readonly over?: Value;
  readonly body: readonly Instruction[];
  /** End of the loop's head (just before its body), for placing a squiggle. */
  readonly headEnd: number;
}

export interface TryInstruction extends Span {
  readonly kind: "try";
  readonly body: readonly Instruction[];
  readonly handler?: { readonly binding?: Pattern; readonly body: readonly Instruction[]; readonly at: number; readonly end: number };
  readonly finalizer?: readonly Instruction[];
}

export interface SwitchInstruction extends Span {
  readonly kind: "switch";
  readonly on: Value;
  /** `test` is absent in `default`. */
  readonly cases: readonly { readonly test?: Value; readonly body: readonly Instruction[] }[];
}

export type Pattern =
  | { readonly kind: "name"; readonly name: string; readonly at: number; readonly end: number }
  | { readonly kind: "object"; readonly properties: readonly { readonly key: string; readonly pattern: Pattern; readonly default?: Value }[]; readonly rest?: string; readonly at: number; readonly end: number }
  | { readonly kind: "array"; readonly items: readonly (Pattern | null)[]; readonly at: number; readonly end: number }
  /** Assignment to something that is no name (`[this.a, b.c] = …`), or what could not be kept. */
  | { readonly kind: "other"; readonly at: number; readonly end: number };

// ------------------------------------------------------------------------------------------------ symbolic values

/** An expression. Casts (`as`, `satisfies`, `!`, parentheses) are gone; every node carries its span. */
export type Value =
  | ConstValue | TemplateValue | ObjectValue | ArrayValue | NameValue | MemberValue | IndexValue | CallValue | NewValue
  | FunctionValue | ClassValue | UnaryValue | BinaryValue | ConditionalValue | AssignValue | WrapValue | RequireValue | OtherValue;

export interface ConstValue extends Span {
  readonly kind: "const";
  /** `undefined` is not kept as a value of its own: it is the name `undefined`. */
  readonly value: string | number | boolean | null;
}
/** Template literal, or a `+` chain with a string in it: the parts in order. */
export interface TemplateValue extends Span { readonly kind: "template"; readonly parts: readonly Value[] }
export interface ObjectValue extends Span {
  readonly kind: "object";
  readonly properties: readonly ObjectProperty[];
}
/** `key` is absent for `...spread` and for a key that is `computed` and no constant. A method or accessor has a function value. */
export interface ObjectProperty extends Span { readonly key?: string; readonly computed?: Value; readonly spread: boolean; readonly value: Value }
export interface ArrayValue extends Span { readonly kind: "array"; readonly items: readonly Value[]; /** true where items were left out of a long literal */ readonly cut: boolean }
/** An identifier, `this` and `super` included. */
export interface NameValue extends Span { readonly kind: "name"; readonly name: string }
export interface MemberValue extends Span { readonly kind: "member"; readonly of: Value; readonly name: string; readonly optional: boolean; /** span of the property name */ readonly nameAt: number }
export interface IndexValue extends Span { readonly kind: "index"; readonly of: Value; readonly key: Value }
export interface CallValue extends Span {
  readonly kind: "call";
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly typeArgs: readonly TypeRef[];
  /** A tagged template (sql`…`): its text, with those of templates inside it, is the argument. */
  readonly tagged?: true;
}
export interface NewValue extends Span { readonly kind: "new"; readonly callee: Value; readonly args: readonly Value[]; readonly typeArgs: readonly TypeRef[] }
/** A function written in place; `id` indexes the file's functions. */
export interface FunctionValue extends Span { readonly kind: "function"; readonly id: number }
export interface ClassValue extends Span { readonly kind: "class"; readonly id: number }
export interface UnaryValue extends Span { readonly kind: "unary"; readonly op: "!" | "-" | "+" | "~" | "typeof" | "void" | "delete" | "++" | "--"; readonly of: Value }
/** Arithmetic, comparison, and the logical operators `&&`, `||`, `??`. */
export interface BinaryValue extends Span { readonly kind: "binary"; readonly op: string; readonly left: Value; readonly right: Value }
export interface ConditionalValue extends Span { readonly kind: "conditional"; readonly test: Value; readonly then: Value; readonly else: Value }
/** Assignment as a value; `op` is `=`, `+=`, `??=` … */
export interface AssignValue extends Span { readonly kind: "assign"; readonly op: string; readonly target: Value; readonly value: Value }
export interface WrapValue extends Span { readonly kind: "await" | "spread" | "yield" | "yield*"; readonly of: Value }
/** `require("x")` or `import("x")` with a constant name. */
export interface RequireValue extends Span { readonly kind: "require"; readonly specifier: string }
/** What tracing has no use for (JSX, regular expressions, `import.meta`, long data); `inner` keeps calls and functions found inside. */
export interface OtherValue extends Span { readonly kind: "other"; readonly inner: readonly Value[] }

// -------------------------------------------------------------------------------------------------- suppressions

/** `// faultline-ignore slug[, slug] [until YYYY-MM-DD]: reason`, or `faultline-ignore-file`. A bare or broken one is kept with its error. */
export interface SuppressionFact extends Span {
  readonly scope: "line" | "file";
  readonly rules: readonly { readonly slug: string; readonly at: number; readonly end: number }[];
  readonly until?: string;
  readonly reason: string;
  readonly error?: string;
  /** Span of the line or lines that it speaks of. */
  readonly targetAt: number;
  readonly targetEnd: number;
}

// ----------------------------------------------------------------------------------------- documents and manifests

/** YAML (all documents of the file), JSON, or a configuration of nginx. */
export interface DocumentSummary extends FileHead {
  readonly kind: "document";
  readonly format: "yaml" | "json" | "nginx";
  readonly documents: readonly Node[];
}

export type Node =
  | { readonly kind: "map"; readonly entries: readonly MapEntry[]; readonly at: number; readonly end: number }
  | { readonly kind: "list"; readonly items: readonly Node[]; readonly at: number; readonly end: number }
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null; readonly at: number; readonly end: number };

export interface MapEntry {
  readonly key: string;
  readonly keyAt: number;
  readonly keyEnd: number;
  readonly value: Node;
}

export interface PrismaSummary extends FileHead {
  readonly kind: "prisma";
  readonly datasources: readonly PrismaDatasource[];
  readonly models: readonly PrismaModel[];
  /** `output` of generators: where the generated client goes, as written. */
  readonly generators: readonly { readonly name: string; readonly provider: string; readonly output?: string }[];
}
export interface PrismaDatasource extends Span {
  readonly name: string;
  readonly provider: string;
  /** `env("NAME")` gives `env`, a literal gives `url`. */
  readonly env?: string;
  readonly url?: string;
}
export interface PrismaModel extends Span {
  readonly name: string;
  /** `@@map` or the name itself. */
  readonly table: string;
  readonly schema?: string;
}

export interface DockerfileSummary extends FileHead {
  readonly kind: "dockerfile";
  readonly stages: readonly { readonly from: string; readonly name?: string }[];
  readonly env: readonly { readonly name: string; readonly value: string; readonly at: number; readonly end: number }[];
  readonly expose: readonly number[];
  /** Of the last stage: words of ENTRYPOINT and CMD, as one command line. */
  readonly command?: { readonly text: string; readonly at: number; readonly end: number };
  /** Out of another stage, `from` is `stage:/path`. */
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  readonly workdir?: string;
  readonly healthcheck: boolean;
}

/** `.env` and its kin. */
export interface EnvSummary extends FileHead {
  readonly kind: "env";
  readonly variables: readonly { readonly name: string; readonly value: string; readonly at: number; readonly end: number }[];
}

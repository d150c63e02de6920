/** Makes a template that stands on a library one file, with what it takes from the template beside it. */
import { ts } from "ts-morph";

/** The text with its imports of other templates replaced by what they declare, and by all that this needs. */
export function standingAlone(text: string, read: (specifier: string) => string): string {
  const file = parse(text);
  const own = new Set(file.statements.flatMap(namesOf));
  let rest = text;
  for (const statement of file.statements.filter(ts.isImportDeclaration).reverse()) {
    const specifier = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : "";
    const bindings = statement.importClause?.namedBindings;
    if (!specifier.startsWith(".") || bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const wanted = bindings.elements.map(({ name }) => name.text);
    const added = declarations(parse(read(specifier)), wanted, own);
    rest = `${rest.slice(0, statement.getStart(file))}${rest.slice(statement.end).replace(/^\n/, "").trimEnd()}\n\n${added.join("\n\n")}\n`;
  }
  return rest;
}

/** The declarations of these names and of what they use, in the order of the file; names that are `taken` are left out. */
function declarations(file: ts.SourceFile, wanted: readonly string[], taken: ReadonlySet<string>): readonly string[] {
  const byName = new Map(file.statements.flatMap((statement) => namesOf(statement).map((name) => [name, statement] as const)));
  const needed = new Set<ts.Statement>();
  const need = (name: string): void => {
    const statement = byName.get(name);
    if (statement === undefined || taken.has(name) || needed.has(statement)) return;
    needed.add(statement);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node)) need(node.text);
      ts.forEachChild(node, visit);
    };
    visit(statement);
  };
  wanted.forEach(need);
  return file.statements.filter((statement) => needed.has(statement)).map((statement) => withComment(file, statement));
}

/** A statement with the comment that is written right above it. */
function withComment({ text }: ts.SourceFile, statement: ts.Statement): string {
  const comment = ts.getLeadingCommentRanges(text, statement.pos)?.at(-1);
  if (comment === undefined) return text.slice(statement.pos, statement.end).trim();
  const [between = ""] = /^\s*/.exec(text.slice(comment.end)) ?? [];
  return text.slice(between.split("\n").length > 2 ? comment.end : comment.pos, statement.end).trim();
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name !== undefined ? [statement.name.text] : [];
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile("template.ts", text, ts.ScriptTarget.Latest, true);
}

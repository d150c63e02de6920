import type { Rule } from "../model/finding.ts";
import { pages } from "../patterns/pages.generated.ts";
import { rules } from "../patterns/rules.generated.ts";

/** The rules that exist, for lists and hints. */
export const ruleBook: readonly Pick<Rule, "id" | "title" | "severity" | "status">[] = rules;

/** The page of a rule, in Markdown. */
export function rulePage(id: string): string | undefined {
  return Object.hasOwn(pages, id) ? pages[id] : undefined;
}

// Written by `npm run generate`. Do not edit.
import type { Rule } from "../model/finding.ts";

export const rules: readonly Rule[] = [];

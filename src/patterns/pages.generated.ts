// Written by `npm run generate`. Do not edit.
/** Text of each rule's page, by rule. */
export const pages: Readonly<Record<string, string>> = {};

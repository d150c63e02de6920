const languages = [
  "typescript",
  "typescriptreact",
  "javascript",
  "javascriptreact",
  "yaml",
  "dockercompose",
  "dockerfile",
  "prisma",
  "json",
  "jsonc",
] as const;

/** What an architecture is read from. `file` is right in remote windows too: there the extension runs where the files are. */
export const documents: readonly { readonly scheme: string; readonly language: string }[] = languages.map(
  (language) => ({ scheme: "file", language }),
);

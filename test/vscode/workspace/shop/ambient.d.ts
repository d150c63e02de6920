// Stands in for packages that no test installs, so that the only squiggles in sight are those under test.
declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
declare module "express";
declare module "pg";

/** Modules that come with a runtime, with or without their prefix. */
// prettier-ignore
const BUILTIN_NAMES: ReadonlySet<string> = new Set([
  "assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram", "diagnostics_channel", "dns", "domain",
  "events", "fs", "http", "http2", "https", "inspector", "module", "net", "os", "path", "perf_hooks", "process", "punycode", "querystring", "readline",
  "repl", "stream", "string_decoder", "sys", "timers", "tls", "trace_events", "tty", "url", "util", "v8", "vm", "wasi", "worker_threads", "zlib",
]);

/** The plain name (`fs/promises` for `node:fs/promises`), or `undefined` where the specifier names no built-in module. */
export function builtinName(specifier: string): string | undefined {
  if (specifier.startsWith("node:")) return specifier.slice("node:".length);
  if (/^(?:bun|cloudflare|deno|jsr):/.test(specifier) || specifier === "bun") return specifier;
  const [first = ""] = specifier.split("/", 1);
  return BUILTIN_NAMES.has(first) && (specifier === first || SUBPATHS.has(specifier)) ? specifier : undefined;
}

// prettier-ignore
const SUBPATHS: ReadonlySet<string> = new Set([
  "assert/strict", "dns/promises", "fs/promises", "inspector/promises", "path/posix", "path/win32", "readline/promises", "stream/consumers", "stream/promises",
  "stream/web", "timers/promises", "util/types",
]);

/**
 * How the server's process is started: an edit makes many objects that live no longer than it, and in a young generation of 64 MB
 * most are gone before they are copied (V8's own is 16 MB). In `bench/` edits take about 7 in 100 less time so, for 50 MB.
 */
export const serverFlags: readonly string[] = ["--max-semi-space-size=64"];

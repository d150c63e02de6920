import assert from "node:assert/strict";
import { decodeSummary, encodeSummary, summarize } from "../../src/syntax/index.ts";
import type { Node } from "../../src/syntax/summary.ts";

function read(text: string) {
  const summary = summarize("nginx.conf", "nginx", Buffer.from(text));
  assert.equal(summary.kind, "document");
  return summary.kind === "document" ? summary : assert.fail();
}

/** `name: arguments`, blocks in braces. */
function shown(node: Node | undefined): string {
  if (node?.kind !== "map") return node?.kind === "scalar" ? String(node.value) : "";
  return node.entries.map(({ key, value }) => (value.kind === "map" ? `${key}{${shown(value)}}` : `${key}:${shown(value)}`)).join(" ");
}

describe("a configuration of nginx", () => {
  it("is a tree of directives and blocks, quotes and comments taken off", () => {
    const { documents } = read('# proxy\nserver {\n  listen 80; # port\n  location ~ ^/a{2,3}/ { return 200 "a; b }"; }\n}\n');
    assert.equal(shown(documents[0]), "server{: listen:80 location{:~ ^/a{2,3}/ return:200 a; b }}}");
  });

  it("keeps variables, those of a template too", () => {
    const { documents } = read("location / { proxy_pass http://${USERS_HOST}:8080/$uri; }");
    assert.equal(shown(documents[0]), "location{:/ proxy_pass:http://${USERS_HOST}:8080/$uri}");
  });

  it("has the spans of its directives", () => {
    const text = "server { proxy_pass http://users; }";
    const [root] = read(text).documents;
    const server = root?.kind === "map" ? root.entries[0]?.value : undefined;
    const pass = server?.kind === "map" ? server.entries.find(({ key }) => key === "proxy_pass") : undefined;
    assert.equal(text.slice(pass?.keyAt, pass?.value.end), "proxy_pass http://users");
  });

  it("says when a block is not closed, and keeps what it read", () => {
    const { documents, problems } = read("server { listen 80;");
    assert.deepEqual([shown(documents[0]), problems.length], ["server{: listen:80}", 1]);
  });

  it("comes back from the cache as it went in", () => {
    const summary = read("upstream users { server users:3000; }");
    assert.deepEqual(decodeSummary(encodeSummary(summary)), summary);
  });
});

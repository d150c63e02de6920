/** A system whose every name is an attack on whoever draws it. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const image = `<img src=x onerror=globalThis.harmed=1>`;
/** The name of its store, as the map shortens it. */
export const shownName = `<img src=x onerror=global…`;

/** A folder with the system in it. */
export function hostileSystem(): string {
  const folder = mkdtempSync(join(tmpdir(), "faultline-hostile-"));
  const files: Readonly<Record<string, string>> = {
    "package.json": JSON.stringify({ name: "hostile", workspaces: ["services/*"] }),
    "services/a/package.json": JSON.stringify({ name: image, main: "src/main.ts", scripts: { start: "node src/main.ts" } }),
    "services/a/Dockerfile": "FROM node:20\nCMD node src/main.js\n",
    "services/a/src/main.ts": `import express from "express";
import { Kafka } from "kafkajs";
const app = express();
const producer = new Kafka({ brokers: ["kafka:9092"] }).producer();
app.get("/<script>globalThis.harmed=2</script>", async (_request, response) => {
  await fetch("http://b:3000/\\"><svg onload=globalThis.harmed=3>");
  await fetch("https://evil.example/x");
  await producer.send({ topic: "</text></svg><script src=https://evil.example/x.js></script>", messages: [] });
  response.end();
});
app.listen(3000);
`,
    "services/b/package.json": JSON.stringify({ name: `b" onclick="globalThis.harmed=4`, main: "src/main.ts" }),
    "services/b/Dockerfile": "FROM node:20\nCMD node src/main.js\n",
    "services/b/src/main.ts": `import express from "express";\nconst app = express();\napp.get("/", (_q, r) => r.end());\napp.listen(3000);\n`,
    "compose.yaml": `services:\n  ${JSON.stringify(image)}: { build: ./services/a }\n  b: { build: ./services/b }\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

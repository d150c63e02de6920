// Starts every service in one terminal. What listens on the default ports of Postgres, Redis and Kafka is used; what is
// missing shows in the log of the service that misses it.
import { spawn } from "node:child_process";

const services = {
  gateway: { PORT: "3000" },
  orders: { PORT: "3001" },
  payments: { PORT: "3002", PROVIDER_MODE: "sandbox" },
  inventory: { PORT: "3003" },
  catalog: { PORT: "3004" },
  reporting: { PORT: "3005" },
  notifications: {},
};

const children = Object.entries(services).map(([name, settings]) => {
  const entry = name === "inventory" ? "src/server.js" : "dist/main.js";
  const child = spawn(process.execPath, [entry], {
    cwd: new URL(`../services/${name}/`, import.meta.url),
    env: { ...settings, ...process.env, PORT: settings.PORT },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => process.stdout.write(String(text).replace(/^(?=.)/gm, `${name.padEnd(13)} | `)));
  }
  child.on("exit", (code) => console.log(`${name.padEnd(13)} | stopped (${code})`));
  return child;
});

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => children.forEach((child) => child.kill(signal)));

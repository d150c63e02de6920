#!/usr/bin/env node
// Lists the candidate sites of one query in a seeded order, for a person to judge: draw.mjs QUERY CORPUS-DIR [SEED]
// Prints one site a line: number, repository, file, line, matched text. Knows nothing about how Faultline finds things.
import fs from "node:fs";
import path from "node:path";

const IO = String.raw`axios(\.\w+)?(<[^>]*>)?\(|\bfetch\w*\(|httpService\.(axiosRef\.)?\w+(<[^>]*>)?\(|httpClient\w*\.\w+(<[^>]*>)?\(|\bgot(\.\w+)?\(|\bky\.\w+\(|superagent\.\w+\(|[cC]lient(Proxy)?\.send\(|firstValueFrom\(|natsCall\(|new (Stripe|OpenAI|Anthropic|S3Client|SESClient|SNSClient|SQSClient|WebClient|Octokit|Client|JsonRpcProvider)\(`;
export const QUERIES = {
  retry: String.raw`\b(for|while)\s*\([^)\n]*([aA]ttempt|[rR]etr(y|ies)|\btries)|while\s*\(\s*(true|1)\s*\)|for\s*\(;;\)|\b(pRetry|asyncRetry|axiosRetry|withRetry\w*|retry(Async|WithBackoff|Operation|Request|able\w*)?|backOff|retryWhen|executeWithRetry)\s*(<[^>]*>)?\(|@Retry|\b(retries|attempts|maxRetries|retryDelay|retryDelayMs|backoff|maximumAttempts|retryStrategy|reconnectStrategy|maxAttempts|numOfAttempts|RETRY_DELAY\w*|MAX_RETRIES)\s*[:=](?!=|\s*(number|z\.|int|\{ type))|(retryCount|attempt|tries|retries|retry)\s*[+-]\s*1\b|catch\b.*(again|retry)`,
  // what the first leaves out: reconnects, requeues and Temporal's retry policy
  retryMore: String.raw`setTimeout\(\(\) => [^\n]*(connect|start|init|subscribe|retry)\w*\(|\b\w*[rR]econnect\w*\(|\bnack\([^)\n]*true\s*\)|\breject\(\w+, true\)|proxyActivities`,
  io: IO,
  signal: String.raw`new AbortController|AbortSignal\.(timeout|any)|\bsignal\s*[:=]|deadline\s*[:=]`,
  timeout: String.raw`\b\w*[tT]imeout\w*\s*:\s*[\w(]|\.timeout\(|setTimeout\(\d`,
  breaker: String.raw`new \w*([bB]reaker|Opossum|opossum)\w*\s*(<[^(]*>)?\(|\b(circuitBreaker|createCircuitBreaker|createBreaker|getBreaker|getOrCreateBreaker|getCircuitBreaker|withCircuitBreaker)\s*(<[^(]*>)?\(|[bB]reaker\w*\.(fire|execute|exec|call|run)\(|@\w*CircuitBreaker`,
  fanout: String.raw`Promise\.(all|allSettled)\((?=[\s\S]{0,160}\.(map|flatMap)\()`,
  resource: String.raw`pool\.connect\(\)|\.getConnection\(|createQueryRunner\(|\.acquire\(|\.startSession\(|\.createChannel\(|createConfirmChannel\(|puppeteer\.launch|\.newPage\(|(sequelize|knex|db)\.transaction\(\s*\)|beginTransaction\(|\.transaction\(\);|\bfs\.open\(|fsp?\.open\(|\.getLock\(|\.lock\(|mkdtemp`,
  saga: String.raw`compensat|\bsaga\b|rollback\w*\(|\b(stripe|paypal\w*|transferwise|paymentIntents|refunds|charges|transfers|payouts)\.\w*\.?(create|capture|confirm|cancel|execute)\w*\(|(axios|http\w*|client|Client)\.(post|put|patch|delete)(<[^>]*>)?\(|\.(upload|putObject|send)\(new (Put|Upload|Create)\w*|\.upload\w*\(|natsCall\(|sendNats\w*\(|method:\s*['"](POST|PUT|DELETE|PATCH)`,
  database: String.raw`mongoose\.(connect|createConnection)\(|MongooseModule\.forRoot|TypeOrmModule\.forRoot|new (Pool|Sequelize|DataSource|MongoClient|PrismaClient)\(|provider\s*=\s*"(postgresql|mysql|mongodb|sqlite)"|\b(DATABASE_URL|MONGO\w*_UR[IL]|MONGODB_UR[IL]|POSTGRES_DB|DB_NAME|DB_DATABASE|DATABASE_NAME)\b\s*[:=]|pgConnection|createPool\(`,
};
const OUT = /(^|\/)(node_modules|dist|build|coverage|\.git|\.yarn|tests?|__tests__|__mocks__|mocks?|e2e|spec|specs|fixtures?|stories|migrations?|seeds?|seeders?|scripts?|bin|dev|generated|vendor|docs?|examples?|frontend|client|webapp|web-app|connect-ui|mobile|ui|public|static|assets|locales|typings|cypress|playwright|modules\/[^/]+\/frontend|performance-tests|load-tests?|tools|cdk|repl|develop|supabase\/functions|k6)(\/|$)|\.(spec|test|e2e|stories|d|min|gen|generated|integration|mock)\.\w+$|(^|\/)(webpack|jest|vite|vitest|eslint|rollup|babel)\.config/;
const BROWSER = /^(apps\/(web|admin|user|user-web|mobile|desktop|docs|agency|traveler)|services\/web\/(app\/views|frontend|modules\/.*\/frontend)|packages\/(webapp|connect-ui|design-system|frontend|node-client|cli|api-client)|.*-frontend|server-ce\/|web|flutter-app|website|demo)\//;
const CODE = /\.(ts|js|mjs|cjs|mts|cts)$/, CONFIG = /(\.prisma|docker-compose[\w.-]*\.ya?ml|\.env[\w.-]*)$/;

export function mulberry(seed) {
  return () => { let t = (seed += 0x6d2b79f5); t = Math.imul(t ^ (t >>> 15), t | 1); t ^= t + Math.imul(t ^ (t >>> 7), t | 61); return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
}
export function shuffle(list, seed) {
  const next = mulberry(seed), out = [...list];
  for (let i = out.length - 1; i > 0; i--) { const j = Math.floor(next() * (i + 1)); [out[i], out[j]] = [out[j], out[i]]; }
  return out;
}
function* walk(root, at = "") {
  for (const entry of fs.readdirSync(path.join(root, at), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = at ? `${at}/${entry.name}` : entry.name;
    if (OUT.test(file) || BROWSER.test(file + "/")) continue;
    if (entry.isDirectory()) yield* walk(root, file);
    else if (entry.isFile()) yield file;
  }
}
/** Hits less than 15 lines apart are one site: the first line stands for it. */
export function sites(query, corpus, repos) {
  const found = [];
  for (const repo of repos) {
    const root = path.join(corpus, repo.replace("/", "+"));
    for (const file of walk(root)) {
      if (!CODE.test(file) && !(query === "database" && CONFIG.test(file))) continue;
      const full = path.join(root, file);
      if (fs.statSync(full).size > 400_000) continue;
      const text = fs.readFileSync(full, "utf8"), lines = text.split("\n"), at = new RegExp(QUERIES[query], "g");
      let last = -99;
      for (const hit of text.matchAll(at)) {
        const line = text.slice(0, hit.index).split("\n").length, source = lines[line - 1].trim();
        if (/^(\/\/|\*|\/\*|import |export \* |#)/.test(source)) continue;
        if (line - last >= 15) found.push({ repo, file, line, text: source.slice(0, 140) });
        last = line;
      }
    }
  }
  return found;
}
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [query, corpus, seed = "20261123"] = process.argv.slice(2);
  const repos = JSON.parse(fs.readFileSync(new URL("repos.json", import.meta.url), "utf8"))
    .filter((r) => !r.queries || r.queries.includes(query)).map((r) => r.repo);
  shuffle(sites(query, corpus, repos), Number(seed)).forEach((s, i) => console.log(`${i + 1}\t${s.repo}\t${s.file}:${s.line}\t${s.text}`));
}

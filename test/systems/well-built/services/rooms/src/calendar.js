const { setTimeout: sleep } = require("node:timers/promises");
const CircuitBreaker = require("opossum");
const { contextHeaders } = require("@clinic/context");

const ATTEMPTS = 3;
const TRANSIENT = new Set([429, 502, 503, 504]);

async function callCalendar(method, path) {
  const response = await fetch(`${process.env.CALENDAR_URL}${path}`, {
    method,
    headers: contextHeaders(),
    signal: AbortSignal.timeout(1000),
  });
  if (!response.ok) throw Object.assign(new Error(`calendar: ${response.status}`), { response });
  return response.status === 204 ? undefined : response.json();
}

const breaker = new CircuitBreaker(callCalendar, {
  name: "calendar",
  timeout: 1500,
  volumeThreshold: 10,
  resetTimeout: 15000,
});

/** The calendar says itself how long to wait where it can; else the wait doubles and is spread at random. */
async function calendar(method, path) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await breaker.fire(method, path);
    } catch (error) {
      const status = error.response?.status;
      const transient = !breaker.opened && (status === undefined || TRANSIENT.has(status));
      if (attempt >= ATTEMPTS || !transient) throw error;
      const asked = Number(error.response?.headers.get("retry-after")) * 1000;
      await sleep(asked > 0 ? Math.min(asked, 500) : Math.random() * Math.min(500, 100 * 2 ** attempt));
    }
  }
}

/** Pages follow one another until the last one, which names no next. */
async function listClosures(year) {
  const closures = [];
  let next = `/closures?year=${year}`;
  while (next) {
    const page = await calendar("GET", next);
    closures.push(...page.items);
    next = page.next;
  }
  return closures;
}

module.exports = { calendar, listClosures };

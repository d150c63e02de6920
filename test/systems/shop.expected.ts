import type { Expectation, Spot } from "./expectation.ts";

const sharedClient: Spot = { file: "libs/http/src/client.ts", anchor: "axios.create({" };
const nestModule: Spot = { file: "services/orders/src/app.module.ts", anchor: "    HttpModule," };

/** The five clients that `createClient` makes. */
const created = [
  {
    file: "services/gateway/src/checkout.ts",
    anchor: "const orders = createClient(",
    call: "postJson<PlacedOrder>(orders",
  },
  { file: "services/gateway/src/returns.ts", anchor: "const payments = createClient(", call: '(payments, "/refunds"' },
  {
    file: "services/gateway/src/returns.ts",
    anchor: "const inventory = createClient(",
    call: 'postJson(inventory, "/restocks"',
  },
  {
    file: "services/catalog/src/main.ts",
    anchor: "const inventory = createClient(",
    call: 'postJson(inventory, "/stock"',
  },
  { file: "services/reporting/src/reports.ts", anchor: "const catalog = createClient(", call: "catalog.get<" },
];

/** The three that NestJS injects one HttpService into. */
const injected = [
  { file: "services/orders/src/clients/payments.client.ts", anchor: "this.http.post<" },
  { file: "services/orders/src/clients/inventory.client.ts", anchor: "this.http.post(" },
  { file: "services/orders/src/clients/catalog.client.ts", anchor: "this.http.get<" },
];

const proxied: readonly Spot[] = [
  { file: "services/gateway/src/proxies.ts", anchor: "forward(`${config.ordersUrl}/orders`)" },
  { file: "services/gateway/src/proxies.ts", anchor: "forward(`${config.catalogUrl}/products`)" },
];

/** What a strict senior reviewer reports in `examples/shop` for the first five rules. */
export const shouldReport: readonly Expectation[] = [
  ...retries(),
  ...timeouts(),
  ...breakers(),
  ...databases(),
  ...sagas(),
];

/** Reviewers may differ on these: a finding here is neither asked for nor a false alarm. */
export const mayReport: readonly (Spot & { readonly rule: string; readonly why: string })[] = [
  {
    rule: "circuit-breaker/missing",
    file: "services/notifications/src/mail.ts",
    anchor: "createTransport({",
    why: "a mail relay is a third party, but one that takes every message or none",
  },
  {
    rule: "saga/no-compensation",
    file: "services/payments/src/main.ts",
    anchor: "await provider.refund(",
    why: "the refund happens at the provider even if its row is never updated; asking again repairs it",
  },
  {
    rule: "saga/no-compensation",
    file: "services/inventory/src/server.js",
    anchor: "markSoldOut(row.sku)",
    why: "a reservation stays although the catalogue was not told; the next sale tells it",
  },
];

function retries(): readonly Expectation[] {
  const rule = "retry/no-backoff";
  return [
    {
      rule,
      file: "services/gateway/src/checkout.ts",
      anchor: "for (let attempt = 0; attempt < 3; attempt++)",
      or: [],
      also: ["libs/http/src/post-json.ts"],
      why: "own loop around a wrapper in another package, three orders in a row without a pause",
    },
    {
      rule,
      file: "libs/http/src/post-json.ts",
      anchor: "for (let attempt = 1; attempt <= attempts; attempt++)",
      or: [],
      also: [],
      why: "loop in the shared wrapper",
    },
    {
      rule,
      file: "libs/http/src/client.ts",
      anchor: "axiosRetry(client",
      or: [],
      also: [],
      why: "axios-retry waits not at all unless it is given a retryDelay",
    },
    {
      rule,
      file: "services/orders/src/clients/inventory.client.ts",
      anchor: "while (true)",
      or: [],
      also: [],
      why: "endless-looking loop with a cap in its catch, and no wait",
    },
    {
      rule,
      file: "services/payments/src/provider.ts",
      anchor: "return charge(amount, card, triesLeft - 1)",
      or: [{ file: "services/payments/src/provider.ts", anchor: "export async function charge(" }],
      also: [],
      why: "recursion from the catch",
    },
    {
      rule,
      file: "services/inventory/src/catalog.js",
      anchor: "while (!done && tries < 5)",
      or: [],
      also: [],
      why: "loop on a flag, in CommonJS; a failed answer is tried again as well as a thrown error",
    },
  ];
}

function timeouts(): readonly Expectation[] {
  const rule = "timeout/missing";
  return [
    {
      rule,
      ...sharedClient,
      or: [
        { file: "libs/http/src/post-json.ts", anchor: "client.post<T>(" },
        ...created.flatMap(({ file, anchor, call }) => [
          { file, anchor },
          { file, anchor: call },
        ]),
      ],
      also: ["libs/http/src/post-json.ts", "services/reporting/src/reports.ts"],
      why: "axios waits for ever unless told; every client of this factory inherits it",
    },
    ...injected.map((spot) => ({
      rule,
      ...spot,
      or: [nestModule],
      also: [nestModule.file],
      why: "HttpModule is registered without a timeout in another file, and the call adds none",
    })),
    {
      rule,
      file: "services/gateway/src/proxies.ts",
      anchor: "createProxyMiddleware({ target",
      or: proxied,
      also: [],
      why: "proxy without proxyTimeout",
    },
    {
      rule,
      file: "services/gateway/src/home.ts",
      anchor: "await fetch(url)",
      or: [],
      also: [],
      why: "fetch waits five minutes for headers",
    },
    {
      rule,
      file: "services/payments/src/provider.ts",
      anchor: "axios.post<Receipt>(`${baseUrl}/charges`",
      or: [],
      also: [],
      why: "default axios instance towards a third party, on the checkout path",
    },
    {
      rule,
      file: "services/payments/src/provider.ts",
      anchor: "axios.post<Receipt>(`${baseUrl}/charges/${providerId}/refund`",
      or: [],
      also: [],
      why: "default axios instance towards a third party",
    },
    {
      rule,
      file: "services/inventory/src/catalog.js",
      anchor: "await fetch(",
      or: [],
      also: [],
      why: "fetch while a reservation waits",
    },
    {
      rule,
      file: "services/notifications/src/sms.ts",
      anchor: "await fetch(",
      or: [],
      also: [],
      why: "fetch inside a consumer: the partition stands still",
    },
    {
      rule,
      file: "services/notifications/src/orders.ts",
      anchor: "await fetch(",
      or: [],
      also: [],
      why: "fetch inside a consumer: the partition stands still",
    },
  ];
}

function breakers(): readonly Expectation[] {
  const rule = "circuit-breaker/missing";
  return [
    ...created.map(({ file, anchor, call }) => ({
      rule,
      file,
      anchor,
      or: [sharedClient, { file, anchor: call }],
      also: [],
      why: "a client of another service on the request path, made by the shared factory, which has no breaker",
    })),
    ...injected.map((spot) => ({
      rule,
      ...spot,
      or: [nestModule],
      also: [],
      why: "an injected client on the checkout path",
    })),
    ...proxied.map((spot) => ({
      rule,
      ...spot,
      or: [{ file: "services/gateway/src/proxies.ts", anchor: "createProxyMiddleware({ target" }],
      also: [],
      why: "a proxy keeps sending customers to a dead service",
    })),
    {
      rule,
      file: "services/gateway/src/home.ts",
      anchor: "await fetch(url)",
      or: [
        { file: "services/gateway/src/home.ts", anchor: "getJson(`${config.catalogUrl}" },
        { file: "services/gateway/src/home.ts", anchor: "getJson(`${config.reportingUrl}" },
      ],
      also: [],
      why: "the start page calls catalog and reporting each time",
    },
    {
      rule,
      file: "services/payments/src/provider.ts",
      anchor: "axios.post<Receipt>(`${baseUrl}/charges`",
      or: [
        {
          file: "services/payments/src/provider.ts",
          anchor: "axios.post<Receipt>(`${baseUrl}/charges/${providerId}/refund`",
        },
      ],
      also: [],
      why: "the provider is a third party on the checkout path",
    },
    {
      rule,
      file: "services/inventory/src/catalog.js",
      anchor: "await fetch(",
      or: [],
      also: [],
      why: "each sold-out item calls the catalogue, dead or not",
    },
    {
      rule,
      file: "services/notifications/src/sms.ts",
      anchor: "await fetch(",
      or: [],
      also: [],
      why: "third party on the message path",
    },
    {
      rule,
      file: "services/notifications/src/orders.ts",
      anchor: "await fetch(",
      or: [],
      also: [],
      why: "another service on the message path",
    },
  ];
}

function databases(): readonly Expectation[] {
  const rule = "database/shared";
  const reports = "services/reporting/src/reports.ts";
  const connections = "services/reporting/src/databases.ts";
  return [
    {
      rule,
      file: reports,
      anchor: 'ordersDb("order_items")',
      or: [
        { file: connections, anchor: "export const ordersDb" },
        { file: reports, anchor: '.join("orders"' },
      ],
      also: ["services/orders/src/orders/entities.ts"],
      why: "reporting reads tables that orders owns and writes",
    },
    {
      rule,
      file: reports,
      anchor: 'paymentsDb("payments")',
      or: [{ file: connections, anchor: "export const paymentsDb" }],
      also: ["services/payments/prisma/schema.prisma"],
      why: "reporting reads the table that payments owns and writes through Prisma",
    },
    {
      rule,
      file: "services/reporting/src/abandoned.ts",
      anchor: "getRepository(Order)",
      or: [
        { file: "services/reporting/src/abandoned.ts", anchor: "import { Order, OrderItem }" },
        { file: "services/reporting/src/abandoned.ts", anchor: "new DataSource({" },
        { file: "services/reporting/src/abandoned.ts", anchor: "entities: [Order, OrderItem]" },
      ],
      also: ["services/orders/src/orders/entities.ts"],
      why: "reporting imports the entities of orders and updates its rows",
    },
  ];
}

function sagas(): readonly Expectation[] {
  const rule = "saga/no-compensation";
  const checkout = "services/orders/src/orders/checkout.service.ts";
  return [
    {
      rule,
      file: checkout,
      anchor: "this.payments.charge(id, total",
      or: [
        { file: checkout, anchor: "this.inventory.reserve(id" },
        { file: checkout, anchor: "async place(" },
        { file: checkout, anchor: "this.orders.save(" },
      ],
      also: ["services/orders/src/clients/payments.client.ts", "services/orders/src/clients/inventory.client.ts"],
      why: "no stock left, or no row written: the card stays charged",
    },
    {
      rule,
      file: "services/gateway/src/returns.ts",
      anchor: '(payments, "/refunds"',
      or: [
        { file: "services/gateway/src/returns.ts", anchor: 'postJson(inventory, "/restocks"' },
        { file: "services/gateway/src/returns.ts", anchor: "export async function returnOrder(" },
      ],
      also: [],
      why: "money is back, goods are not counted, and nobody is told",
    },
    {
      rule,
      file: "services/catalog/src/main.ts",
      anchor: 'postJson(inventory, "/stock"',
      or: [
        { file: "services/catalog/src/main.ts", anchor: "insertProduct({ ...product" },
        { file: "services/catalog/src/main.ts", anchor: '}>("/products", async' },
      ],
      also: ["services/catalog/src/products.ts"],
      why: "stock of a product that does not exist, and a unique key that refuses the second try",
    },
    {
      rule,
      file: "services/payments/src/main.ts",
      anchor: "await provider.charge(",
      or: [
        { file: "services/payments/src/main.ts", anchor: "prisma.payment.create(" },
        { file: "services/payments/src/main.ts", anchor: '("/charges", async' },
      ],
      also: ["services/payments/src/provider.ts"],
      why: "charged at the provider, unknown to us: nobody can refund it",
    },
  ];
}

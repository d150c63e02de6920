import type { Library, Shape, TypeFacts } from "../library.ts";
import { classOf, factory, instance, pure, request, retries, sdk, self, verbs } from "../vocabulary.ts";

const requestTimeout = { name: "timeout", at: ["call", "instance"], unit: "ms", covers: "total" } as const;
const signal = { name: "signal", at: ["call"], unit: "signal", covers: "total" } as const;

const stripeCreate: Shape = sdk("write", { options: 1, method: "POST" });
const stripeResource: TypeFacts = {
  methods: {
    "retrieve*,list*,search*": sdk("read", { options: -1, method: "GET" }),
    "create*": stripeCreate,
    "update*,confirm*,capture*,cancel*,pay*,finalize*,send*,void*,close*,approve*,decline*,verify*,attach*,detach*,reject*,expire*,markUncollectible":
      sdk("write", { options: 2, method: "POST", idempotent: "unknown" }),
    "del*": sdk("write", { options: 1, method: "DELETE", idempotent: true }),
    "constructEvent,constructEventAsync,generateTestHeaderString": pure,
  },
  properties: { "*": { type: "Resource", entity: "name" } },
};

export const stripe = {
  package: "stripe",
  aliases: ["nestjs-stripe", "@golevelup/nestjs-stripe"],
  version: "23.1.0",
  title: "Stripe",
  category: ["third-party", "payment"],
  exports: {
    "default,Stripe": classOf("Stripe", { options: 1 }),
    InjectStripe: { is: "decorator", means: { kind: "inject-client" } },
  },
  types: {
    Stripe: {
      call: factory("Stripe", { options: 1 }),
      methods: { "on,off,setAppInfo": pure, rawRequest: sdk("write", { methodAt: { arg: 0 }, target: { arg: 1 } }) },
      properties: { webhooks: { type: "Webhooks" }, "*": { type: "Resource", entity: "name" } },
    },
    Resource: stripeResource,
    Webhooks: { methods: { "*": pure } },
  },
  timeout: { byDefault: "bounded", defaultMs: 80_000, options: [requestTimeout] },
  retry: retries({
    attempts: 3,
    baseMs: 500,
    capMs: 5000,
    jitter: true,
    everyError: false,
    unsafeMethods: true,
    options: { attempts: { name: "maxNetworkRetries", counts: "retries" } },
  }),
  source: "stripe 23.1.0 src/RequestSender.ts",
} as const satisfies Library;

const paypalMethods: TypeFacts = {
  methods: { "get*,show*,list*": sdk("read", { options: -1 }), "execute,*": sdk("write", { options: -1 }) },
};

export const paypal = {
  package: "@paypal/checkout-server-sdk",
  aliases: ["@paypal/paypal-server-sdk", "paypal-rest-sdk"],
  version: "not checked",
  title: "PayPal",
  category: ["third-party", "payment"],
  exports: {
    core: { is: "namespace", members: { PayPalHttpClient: classOf("Client"), "*Environment": pure } },
    "Client,OrdersController,PaymentsController": classOf("Client"),
    "payment,sale,capture,authorization,order": instance("Client"),
    "*": pure,
  },
  types: { Client: paypalMethods },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "total" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const razorpay = {
  package: "razorpay",
  aliases: [
    "braintree",
    "square",
    "@mollie/api-client",
    "midtrans-client",
    "iyzipay",
    "adyen-api-library",
    "@adyen/api-library",
  ],
  version: "not checked",
  title: "payment provider",
  category: ["third-party", "payment"],
  exports: {
    "default,Razorpay,SquareClient,BraintreeGateway,Client": classOf("Gateway", { options: 0 }),
    createMollieClient: factory("Gateway", { options: 0 }),
    "*": pure,
  },
  types: {
    Gateway: { methods: {}, properties: { "*": { type: "Resource" } } },
    Resource: {
      methods: {
        "fetch*,all,find,get*,list*,search,iterate": sdk("read", { callback: -1 }),
        "create,charge,capture,refund,sale,pay,update,edit,cancel,void,delete,submitForSettlement": sdk("write", {
          callback: -1,
        }),
      },
      properties: { "*": { type: "Resource" } },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: null,
    options: [{ name: "timeout", at: ["instance", "call"], unit: "ms", covers: "total" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

const mail: Shape = sdk("write", { target: { arg: 0, path: "to" } });

export const nodemailer = {
  package: "nodemailer",
  version: "10.6.0",
  title: "Nodemailer",
  category: ["third-party", "email"],
  exports: {
    default: instance("Nodemailer"),
    createTransport: factory("Transporter", { options: 0, target: { arg: 0, path: "host|service" } }),
    Transporter: classOf("Transporter"),
    "createTestAccount,getTestMessageUrl": pure,
  },
  types: {
    Nodemailer: {
      methods: {
        createTransport: factory("Transporter", { options: 0, target: { arg: 0, path: "host|service" } }),
        "createTestAccount,getTestMessageUrl": pure,
      },
    },
    Transporter: {
      methods: {
        sendMail: sdk("write", { target: { arg: 0, path: "to" }, callback: -1 }),
        verify: sdk("read", { callback: -1 }),
        "use,on,close,isIdle": pure,
      },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 600_000,
    options: [
      { name: "socketTimeout", at: ["instance"], unit: "ms", covers: "response" },
      { name: "connectionTimeout", at: ["instance"], unit: "ms", covers: "connect" },
      { name: "greetingTimeout", at: ["instance"], unit: "ms", covers: "connect" },
    ],
  },
  source: "nodemailer 10.6.0 lib/smtp-connection/index.js",
} as const satisfies Library;

export const nestMailer = {
  package: "@nestjs-modules/mailer",
  version: "not checked",
  category: ["third-party", "email"],
  exports: {
    MailerService: classOf("MailerService"),
    MailerModule: {
      is: "module",
      provides: "MailerService",
      registers: { forRoot: 0, forRootAsync: 0 },
      target: "transport.host|transport",
    },
  },
  types: { MailerService: { methods: { sendMail: mail, "addTransporter,verifyAllTransporters": pure } } },
  timeout: {
    byDefault: "late",
    defaultMs: 600_000,
    options: [
      { name: "transport.socketTimeout", at: ["module"], unit: "ms", covers: "response" },
      { name: "transport.connectionTimeout", at: ["module"], unit: "ms", covers: "connect" },
    ],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const sendgrid = {
  package: "@sendgrid/mail",
  aliases: ["@sendgrid/client"],
  version: "8.1.6",
  title: "SendGrid",
  category: ["third-party", "email"],
  exports: {
    default: instance("MailService"),
    MailService: classOf("MailService"),
    "send,sendMultiple": mail,
    "setApiKey,setSubstitutionWrappers": pure,
  },
  types: {
    MailService: {
      methods: {
        "send,sendMultiple": mail,
        request: sdk("write", { target: { arg: 0, path: "url" } }),
        "setApiKey,setSubstitutionWrappers,setClient,setTimeout": pure,
      },
    },
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  source: "@sendgrid/mail 8.1.6, @sendgrid/client src/classes/client.js",
} as const satisfies Library;

export const mailProviders = {
  package: "mailgun.js",
  aliases: ["postmark", "mailgun-js", "node-mailjet", "@mailchimp/mailchimp_transactional"],
  version: "not checked",
  title: "mail provider",
  category: ["third-party", "email"],
  exports: { "default,ServerClient,Mailgun": classOf("Client", { options: 0 }), "*": pure },
  types: {
    Client: {
      methods: {
        client: factory("Client", { options: 0 }),
        "sendEmail,sendEmailWithTemplate,sendEmailBatch": mail,
        "get*": sdk("read"),
      },
      properties: { messages: { type: "Messages" } },
    },
    Messages: { methods: { "create,send,sendTemplate": sdk("write", { target: { arg: 0 } }) } },
  },
  timeout: {
    byDefault: "late",
    defaultMs: null,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "total" }],
  },
  source: "READMEs of mailgun.js and postmark",
} as const satisfies Library;

export const resend = {
  package: "resend",
  version: "6.22.0",
  title: "Resend",
  category: ["third-party", "email"],
  exports: { Resend: classOf("Resend") },
  types: {
    Resend: { methods: {}, properties: { "*": { type: "Resource" } } },
    Resource: { methods: { "get,list": sdk("read"), "*": sdk("write", { options: 1 }) } },
  },
  timeout: { byDefault: "late", defaultMs: 300_000, options: [] },
  source: "resend 6.22.0 src/resend.ts",
} as const satisfies Library;

/** Renders a template and hands it to a transport of Nodemailer. */
export const emailTemplates = {
  package: "email-templates",
  version: "not checked",
  title: "email-templates",
  category: ["third-party", "email"],
  exports: { default: classOf("Email", { options: 0, target: { arg: 0, path: "transport" } }) },
  types: { Email: { methods: { send: sdk("write", { options: 0 }), "render,renderAll,juiceResources": pure } } },
  timeout: { byDefault: "late", defaultMs: 600_000, options: [] },
  source: "README of email-templates",
} as const satisfies Library;

const cloudinaryUpload: Shape = sdk("write", { options: 1, callback: -1 });

export const cloudinary = {
  package: "cloudinary",
  version: "not checked",
  title: "Cloudinary",
  category: ["third-party"],
  exports: { "default,v2": instance("Cloudinary"), "*": pure },
  types: {
    Cloudinary: {
      methods: { "config,url,image,video": pure },
      properties: {
        "v2,default": { type: "Cloudinary" },
        uploader: { type: "Uploader" },
        "api,search,provisioning": { type: "Api" },
        utils: { type: "Utils" },
      },
    },
    Uploader: {
      methods: { "upload*,unsigned_upload*": cloudinaryUpload, "*": sdk("write", { options: -1, callback: -1 }) },
    },
    Api: {
      methods: {
        "resource*,ping,usage,root_folders,sub_folders,search,execute,tags": sdk("read", { options: -1, callback: -1 }),
        "expression,sort_by,max_results,with_field,next_cursor": self,
        "*": sdk("write", { options: -1, callback: -1 }),
      },
    },
    Utils: { methods: { "*": pure } },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 60_000,
    options: [{ name: "timeout", at: ["call"], unit: "ms", covers: "total" }],
  },
  source: "Cloudinary Node.js SDK documentation",
} as const satisfies Library;

export const twilio = {
  package: "twilio",
  aliases: ["nestjs-twilio"],
  version: "6.2.0",
  title: "Twilio",
  category: ["third-party"],
  exports: {
    default: factory("Twilio", { options: 2 }),
    Twilio: classOf("Twilio", { options: 2 }),
    TwilioService: classOf("Twilio"),
  },
  types: {
    Twilio: {
      methods: { messages: factory("Resource"), setAccountSid: pure },
      properties: { client: { type: "Twilio" }, "*": { type: "Resource", entity: "name" } },
    },
    Resource: {
      call: factory("Resource"),
      methods: {
        "list,fetch,page,each": sdk("read"),
        create: sdk("write"),
        "update,remove": sdk("write", { idempotent: true }),
        "services,verifications,verificationChecks,v1,v2": self,
      },
      properties: { "*": { type: "Resource" } },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 30_000,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "total" }],
  },
  retry: retries({
    byDefault: false,
    attempts: 4,
    baseMs: 100,
    capMs: 3000,
    everyError: false,
    unsafeMethods: true,
    options: { attempts: { name: "maxRetries", counts: "retries" }, cap: "maxRetryDelay" },
  }),
  source: "twilio 6.2.0 src/base/RequestClient.ts",
} as const satisfies Library;

const aiMethods: TypeFacts = {
  methods: {
    "create,createAndPoll,generate,edit,parse,submit,cancel,upload,del,delete,update": sdk("write", { options: 1 }),
    "retrieve,list,content,poll": sdk("read", { options: 1 }),
    stream: sdk("write", { options: 1, returns: "stream" }),
  },
  properties: { "*": { type: "Resource" } },
};

export const openai = {
  package: "openai",
  aliases: ["@anthropic-ai/sdk", "groq-sdk"],
  version: "openai 6.49.0, @anthropic-ai/sdk 0.120.0",
  title: "AI provider",
  category: ["third-party"],
  exports: {
    "default,OpenAI,Anthropic,Groq,AzureOpenAI,OpenAIApi": classOf("Client", {
      options: 0,
      target: { arg: 0, path: "baseURL" },
    }),
    "*": pure,
  },
  types: {
    Client: {
      methods: {
        withOptions: factory("Client", { options: 0 }),
        "createChatCompletion,createCompletion,createEmbedding": sdk("write", { options: 1 }),
      },
      properties: { "*": { type: "Resource" } },
    },
    Resource: aiMethods,
  },
  timeout: { byDefault: "late", defaultMs: 600_000, options: [requestTimeout, signal] },
  retry: retries({
    attempts: 3,
    baseMs: 500,
    capMs: 8000,
    jitter: true,
    everyError: false,
    unsafeMethods: true,
    options: { attempts: { name: "maxRetries", counts: "retries" } },
  }),
  source: "openai 6.49.0 src/client.ts",
} as const satisfies Library;

const generates: Shape = sdk("write", { options: 0 });

export const aiSdk = {
  package: "ai",
  version: "not checked",
  title: "AI SDK",
  category: ["third-party"],
  exports: {
    "generateText,generateObject,embed,embedMany,generateImage,experimental_generateImage": generates,
    "streamText,streamObject": sdk("write", { options: 0, returns: "stream" }),
    "*": pure,
  },
  types: {},
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [{ name: "abortSignal", at: ["call"], unit: "signal", covers: "total" }],
  },
  retry: retries({
    attempts: 3,
    baseMs: 2000,
    everyError: false,
    unsafeMethods: true,
    options: { attempts: { name: "maxRetries", counts: "retries" } },
  }),
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const slack = {
  package: "@slack/web-api",
  aliases: ["@slack/bolt"],
  version: "8.2.0",
  title: "Slack",
  category: ["third-party"],
  exports: { WebClient: classOf("Client", { options: 1 }), App: classOf("Client", { options: 0 }), "*": pure },
  types: {
    Client: {
      methods: {
        apiCall: sdk("write", { target: { arg: 0 } }),
        "command,event,action,message,view,shortcut,use,start,error": pure,
      },
      properties: { client: { type: "Client" }, "*": { type: "Resource" } },
    },
    Resource: {
      methods: { "list,info,history,get*,replies": sdk("read"), "*": sdk("write") },
      properties: { "*": { type: "Resource" } },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "total", off: [0] }],
  },
  retry: retries({
    attempts: 11,
    jitter: true,
    everyError: false,
    unsafeMethods: true,
    options: { attempts: { name: "retryConfig.retries", counts: "retries" }, delayFunction: "retryConfig" },
  }),
  source: "@slack/web-api 8.2.0 src/WebClient.ts, src/retry-policies.ts",
} as const satisfies Library;

export const slackWebhook = {
  package: "@slack/webhook",
  version: "not checked",
  title: "Slack webhook",
  category: ["third-party"],
  exports: { IncomingWebhook: classOf("Webhook", { options: 1, target: { arg: 0 } }) },
  types: { Webhook: { methods: { send: sdk("write") } } },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "total", off: [0] }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const octokit = {
  package: "octokit",
  aliases: ["@octokit/rest", "@octokit/core", "@octokit/request"],
  version: "5.x",
  title: "GitHub",
  category: ["third-party"],
  exports: {
    "Octokit,default": classOf("Octokit", { options: 0, target: { arg: 0, path: "baseUrl" } }),
    request: sdk("write", { target: { arg: 0 }, idempotent: "unknown" }),
    "*": pure,
  },
  types: {
    Octokit: {
      methods: {
        "request,graphql": sdk("write", { target: { arg: 0 }, idempotent: "unknown" }),
        paginate: sdk("read"),
        "auth,hook,log": pure,
      },
      properties: { rest: { type: "Rest" }, "*": { type: "Namespace" } },
    },
    Rest: { methods: {}, properties: { "*": { type: "Namespace" } } },
    Namespace: { methods: { "get*,list*,check*": sdk("read"), "*": sdk("write", { idempotent: "unknown" }) } },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [{ name: "request.signal", at: ["call", "instance"], unit: "signal", covers: "total" }],
  },
  source: "octokit plugin-retry src/index.ts",
} as const satisfies Library;

export const googleApis = {
  package: "googleapis",
  aliases: ["googleapis-common"],
  version: "not checked",
  title: "Google APIs",
  category: ["third-party", "cloud-sdk"],
  exports: { google: instance("Google"), "*": pure },
  types: {
    Google: { methods: { "*": factory("Api", { options: 0 }) }, properties: { auth: { type: "Auth" } } },
    Auth: { methods: { "*": pure } },
    Api: { methods: {}, properties: { "*": { type: "Resource" } } },
    Resource: {
      methods: {
        "get,list,search": sdk("read", { options: 1 }),
        "*": sdk("write", { options: 1, idempotent: "unknown" }),
      },
      properties: { "*": { type: "Resource" } },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["call", "instance"], unit: "ms", covers: "total" }],
  },
  retry: retries({
    attempts: 4,
    baseMs: 100,
    everyError: false,
    unsafeMethods: false,
    options: { attempts: { name: "retryConfig.retry", counts: "retries" } },
  }),
  source: "googleapis-common, gaxios 7.1.2 src/retry.ts",
} as const satisfies Library;

export const auth = {
  package: "openid-client",
  aliases: ["oauth4webapi"],
  version: "6.8.7",
  title: "openid-client",
  category: ["auth"],
  exports: {
    "discovery,fetchUserInfo,tokenIntrospection": sdk("read", { target: { arg: 0 } }),
    "authorizationCodeGrant,refreshTokenGrant,clientCredentialsGrant,genericGrantRequest,tokenRevocation": sdk("write"),
    Issuer: classOf("Issuer", { statics: { discover: sdk("read", { target: { arg: 0 }, yields: "Issuer" }) } }),
    "*": pure,
  },
  types: {
    Issuer: { methods: {}, properties: { Client: { type: "Client" } } },
    Client: {
      construct: classOf("Client"),
      methods: { "userinfo,introspect": sdk("read"), "grant,refresh,callback,revoke": sdk("write"), "*": pure },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 30_000,
    options: [{ name: "timeout", at: ["instance", "call"], unit: "s", covers: "total" }],
  },
  source: "openid-client 6.8.7 src/index.ts",
} as const satisfies Library;

export const jwks = {
  package: "jwks-rsa",
  version: "4.1.0",
  category: ["auth"],
  exports: {
    default: factory("JwksClient", { options: 0, target: { arg: 0, path: "jwksUri" } }),
    JwksClient: classOf("JwksClient", { options: 0, target: { arg: 0, path: "jwksUri" } }),
    "passportJwtSecret,expressJwtSecret,koaJwtSecret": pure,
  },
  types: {
    JwksClient: {
      methods: {
        "getSigningKey,getSigningKeys,getKeys": request({
          method: "GET",
          access: "read",
          idempotent: true,
          callback: -1,
        }),
      },
    },
  },
  timeout: {
    byDefault: "bounded",
    defaultMs: 30_000,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "total" }],
  },
  source: "jwks-rsa 4.1.0 src/JwksClient.js",
} as const satisfies Library;

export const keycloak = {
  package: "@keycloak/keycloak-admin-client",
  aliases: ["keycloak-connect", "auth0"],
  version: "not checked",
  category: ["auth", "third-party"],
  exports: {
    "default,ManagementClient,AuthenticationClient": classOf("Client", {
      options: 0,
      target: { arg: 0, path: "baseUrl|domain" },
    }),
    "*": pure,
  },
  types: {
    Client: {
      methods: { auth: sdk("write"), "setConfig,setAccessToken": pure },
      properties: { "*": { type: "Resource" } },
    },
    Resource: {
      methods: { "find*,get*,list*,count": sdk("read"), "*": sdk("write", { idempotent: "unknown" }) },
      properties: { "*": { type: "Resource" } },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [{ name: "requestOptions.signal", at: ["instance"], unit: "signal", covers: "total" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const algolia = {
  package: "algoliasearch",
  aliases: ["meilisearch", "typesense"],
  version: "not checked",
  title: "search provider",
  category: ["third-party"],
  exports: {
    "default,algoliasearch,liteClient": factory("Client"),
    "MeiliSearch,Meilisearch,Client": classOf("Client", { options: 0, target: { arg: 0, path: "host" } }),
    "*": pure,
  },
  types: {
    Client: {
      methods: {
        "initIndex,index,collections": factory("Index", { target: { arg: 0 } }),
        "search*,get*,list*": sdk("read"),
        "*": sdk("write", { idempotent: true }),
      },
    },
    Index: {
      methods: { "search*,get*,find*,retrieve,documents": sdk("read"), "*": sdk("write", { idempotent: true }) },
    },
  },
  timeout: {
    byDefault: "late",
    defaultMs: null,
    options: [{ name: "timeout", at: ["instance"], unit: "ms", covers: "total" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const vault = {
  package: "node-vault",
  aliases: ["consul"],
  version: "not checked",
  category: ["third-party"],
  exports: { default: factory("Vault", { options: 0, target: { arg: 0, path: "endpoint|host" } }) },
  types: {
    Vault: {
      methods: {
        "read,list,health,status": sdk("read", { target: { arg: 0 } }),
        "write,delete,unseal,*Login": sdk("write", { idempotent: true, target: { arg: 0 } }),
      },
      properties: { "*": { type: "Vault" } },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "requestOptions.timeout", at: ["instance"], unit: "ms", covers: "total" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const webPush = {
  package: "web-push",
  aliases: ["expo-server-sdk", "node-telegram-bot-api"],
  version: "not checked",
  category: ["third-party"],
  exports: {
    default: instance("Push"),
    "Expo,TelegramBot": classOf("Push", { options: 1 }),
    sendNotification: sdk("write", { options: 2 }),
    "*": pure,
  },
  types: {
    Push: {
      construct: classOf("Push"),
      methods: {
        "sendNotification,sendPushNotificationsAsync,sendMessage,sendPhoto,sendDocument": sdk("write", { options: 2 }),
        "*": pure,
      },
    },
  },
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["call"], unit: "ms", covers: "total" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const dataSourceRest = {
  package: "@apollo/datasource-rest",
  aliases: ["apollo-datasource-rest"],
  version: "not checked",
  category: ["http-client"],
  exports: { RESTDataSource: classOf("RESTDataSource") },
  types: {
    RESTDataSource: { methods: { ...verbs({ bare: 1, body: 1 }), fetch: request({ target: { arg: 0 }, options: 1 }) } },
  },
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [{ name: "signal", at: ["call"], unit: "signal", covers: "total" }],
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

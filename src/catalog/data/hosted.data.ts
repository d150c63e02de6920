/** Clients of hosted services that are one class (or one maker) whose every method asks the service, by noun (`pages.create`) or at once. */
import type { Library, TypeFacts } from "../library.ts";
import { classOf, factory, instance, pure, sdk } from "../vocabulary.ts";

const settings = "on,once,off,use,set*,with*,configure*,close,destroy,constructor,toString,toJSON";
const questions =
  "get*,list*,search*,query*,retrieve*,find*,fetch*,read*,count*,all,iterate,page,quote*,lookup*,geocode,reverseGeocode,directions,distancematrix,placeDetails,placesNearby,textSearch,elevation,timezone,load*";

/** Calls by what their verbs say; what is neither a question nor a setting may change something. */
const asking = {
  methods: { [settings]: pure, [questions]: sdk("read"), "*": sdk("write", { idempotent: "unknown" }) },
} as const satisfies TypeFacts;

export const hosted = {
  package: "@notionhq/client",
  aliases: [
    "@hubspot/api-client", "@linear/sdk", "plaid", "@mailchimp/mailchimp_marketing",
    "contentful", "contentful-management", "@sanity/client", "intercom-client", "@clerk/backend", "@clerk/clerk-sdk-node", "@clerk/express",
    "@workos-inc/node", "@easypost/api", "@googlemaps/google-maps-services-js", "customerio-node",
    "@getbrevo/brevo", "@gitbeaker/rest", "@gitbeaker/node", "jira.js", "messagebird", "@vonage/server-sdk",
  ],
  version: "not checked",
  category: ["third-party"],
  exports: {
    "Client,LinearClient,PlaidApi,IntercomClient,WorkOS,TrackClient,APIClient,Gitlab,Version2Client,Version3Client,Vonage,default":
      classOf("Client"),
    "createClient,createClerkClient,initClient": factory("Client"),
    clerkClient: instance("Client"),
    "*": pure,
  },
  types: {
    Client: { call: factory("Client"), ...asking, properties: { "*": { type: "Resource" } } },
    Resource: { ...asking, properties: { "*": { type: "Resource" } } },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const prices = {
  package: "yahoo-finance2",
  version: "not checked",
  title: "Yahoo Finance",
  category: ["third-party"],
  exports: { default: classOf("Client"), "*": pure },
  types: {
    Client: {
      methods: {
        "suppressNotices,setGlobalConfig": pure,
        "autoc,chart,dailyGainers,fundamentalsTimeSeries,historical,insights,options,quote,quoteCombine,quoteSummary,recommendationsBySymbol,screener,search,trendingSymbols":
          sdk("read"),
      },
    },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

const answers = {
  "generateContent,embedContent,batchEmbedContents,countTokens,sendMessage,chat,complete,embed,rerank,classify,run,generate,create,wait":
    sdk("write", { options: 1, idempotent: "unknown" }),
  "generateContentStream,sendMessageStream,chatStream,stream": sdk("write", { options: 1, returns: "stream", idempotent: "unknown" }),
} as const;

export const models = {
  package: "@google/generative-ai",
  aliases: ["@google/genai", "@mistralai/mistralai", "cohere-ai", "replicate", "together-ai"],
  version: "not checked",
  title: "AI provider",
  category: ["third-party"],
  exports: {
    "GoogleGenerativeAI,GoogleGenAI,Mistral,CohereClient,CohereClientV2,default": classOf("Client"),
    "*": pure,
  },
  types: {
    Client: {
      methods: { "getGenerativeModel,startChat": factory("Model"), ...answers },
      properties: { "*": { type: "Model" } },
    },
    Model: { methods: { "startChat": factory("Model"), ...answers, "get,list": sdk("read") }, properties: { "*": { type: "Model" } } },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

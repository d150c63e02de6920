import type { Library, Shape, TypeFacts } from "../library.ts";
import { call, callFacts, classOf, factory, httpRoutes, instance, pure, request, route, self } from "../vocabulary.ts";

const listen: Shape = call({
  effect: "listen",
  access: "none",
  target: { arg: 0, path: "port" },
  callback: -1,
  returns: "value",
  yields: "node:http:Server",
});
const use: Shape = call({
  effect: "middleware",
  access: "none",
  target: { arg: 0 },
  handlersFrom: 0,
  handler: -1,
  returns: "builder",
});

const expressRouter: TypeFacts = {
  methods: {
    ...httpRoutes,
    use,
    param: call({ effect: "middleware", access: "none", handler: 1, returns: "builder" }),
    route: factory("Route", { target: { arg: 0 } }),
  },
};
const expressRoute: Readonly<Record<string, Shape>> = Object.fromEntries(
  ["get", "post", "put", "patch", "delete", "head", "options", "all"].map((verb) => [
    verb,
    call({
      effect: "route",
      access: "none",
      returns: "builder",
      yields: "Route",
      method: verb.toUpperCase(),
      handler: -1,
      handlersFrom: 0,
    }),
  ]),
);

export const express = {
  package: "express",
  aliases: ["express-promise-router", "restana", "polka", "ultimate-express", "hyper-express"],
  version: "5.2.1",
  title: "Express",
  category: ["http-server"],
  exports: {
    default: instance("Express"),
    Router: { is: "factory", type: "Router", options: 0 },
    "Application,Express": classOf("Application"),
    "json,urlencoded,static,raw,text,Request,Response,NextFunction,RequestHandler,ErrorRequestHandler": pure,
  },
  types: {
    Express: {
      call: factory("Application"),
      methods: { Router: factory("Router", { options: 0 }), "json,urlencoded,static,raw,text": pure },
    },
    Application: {
      extends: "Router",
      methods: { listen, "set,enable,disable,engine,render,on": pure },
      properties: { router: { type: "Router" } },
    },
    Router: expressRouter,
    Route: { methods: expressRoute },
    Response: { methods: { "*": self } },
  },
  source: "Express 5 API documentation",
} as const satisfies Library;

const fastifyRoute = { handler: -1, handlersFrom: 1, options: 1 } as const;

export const fastify = {
  package: "fastify",
  version: "5.12.8",
  title: "Fastify",
  category: ["http-server"],
  exports: {
    "default,fastify": factory("Fastify", { options: 0 }),
    FastifyInstance: classOf("Fastify"),
    "FastifyRequest,FastifyReply,FastifyPluginAsync,FastifyPluginCallback": pure,
  },
  types: {
    Fastify: {
      methods: {
        get: route("GET", fastifyRoute),
        post: route("POST", fastifyRoute),
        put: route("PUT", fastifyRoute),
        patch: route("PATCH", fastifyRoute),
        delete: route("DELETE", fastifyRoute),
        head: route("HEAD", fastifyRoute),
        options: route("OPTIONS", fastifyRoute),
        all: route("ALL", fastifyRoute),
        route: callRoute({ arg: 0, path: "url|path" }, { arg: 0, path: "method" }, { arg: 0, path: "handler" }),
        "addHook,setErrorHandler,setNotFoundHandler": call({
          effect: "middleware",
          access: "none",
          handler: -1,
          returns: "builder",
        }),
        register: call({
          effect: "middleware",
          access: "none",
          handler: 0,
          params: ["Fastify"],
          options: 1,
          returns: "builder",
        }),
        listen: call({ effect: "listen", access: "none", target: { arg: 0, path: "port" }, callback: -1 }),
        "after,decorate,decorateRequest,decorateReply,withTypeProvider,setValidatorCompiler,setSerializerCompiler,addSchema,addContentTypeParser":
          self,
        "ready,close,inject,printRoutes": pure,
      },
      properties: { log: { type: "Log" } },
    },
    Log: { methods: { "*": pure } },
  },
  source: "fastify 5.12.8 fastify.js, lib/configValidator.js",
} as const satisfies Library;

function callRoute(
  target: { arg: number; path: string },
  methodAt: { arg: number; path: string },
  handlerAt: { arg: number; path: string },
): Shape {
  return call({ effect: "route", access: "none", target, methodAt, handlerAt, returns: "builder" });
}

const koaRoutes: Readonly<Record<string, Shape>> = { ...httpRoutes, del: route("DELETE") };

export const koa = {
  package: "koa",
  version: "not checked",
  title: "Koa",
  category: ["http-server"],
  exports: { default: classOf("Koa", { options: 0 }), "Context,Next": pure },
  types: { Koa: { methods: { use, listen, "on,callback": pure } } },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const koaRouter = {
  package: "@koa/router",
  aliases: ["koa-router", "koa-joi-router"],
  version: "not checked",
  category: ["http-server"],
  exports: { "default,Router": classOf("Router", { options: 0 }), RouterContext: pure },
  types: {
    Router: { methods: { ...koaRoutes, use, "prefix,param,register": self, "routes,allowedMethods,middleware": self } },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const hono = {
  package: "hono",
  aliases: ["@hono/zod-openapi", "elysia"],
  version: "4.13.3",
  title: "Hono",
  category: ["http-server"],
  exports: { "Hono,OpenAPIHono,Elysia": classOf("Hono", { options: 0 }), timeout: pure, "*": pure },
  types: {
    Hono: {
      methods: {
        ...httpRoutes,
        on: route("ALL", { methodAt: { arg: 0 }, target: { arg: 1 }, handlersFrom: 2 }),
        use,
        "route,basePath,mount,notFound,onError": self,
        listen,
        "fetch,request,fire": pure,
      },
    },
  },
  source: "hono 4.13.3 src/hono-base.ts",
} as const satisfies Library;

export const honoNode = {
  package: "@hono/node-server",
  version: "not checked",
  category: ["http-server"],
  exports: {
    serve: call({ effect: "listen", access: "none", target: { arg: 0, path: "port" }, returns: "value" }),
    "*": pure,
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const hapi = {
  package: "@hapi/hapi",
  aliases: ["hapi"],
  version: "not checked",
  title: "hapi",
  category: ["http-server"],
  exports: {
    "server,Server": factory("Server", { options: 0 }),
    default: { is: "namespace", members: { "server,Server": factory("Server", { options: 0 }) } },
  },
  types: {
    Server: {
      methods: {
        route: callRoute(
          { arg: 0, path: "path" },
          { arg: 0, path: "method" },
          { arg: 0, path: "handler|options.handler" },
        ),
        ext: call({ effect: "middleware", access: "none", handler: 1, returns: "value" }),
        start: call({ effect: "listen", access: "none" }),
        "register,stop,initialize,auth,log,decorate,inject": pure,
      },
      properties: { auth: { type: "Auth" } },
    },
    Auth: { methods: { "*": pure } },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const restify = {
  package: "restify",
  version: "not checked",
  category: ["http-server"],
  exports: { createServer: factory("Server", { options: 0 }), "plugins,errors": pure },
  types: {
    Server: {
      methods: {
        ...httpRoutes,
        del: route("DELETE"),
        opts: route("OPTIONS"),
        "use,pre": use,
        listen,
        "on,close": pure,
      },
    },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const routingControllers = {
  package: "routing-controllers",
  version: "not checked",
  category: ["http-server", "framework"],
  exports: {
    "Controller,JsonController": { is: "decorator", means: { kind: "controller", path: 0 } },
    Get: { is: "decorator", means: { kind: "route", method: "GET", path: 0 } },
    Post: { is: "decorator", means: { kind: "route", method: "POST", path: 0 } },
    Put: { is: "decorator", means: { kind: "route", method: "PUT", path: 0 } },
    Patch: { is: "decorator", means: { kind: "route", method: "PATCH", path: 0 } },
    Delete: { is: "decorator", means: { kind: "route", method: "DELETE", path: 0 } },
    All: { is: "decorator", means: { kind: "route", method: "ALL", path: 0 } },
    createExpressServer: factory("express:Application", { options: 0 }),
    "*": pure,
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const tsoa = {
  package: "tsoa",
  aliases: ["@tsoa/runtime", "@tsed/common", "@tsed/schema", "@tsed/di", "@loopback/rest", "@foal/core"],
  version: "not checked",
  category: ["http-server", "framework"],
  exports: {
    "Route,Controller,controller": { is: "decorator", means: { kind: "controller", path: 0 } },
    "Get,get": { is: "decorator", means: { kind: "route", method: "GET", path: 0 } },
    "Post,post": { is: "decorator", means: { kind: "route", method: "POST", path: 0 } },
    "Put,put": { is: "decorator", means: { kind: "route", method: "PUT", path: 0 } },
    "Patch,patch": { is: "decorator", means: { kind: "route", method: "PATCH", path: 0 } },
    "Delete,Del,del": { is: "decorator", means: { kind: "route", method: "DELETE", path: 0 } },
    "Injectable,Service,provideSingleton": { is: "decorator", means: { kind: "injectable" } },
    "Inject,inject": { is: "decorator", means: { kind: "inject", token: 0 } },
    "*": pure,
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const inversify = {
  package: "inversify",
  aliases: ["tsyringe", "typedi", "awilix"],
  version: "not checked",
  category: ["framework"],
  exports: {
    "injectable,singleton,scoped,autoInjectable,Service": { is: "decorator", means: { kind: "injectable" } },
    "inject,Inject,multiInject": { is: "decorator", means: { kind: "inject", token: 0 } },
    Container: classOf("Container", { statics: { get: { is: "resolved", arg: 0 } } }),
    container: instance("Container"),
    "*": pure,
  },
  types: { Container: { methods: { "get,resolve,getAsync": { is: "resolved", arg: 0 }, "*": pure } } },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const inversifyExpress = {
  package: "inversify-express-utils",
  version: "not checked",
  category: ["http-server", "framework"],
  exports: {
    controller: { is: "decorator", means: { kind: "controller", path: 0 } },
    httpGet: { is: "decorator", means: { kind: "route", method: "GET", path: 0 } },
    httpPost: { is: "decorator", means: { kind: "route", method: "POST", path: 0 } },
    httpPut: { is: "decorator", means: { kind: "route", method: "PUT", path: 0 } },
    httpPatch: { is: "decorator", means: { kind: "route", method: "PATCH", path: 0 } },
    httpDelete: { is: "decorator", means: { kind: "route", method: "DELETE", path: 0 } },
    "*": pure,
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const middy = {
  package: "@middy/core",
  aliases: ["serverless-http", "@vendia/serverless-express", "aws-serverless-express"],
  version: "7.8.0",
  category: ["http-server"],
  exports: { default: factory("Middy"), "*": { is: "pass", arg: 0 } },
  types: { Middy: { methods: { "use,before,after,onError,handler": self } } },
  source: "middy documentation",
} as const satisfies Library;

// ----------------------------------------------------------------------------------------------------- gateways

const proxyTimeouts = {
  byDefault: "never",
  defaultMs: null,
  options: [
    { name: "proxyTimeout", at: ["call", "instance"], unit: "ms", covers: "response" },
    { name: "timeout", at: ["call", "instance"], unit: "ms", covers: "idle" },
  ],
} as const;
const proxied = { access: "by-method", idempotent: "by-method" } as const;

export const httpProxyMiddleware = {
  package: "http-proxy-middleware",
  version: "4.2.0",
  category: ["gateway"],
  exports: {
    "createProxyMiddleware,default,legacyCreateProxyMiddleware": request({
      ...proxied,
      target: { arg: 0, path: "target" },
      options: 0,
      returns: "value",
      yields: "Handler",
    }),
    "fixRequestBody,responseInterceptor,Options,Filter,RequestHandler": pure,
  },
  types: { Handler: { methods: { upgrade: pure } } },
  timeout: proxyTimeouts,
  source: "http-proxy-middleware 4.2.0 README, http-proxy 1.18.1 lib/http-proxy/passes/web-incoming.js",
} as const satisfies Library;

export const httpProxy = {
  package: "http-proxy",
  aliases: ["httpxy", "http-proxy-3"],
  version: "1.18.1",
  category: ["gateway"],
  exports: {
    "createProxyServer,createProxy,createServer": factory("ProxyServer", {
      options: 0,
      target: { arg: 0, path: "target" },
    }),
    default: instance("HttpProxy"),
  },
  types: {
    HttpProxy: {
      call: factory("ProxyServer", { options: 0, target: { arg: 0, path: "target" } }),
      construct: classOf("ProxyServer", { options: 0, target: { arg: 0, path: "target" } }),
      methods: {
        "createProxyServer,createProxy,createServer": factory("ProxyServer", {
          options: 0,
          target: { arg: 0, path: "target" },
        }),
      },
    },
    ProxyServer: {
      methods: {
        "web,ws": request({ ...proxied, target: { arg: 2, path: "target" }, options: 2, returns: "value" }),
        listen,
        "on,once,close": pure,
      },
    },
  },
  timeout: proxyTimeouts,
  source: "http-proxy 1.18.1 lib/http-proxy/passes/web-incoming.js",
} as const satisfies Library;

export const expressHttpProxy = {
  package: "express-http-proxy",
  version: "2.1.1",
  category: ["gateway"],
  exports: { default: request({ ...proxied, target: { arg: 0 }, options: 1, returns: "value" }) },
  types: {},
  timeout: {
    byDefault: "never",
    defaultMs: null,
    options: [{ name: "timeout", at: ["call"], unit: "ms", covers: "response" }],
  },
  source: "express-http-proxy README",
} as const satisfies Library;

export const fastifyProxy = {
  package: "@fastify/http-proxy",
  aliases: ["@fastify/reply-from"],
  version: "12.6.4",
  category: ["gateway"],
  exports: { default: pure },
  types: {},
  timeout: {
    byDefault: "late",
    defaultMs: 300_000,
    options: [
      { name: "undici.headersTimeout", at: ["instance"], unit: "ms", covers: "response" },
      { name: "timeout", at: ["call"], unit: "ms", covers: "total" },
    ],
  },
  source: "@fastify/reply-from 12.6.4 lib/request.js",
} as const satisfies Library;

export const apolloGateway = {
  package: "@apollo/gateway",
  version: "2.x",
  category: ["gateway"],
  exports: {
    ApolloGateway: classOf("Gateway", { options: 0 }),
    RemoteGraphQLDataSource: classOf("RemoteDataSource", {
      options: 0,
      target: { arg: 0, path: "url" },
      opens: callFacts({
        effect: "request",
        access: "by-text",
        idempotent: "unknown",
        target: { arg: 0, path: "url" },
        options: 0,
        returns: "value",
      }),
    }),
    IntrospectAndCompose: pure,
  },
  types: {
    Gateway: { methods: { "*": pure } },
    RemoteDataSource: { methods: { process: request({ access: "by-method" }) } },
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  source: "@apollo/gateway src/datasources/RemoteGraphQLDataSource.ts",
} as const satisfies Library;

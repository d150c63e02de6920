import type { Library } from "../library.ts";
import { classOf, factory, pure } from "../vocabulary.ts";

/** What a registry answers stands for the application that was asked for: its host is that application's name. */
const instance = { methods: {}, echoes: { hostName: 0, ipAddr: 0, vipAddress: 0 }, properties: { "0": { type: "Instance" } } } as const;

export const eureka = {
  package: "eureka-js-client",
  version: "4.5.0",
  category: ["third-party"],
  exports: { "default,Eureka": classOf("Eureka") },
  types: {
    Eureka: {
      methods: {
        "getInstancesByAppId,getInstancesByVipAddress": factory("Instance"),
        "start,stop,on,once": pure,
      },
    },
    Instance: instance,
  },
  timeout: { byDefault: "never", defaultMs: null, options: [] },
  source: "eureka-js-client 4.5.0 src/EurekaClient.js",
} as const satisfies Library;

// Written by `npm run generate`. Do not edit.
import * as brokers from "./data/brokers.data.ts";
import * as browsers from "./data/browsers.data.ts";
import * as caches from "./data/caches.data.ts";
import * as cloud from "./data/cloud.data.ts";
import * as databases from "./data/databases.data.ts";
import * as discovery from "./data/discovery.data.ts";
import * as hosted from "./data/hosted.data.ts";
import * as httpClients from "./data/http-clients.data.ts";
import * as nest from "./data/nest.data.ts";
import * as orms from "./data/orms.data.ts";
import * as resilience from "./data/resilience.data.ts";
import * as rpc from "./data/rpc.data.ts";
import * as rxjs from "./data/rxjs.data.ts";
import * as servers from "./data/servers.data.ts";
import * as thirdParty from "./data/third-party.data.ts";
import * as workflow from "./data/workflow.data.ts";
import type { Library } from "./library.ts";

export const libraries: readonly Library[] = [
  ...Object.values<Library>(brokers),
  ...Object.values<Library>(browsers),
  ...Object.values<Library>(caches),
  ...Object.values<Library>(cloud),
  ...Object.values<Library>(databases),
  ...Object.values<Library>(discovery),
  ...Object.values<Library>(hosted),
  ...Object.values<Library>(httpClients),
  ...Object.values<Library>(nest),
  ...Object.values<Library>(orms),
  ...Object.values<Library>(resilience),
  ...Object.values<Library>(rpc),
  ...Object.values<Library>(rxjs),
  ...Object.values<Library>(servers),
  ...Object.values<Library>(thirdParty),
  ...Object.values<Library>(workflow),
];

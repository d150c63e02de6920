import { connect, serve } from "../../../src/server/index.ts";
import { createFakeSession } from "./fake-session.ts";

serve(connect(), { createSession: createFakeSession, version: "0.0.0" });

/**
 * The LSP front door. Knows LSP and sessions; knows nothing of rules, syntax or files' meaning. A request reads the current
 * analysis and never computes one; one file per request.
 */
export { serve, type ServerOptions, type SessionFactory } from "./serve.ts";
export { connect } from "./connect.ts";

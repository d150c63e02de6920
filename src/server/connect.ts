import { createConnection, ProposedFeatures, type Connection } from "vscode-languageserver/node";

/** The connection that the arguments of the process ask for: `--node-ipc`, `--stdio`, `--socket=PORT` or `--pipe=NAME`. */
export function connect(): Connection {
  return createConnection(ProposedFeatures.all);
}

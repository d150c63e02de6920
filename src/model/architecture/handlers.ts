/** Methods that a decorator or a convention makes entry points; the tracer reads the values of their arguments. */
import type { Place } from "../finding.ts";
import type { Text } from "../text.ts";

export interface Handler {
  readonly kind: "route" | "message-handler" | "event-handler" | "schedule" | "resolver" | "processor" | "grpc-method" | "procedure";
  /** Name of the method. */
  readonly place: Place;
  readonly path: string;
  /** HTTP verb of a route. */
  readonly method?: string;
  /** Prefix that the class gives: `@Controller("orders")`, the service of a gRPC controller. */
  readonly base?: Text;
  /** Path, pattern, topic, queue, schedule, RPC name; empty where the decorator takes none. */
  readonly target: Text;
  readonly library: string;
}

/** A queue that code, or the broker's own definitions, bind to an exchange. */
export interface Binding {
  readonly path: string;
  /** The broker has it, whoever consumes the queue. */
  readonly isBrokers?: true;
  readonly queue: Text;
  readonly exchange: Text;
  readonly key: Text;
}

import { decodeBody } from "./codec-body.ts";
import type { FunctionFact, Instruction } from "./summary.ts";

/** Where a body stands among those of its file. */
interface Slice {
  readonly bodies: string;
  readonly offset: number;
  readonly length: number;
}

/** A body as it was stored, and as it was decoded once it was asked for. */
interface Stored extends Slice {
  readonly start: number;
  decoded: readonly Instruction[] | undefined;
}

const stored = Symbol("stored body");
type Bearer = { [stored]: Stored };

/**
 * Gives a function a body that is decoded on first access. To everyone but its reader it is a plain property: copying,
 * comparing and cloning see the body. One accessor serves all functions; one for each would make every fact slow to use.
 */
export function withStoredBody(fact: Omit<FunctionFact, "body">, { bodies, offset, length }: Slice): FunctionFact {
  const value: Stored = { bodies, offset, length, start: fact.at, decoded: undefined };
  Object.defineProperty(fact, stored, { value });
  return Object.defineProperty(fact, "body", accessor) as FunctionFact;
}

const accessor: PropertyDescriptor & ThisType<Bearer> = {
  enumerable: true,
  configurable: true,
  get() {
    const body = this[stored];
    return (body.decoded ??= decodeBody(body.bodies.slice(body.offset, body.offset + body.length), body.start));
  },
};

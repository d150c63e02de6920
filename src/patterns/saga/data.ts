/** What the scaffold of `saga/no-compensation` needs. */
export interface SagaFixData {
  readonly path: string;
  /** The flow's name, as its function is called: `placeOrder`. */
  readonly flow: string;
  /** Its state-changing calls, in the order in which they run. */
  readonly steps: readonly SagaFixStep[];
}

export interface SagaFixStep {
  /** What the step does, as a method name: `chargeCard`. */
  readonly name: string;
  /** A method of the same client that undoes it, if it has one: `refund`. */
  readonly undo?: string;
}
